"""Judges a graph by the shapes: which engine, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Literal, get_args

from msgspec import Struct
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store
from pyoxigraph import Literal as OxLiteral
from rdflib import RDF, Graph

from kg.resources import folder
from kg.validate.batches import Focus
from kg.validate.compiled import classes_below, judge_compiled
from kg.validate.focus import with_owned
from kg.validate.reference import judge_foreign, judge_graph, judge_store, only
from kg.validate.report import Report, Violation, make_report
from kg.validate.rules import read_rules
from kg.vocab import TKG

Progress = Callable[[str, int, int], None]
Engine = Literal["auto", "pyshacl", "sparql"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
SMALL = 50
"""Up to so many trials, pySHACL judges them itself."""

_NCT_ID = NamedNode(TKG.nctId)
_TYPE = NamedNode(str(RDF.type))


class Judgement(Struct, frozen=True):
    """A report, and who judged."""

    report: Report
    engine: Engine
    left: dict[str, str]
    """Shapes that the engine left to pySHACL, with the part of SHACL that it has no words for."""


def shapes_graph() -> Graph:
    """The shapes of the project, one file for each class."""
    shapes = Graph()
    for file in sorted(folder("shapes").glob("*.ttl")):
        shapes.parse(file)
    return shapes


def validate(
    graph: Graph | Store,
    shapes: Graph | None = None,
    progress: Progress | None = None,
    *,
    engine: Engine = "auto",
    trials: Iterable[str] | None = None,
    shared: Iterable[str] | None = None,
) -> Report:
    """Judge a graph by the shapes (the project's own where none are given).

    `progress` is told the stage, how many parts are done, and how many there are. `engine` is
    "pyshacl", "sparql" (questions compiled from the shapes: the same report, much faster) or
    "auto": pySHACL for small graphs.

    With `trials` (NCT ids) or `shared` (IRIs of nodes), only those trials with all they own, and
    those nodes, are judged: exactly the results that the report on the whole store has for them.
    What a trial owns is what its links lead to below its own IRI; a node that lost the link to it
    is judged where its IRI stands in `shared`. An id or IRI that the store lacks says nothing.
    """
    return judge(graph, shapes, progress, engine=engine, trials=trials, shared=shared).report


def judge(
    graph: Graph | Store,
    shapes: Graph | None = None,
    progress: Progress | None = None,
    *,
    engine: Engine = "auto",
    trials: Iterable[str] | None = None,
    shared: Iterable[str] | None = None,
) -> Judgement:
    """As `validate`, and tells which engine judged."""
    own = shapes is None
    shapes = shapes if shapes is not None else shapes_graph()

    def done(part: int, parts: int) -> None:
        if progress is not None:
            progress("validate", part, parts)

    if isinstance(graph, Graph):
        if engine != "sparql":
            return Judgement(make_report(judge_graph(graph, shapes)), "pyshacl", {})
        graph, own = _stored(graph), False
    focus = None
    if trials is not None or shared is not None:
        focus = Focus(_trials(graph, trials or ()), tuple(set(shared or ())))
    if engine == "auto":
        engine = "pyshacl" if _is_small(graph, focus) else "sparql"
    if engine == "pyshacl":
        found = judge_store(graph, shapes, focus, done) if own else _foreign(graph, shapes, focus)
        return Judgement(make_report(found), engine, {})
    rules = read_rules(shapes, classes_below(graph))
    found = judge_compiled(graph, shapes, rules, focus, done)
    if rules.left:
        found += _foreign(graph, only(shapes, rules.left), focus)
    return Judgement(make_report(found), engine, rules.left)


def _foreign(store: Store, shapes: Graph, focus: Focus | None) -> list[Violation]:
    found = judge_foreign(store, shapes)
    if focus is None:
        return found
    nodes = with_owned(store, focus.trials) | set(focus.others)
    return [result for result in found if result.focus_node in nodes]


def _is_small(store: Store, focus: Focus | None) -> bool:
    if focus is not None:
        return len(focus.trials) + len(focus.others) <= SMALL
    trials = store.quads_for_pattern(None, _TYPE, NamedNode(TKG.Trial), DefaultGraph())
    return len(list(islice(trials, SMALL + 1))) <= SMALL


def _stored(graph: Graph) -> Store:
    store = Store()
    store.load(graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    return store


def _trials(store: Store, nct_ids: Iterable[str]) -> tuple[str, ...]:
    """The IRIs of trials, whatever base the store was built with."""
    found = set()
    for nct_id in nct_ids:
        for quad in store.quads_for_pattern(None, _NCT_ID, OxLiteral(nct_id), DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                found.add(quad.subject.value)
    return tuple(found)
