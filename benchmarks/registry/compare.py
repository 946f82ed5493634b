"""How like the real registry the made-up one is: real and made-up records side by side.

    python -m benchmarks.registry.compare SOURCE… [--seed S]

Builds a graph of the real records of the sources and one of as many made-up records, and prints
for both how large they are and how fast what they share grows.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

import kg
from benchmarks.registry.__main__ import main as make
from kg.model.record import RawRecord
from kg.parse import parse
from kg.pipeline import BuildReport
from kg.records.files import read
from kg.related.shown import text_of
from kg.related.words import words
from kg.store import open_read_only

Figures = dict[str, float]


def of_records(sources: list[str]) -> Figures:
    """What the records themselves show."""
    sizes: list[int] = []
    vocabulary: set[str] = set()
    half = 0
    each: list[int] = []
    total = 0
    records: list[RawRecord] = list(read(sources, print))
    for number, raw in enumerate(records):
        sizes.append(len(raw.content))
        found = words(text_of(parse(raw)))
        total += len(found)
        each.append(len(set(found)))
        vocabulary.update(found)
        if number == len(records) // 2:
            half = len(vocabulary)
    sizes.sort()
    return {
        "records": len(records),
        "bytes per record": sum(sizes) / len(sizes),
        "bytes, median": sizes[len(sizes) // 2],
        "bytes, 99 of 100 have fewer": sizes[len(sizes) * 99 // 100],
        "words per record": total / len(records),
        "different words per record": sum(each) / len(each),
        "different words in half of the records": half,
        "different words in all": len(vocabulary),
    }


def of_graph(report: BuildReport, place: Path) -> Figures:
    """What the graph shows: for every property how often a trial's part has it."""
    store, _ = open_read_only(place)
    figures: Figures = {
        "rejected": len(report.rejected),
        "triples per trial": report.triples / report.trials,
        "drugs": report.drugs,
        "targets": report.targets,
        "interventions resolved by vocabulary": report.coverage.vocabulary,
        "interventions resolved by records": report.coverage.mined,
        "interventions not resolved": report.coverage.unresolved,
        "interventions that are no drug": report.coverage.not_a_drug,
    }
    kinds: Counter[str] = Counter()
    text: Counter[str] = Counter()
    for quad in store.quads_for_pattern(None, None, None, None):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        kinds[name] += 1
        if isinstance(quad.object, Literal):
            text[name] += len(quad.object.value)
        elif name == "type" and isinstance(quad.object, NamedNode):
            kinds[f"a {quad.object.value.rpartition('#')[2].rpartition('/')[2]}"] += 1
    for name, count in kinds.items():
        figures[f"{name} per trial"] = count / report.trials
    figures["text in the graph, bytes per trial"] = sum(text.values()) / report.trials
    return figures


def both(sources: list[str], seed: int, folder: Path) -> Iterator[Figures]:
    """The figures of the real records, then of as many made-up ones."""
    real = kg.build(sources, folder / "real")
    yield of_records(sources) | of_graph(real, folder / "real")
    made_up = str(folder / "made-up.jsonl")
    make(["--records", str(real.trials), "--seed", str(seed), "--out", made_up])
    report = kg.build([made_up], folder / "made-up")
    yield of_records([made_up]) | of_graph(report, folder / "made-up")


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sources", nargs="+")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        real, made_up = both(given.sources, given.seed, Path(folder))
    print(f"{'':45}{'real':>12}{'made up':>12}{'ratio':>8}")
    for name in sorted(real.keys() | made_up.keys(), key=lambda name: (" per trial" in name, name)):
        one, other = real.get(name, 0.0), made_up.get(name, 0.0)
        ratio = f"{other / one:8.2f}" if one else ""
        if max(one, other) >= 0.1 or "per trial" not in name:
            print(f"{name[:44]:45}{one:12,.1f}{other:12,.1f}{ratio}")


if __name__ == "__main__":
    main()
