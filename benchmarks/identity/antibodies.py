"""Antibodies, conjugates and their kin: codes, targets and payloads against a list.

`python -m benchmarks.identity.antibodies [--errors dev|held|fresh|all] [SOURCE…]` resolves every
name of `antibodies.tsv` as the only intervention of a trial of its own, which says nothing else:
what links two names is then a vocabulary. With sources, all their records are resolved too.

A third of the rows, by a checksum of the name, is `held`: `--errors dev` never shows it. Rows of
the part `fresh` were written after the vocabularies and measured before they were added to them.
"""

from __future__ import annotations

import csv
import hashlib
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kg.errors import RecordError
from kg.model.drug import Drug, Target
from kg.model.trial import Intervention, Trial
from kg.names import squash
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.records.files import read as read_records
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.vocabularies import mechanisms

TABLE = Path(__file__).parent / "antibodies.tsv"


class Row(Struct, frozen=True):
    """One drug of the list."""

    name: str
    others: tuple[str, ...]
    genes: frozenset[str]
    """HGNC symbols of what it is aimed at."""
    beyond: frozenset[str]
    """What else it is aimed at, that no human gene makes: GD2, or just the virus."""
    kind: str
    payload: str
    fresh: bool

    @property
    def split(self) -> str:
        """`dev` was mended by, `held` and `fresh` only after they were measured (see README.md)."""
        held = int(hashlib.sha256(squash(self.name).encode()).hexdigest(), 16) % 3 == 0
        return "fresh" if self.fresh else "held" if held else "dev"


class Tally(Struct):
    """What was found, counted."""

    links: int = 0
    linked: int = 0
    elsewhere: int = 0
    targets: int = 0
    found: int = 0
    more: int = 0
    payloads: int = 0
    carried: int = 0

    def __str__(self) -> str:
        said = self.found + self.more
        return (
            f"names linked {share(self.linked, self.links)}, to another drug {self.elsewhere}; "
            f"targets found {share(self.found, self.targets)}, of those given "
            f"{share(self.found, said)} are in the list; payloads "
            f"{share(self.carried, self.payloads)}"
        )


def share(part: int, whole: int) -> str:
    """`9/10 = 0.900`."""
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "0/0"


def rows() -> list[Row]:
    """The list."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["name"],
                tuple(filter(None, row["others"].split("|"))),
                frozenset(s for s in row["targets"].split("|") if s and s[0] != "~"),
                frozenset(s[1:] for s in row["targets"].split("|") if s.startswith("~")),
                row["kind"],
                row["payload"],
                row["part"] == "fresh",
            )
            for row in csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE)
        ]


def alone(names: list[str]) -> Iterator[Trial]:
    """A trial for each name, with nothing but that name in it."""
    for at, name in enumerate(names):
        yield Trial(
            nct_id=f"NCT9{at:07}",
            brief_title="A study",
            interventions=(Intervention(name=name, type="BIOLOGICAL"),),
        )


def targets(drug: Drug | None) -> set[str]:
    """Symbols of the genes that a drug is aimed at."""
    return {target.symbol for target in aims(drug) if target.hgnc_id}


def aims(drug: Drug | None) -> list[Target]:
    """What a drug is aimed at."""
    return [link.target for link in drug.targets if not link.payload] if drug else []


def beyond_found(row: Row, drug: Drug | None) -> int:
    """How many of a row's targets that are no gene's are given; the list may just say the virus."""
    given = [one.symbol.casefold() for one in aims(drug) if one.hgnc_id is None]
    return sum(any(one.startswith(said.casefold()) for one in given) for said in row.beyond)


def payloads(drug: Drug) -> set[str]:
    """What the vocabularies say that a drug carries."""
    entries = [f"name:{squash(name.name)}" for name in drug.names if name.status == "ACCEPTED"]
    entries += [drug.unii] if drug.unii else []
    found = (one for entry in entries for one in mechanisms.by_unii(entry))
    return {one.action for one in found if one.role == "payload"}


def main(*sources: str, errors: str) -> None:
    """Print the measures, and the rows that fail where asked."""
    listed = rows()
    collector = Collector()
    names = sorted({name for row in listed for name in (row.name, *row.others)})
    for trial in alone(names):
        collector.add(trial)
    read = 0
    for raw in read_records(list(sources), lambda rejection: None, lambda size: None):
        try:
            trial = parse(raw)
        except RecordError:
            continue
        collector.add(trial, provenance(raw, trial))
        read += 1
    resolution = Resolution(collector, Bundled())
    tallies = {which: Tally() for which in ("dev", "held", "fresh", "conjugates")}
    for row in listed:
        groups = [row.split]
        groups += ["conjugates"] if row.kind == "adc" else []
        for problem in judge(row, resolution, [tallies[group] for group in groups]):
            if errors == "all" or errors == row.split:
                print(f"   {row.name}: {problem}")
    beyond = [row for row in listed if row.beyond]
    wrong = [row for row in beyond if targets(resolution.find(row.name)) - row.genes]
    found = sum(beyond_found(row, resolution.find(row.name)) for row in beyond)
    print(
        f"Python {platform.python_version()}, {platform.machine()}; {len(listed)} drugs, "
        f"{len(names)} names, {read} records"
    )
    print(
        f"{len(beyond)} bind what no human gene makes: "
        f"{share(found, sum(len(row.beyond) for row in beyond))} of it found, {len(wrong)} given "
        "a gene that the list does not have"
    )
    for which, tally in tallies.items():
        print(f"{which:10} {tally}")


def judge(row: Row, resolution: Resolution, tallies: list[Tally]) -> Iterator[str]:
    """Count what became of a row, and say what is not as listed."""
    drug = resolution.find(row.name)
    for other in row.others:
        found = resolution.find(other)
        same = drug is not None and found is not None and found.key == drug.key
        away = found is not None and not same and bool(found.unii)
        for tally in tallies:
            tally.links += 1
            tally.linked += same
            tally.elsewhere += away
        if not same:
            yield f"{other} is {found.label if found else 'no one drug'}" + " (!)" * away
    given = targets(drug)
    missed, more = row.genes - given, given - row.genes
    carried = payloads(drug) if drug else set[str]()
    for tally in tallies:
        tally.targets += len(row.genes)
        tally.found += len(row.genes & given)
        tally.more += len(more)
        tally.payloads += bool(row.payload)
        tally.carried += row.payload in carried
    if missed:
        yield f"misses {' '.join(sorted(missed))}"
    if more:
        yield f"also {' '.join(sorted(more))}"
    if row.payload and row.payload not in carried:
        yield f"payload {', '.join(sorted(carried)) or 'none'}, not {row.payload}"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    shown = ""
    if arguments[:1] == ["--errors"]:
        shown, arguments = arguments[1], arguments[2:]
    main(*arguments, errors=shown)
