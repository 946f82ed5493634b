"""Makes a registry: `python -m benchmarks.registry --records N --seed S --out FILE`.

    python -m benchmarks.registry --records 20000 --seed 1 --out registry.jsonl.gz
    python -m benchmarks.registry --records 1000 --seed 1 --format mixed --out registry.zip
    python -m benchmarks.registry --changes 1500 --of 20000 --seed 1 --out today.jsonl.gz

`v2` are lines of JSON as the registry's API gives them; `xml` is its older XML, one study after
another; `mixed` is a zip of both, half of the studies each. A name that ends in `.gz` is packed.
`--changes` makes the day's changes to the registry of the same seed: nine of ten are newer
versions of its studies, the others new studies.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import Pool
from typing import IO

import msgspec

from benchmarks.registry.changes import changes
from benchmarks.registry.legacy import legacy_xml
from benchmarks.registry.study import study

CHUNK = 250
"""Studies made at once; the packed bytes depend on it."""
_STAMP = (2026, 10, 31, 0, 0, 0)


def numbers(form: str, records: int) -> list[range]:
    """The numbers of the studies in chunks, of the even or the odd ones where `form` is a half."""
    step = 2 if form in {"even", "odd"} else 1
    every = range(form == "odd", records, step)
    return [every[at : at + CHUNK] for at in range(0, len(every), CHUNK)]


def made(chunk: range, *, seed: int, xml: bool, packed: bool, of: int, day: int) -> bytes:
    """The bytes of some studies."""
    parts = []
    for number in chunk:
        whole = changes(number, seed, of, day) if of else study(number, seed)
        parts.append(legacy_xml(whole) if xml else msgspec.json.encode(whole))
        parts.append(b"\n")
    content = b"".join(parts)
    return gzip.compress(content, 1, mtime=0) if packed else content


@contextmanager
def chunks(given: argparse.Namespace, form: str, *, xml: bool) -> Iterator[Iterable[bytes]]:
    """The bytes of all studies, in order, made by as many processes as asked for."""
    count = given.changes if given.of else given.records
    packed = str(given.out).endswith(".gz")
    make = partial(made, seed=given.seed, xml=xml, packed=packed, of=given.of or 0, day=given.day)
    if given.workers > 1:
        with Pool(given.workers) as pool:
            yield pool.imap(make, numbers(form, count))
    else:
        yield map(make, numbers(form, count))


def write(given: argparse.Namespace, out: IO[bytes]) -> None:
    """Writes the registry asked for."""
    if given.format != "mixed":
        with chunks(given, "all", xml=given.format == "xml") as parts:
            out.writelines(parts)
        return
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, form in (("studies.jsonl", "even"), ("studies.xml", "odd")):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (
                archive.open(entry, "w", force_zip64=True) as member,
                chunks(given, form, xml=form == "odd") as parts,
            ):
                member.writelines(parts)


def main(arguments: list[str] | None = None) -> None:
    """Makes the registry the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--changes", type=int, help="make so many changes instead")
    parser.add_argument("--of", type=int, help="how many records the changed registry has")
    parser.add_argument("--day", type=int, default=1, help="which day's changes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=("v2", "xml", "mixed"), default="v2")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", default="-")
    given = parser.parse_args(arguments)
    if (given.changes is None) != (given.of is None):
        parser.error("--changes and --of go together")
    if given.out == "-":
        write(given, sys.stdout.buffer)
        return
    with open(given.out, "wb") as out:
        write(given, out)


if __name__ == "__main__":
    main()
