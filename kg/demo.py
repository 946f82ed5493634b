"""The demonstration: a graph of the example records, validated, and one drug under its names."""

from __future__ import annotations

from pathlib import Path

from kg import resources
from kg.cards.drug import DrugCard
from kg.errors import StoreError
from kg.graph import Graph
from kg.pipeline import Progress, build

CODE_NAME = "SAR408701"
INN = "tusamitamab ravtansine"
SEED = "NCT03324113"


def example_records() -> list[Path]:
    """The record files in the package, notes left aside."""
    files = resources.folder("examples").iterdir()
    return sorted(file for file in files if file.suffix != ".md")


def demo(store_dir: Path, progress: Progress | None = None) -> list[str]:
    """Build the example graph in a store and say what it shows, line by line.

    Raises `StoreError` where the store already holds a graph of something else.
    """
    _spare_other_graphs(store_dir)
    report = build(example_records(), store_dir, progress=progress)
    graph = Graph(store_dir)
    checked = graph.validate()
    by_code, by_inn = graph.drug(CODE_NAME), graph.drug(INN)
    return [
        f"{report.records_read} example records: {report.trials} trials in the graph, "
        f"{report.superseded} older version, {len(report.rejected)} rejected",
        f"{report.triples:,} triples, {report.drugs} drugs, {report.targets} targets "
        f"in {store_dir}",
        f"SHACL: {'conforms' if checked.conforms else 'does not conform'}",
        "",
        *_drug(by_code),
        "",
        f"{CODE_NAME} and {INN} are "
        + ("one drug" if by_code.iri == by_inn.iri else "different drugs")
        + f": {', '.join(by_inn.trials)}",
        "",
        f"Trials most like {SEED}:",
        *_related(graph),
        "",
        f"Next: kg drug {CODE_NAME} · kg target CEACAM5 · kg trial {SEED} · kg query --list",
    ]


def _drug(card: DrugCard) -> list[str]:
    lines = [f"{card.label} <{card.iri}>"]
    for name in card.names:
        if name.status == "accepted" and name.evidence:
            why = name.evidence[0]
            lines.append(f"  {name.kind:<9}{name.name:<34}{why.source} {why.record} ({why.rule})")
    for target in card.targets:
        why = target.evidence[0]
        lines.append(f"  {'target':<9}{target.symbol:<34}{why.source} {why.record} ({why.rule})")
    return lines


def _related(graph: Graph) -> list[str]:
    lines = []
    for found in graph.related(SEED, k=4).related:
        strongest = sorted(found.reasons, key=lambda reason: -reason.weight)[:2]
        why = ", ".join(f"{reason.kind} {reason.label} {reason.weight:.3f}" for reason in strongest)
        lines.append(f"  {found.score:.3f} {found.nct_id} {' '.join(found.relations)}".rstrip())
        lines.append(f"        {why}, …")
    return lines


def _spare_other_graphs(store_dir: Path) -> None:
    if not (store_dir / "CURRENT").exists():
        return
    examples = {str(path) for path in example_records()}
    sources = Graph(store_dir).report().sources
    if not {Path(source).name for source in sources} <= {Path(path).name for path in examples}:
        raise StoreError(
            f"{store_dir}: holds a graph of {', '.join(sources)}; "
            "name another folder for the demonstration with --store"
        )
