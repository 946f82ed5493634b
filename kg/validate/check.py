"""Judges a graph by the shapes: which engine, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse
from pyoxigraph import Literal as OxLiteral
from rdflib import RDF, Graph

from kg.errors import ValidationError
from kg.resources import folder
from kg.validate.batches import Focus
from kg.validate.compiled import Take, classes_below, judge_compiled
from kg.validate.findings import Findings
from kg.validate.focus import with_owned
from kg.validate.reference import judge_foreign, judge_graph, judge_store, only
from kg.validate.report import Report, Violation, make_report
from kg.validate.rules import read_rules
from kg.validate.terms import to_rdflib
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

    report: Findings
    engine: Engine
    left: dict[str, str]
    """Shapes that the engine left to pySHACL, with the part of SHACL that it has no words for."""


def shapes_graph() -> Graph:
    """The shapes of the project, one file for each class."""
    shapes = Graph()
    for file in sorted(folder("shapes").glob("*.ttl")):
        for one in parse(path=file, format=RdfFormat.TURTLE):
            shapes.add((to_rdflib(one.subject), to_rdflib(one.predicate), to_rdflib(one.object)))
    return shapes


def read_shapes(files: Iterable[Path]) -> Graph:
    """Shapes of one's own, from Turtle files.

    Raises `ValidationError` for a file that cannot be read or does not parse.
    """
    shapes = Graph()
    for file in files:
        try:
            shapes.parse(data=file.read_text(encoding="utf-8"), format="turtle")
        except (OSError, UnicodeDecodeError) as error:
            raise ValidationError(f"{file}: cannot be read ({error})") from None
        except Exception as error:
            reason = str(error).strip().splitlines()[0]
            raise ValidationError(f"{file}: found no Turtle ({reason}), expected shapes") from None
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
    judged = judge(graph, shapes, progress, engine=engine, trials=trials, shared=shared)
    return make_report(judged.report.results)


def judge(
    graph: Graph | Store,
    shapes: Graph | None = None,
    progress: Progress | None = None,
    *,
    engine: Engine = "auto",
    trials: Iterable[str] | None = None,
    shared: Iterable[str] | None = None,
) -> Judgement:
    """As `validate`, and tells which engine judged; memory does not grow with the results."""
    found = Findings()
    engine, left = _judge(graph, shapes, progress, found.take, engine, trials, shared)
    return Judgement(found, engine, left)


def _judge(
    graph: Graph | Store,
    shapes: Graph | None,
    progress: Progress | None,
    take: Take,
    engine: Engine,
    trials: Iterable[str] | None,
    shared: Iterable[str] | None,
) -> tuple[Engine, dict[str, str]]:
    """Hand every result on; which engine judged, and what it left to pySHACL."""
    own = shapes is None
    shapes = shapes if shapes is not None else shapes_graph()

    def done(part: int, parts: int) -> None:
        if progress is not None:
            progress("validate", part, parts)

    if isinstance(graph, Graph):
        if engine != "sparql":
            _each(judge_graph(graph, shapes), take)
            return "pyshacl", {}
        graph, own = _stored(graph), False
    focus = None
    if trials is not None or shared is not None:
        focus = Focus(_trials(graph, trials or ()), tuple(set(shared or ())))
    if engine == "auto":
        engine = "pyshacl" if _is_small(graph, focus) else "sparql"
    if engine == "pyshacl":
        found = judge_store(graph, shapes, focus, done) if own else _foreign(graph, shapes, focus)
        _each(found, take)
        return engine, {}
    rules = read_rules(shapes, classes_below(graph))
    judge_compiled(graph, shapes, rules, focus, take, done)
    if rules.left:
        _each(_foreign(graph, only(shapes, rules.left), focus), take)
    return engine, rules.left


def _each(found: Iterable[Violation], take: Take) -> None:
    for result in found:
        take(result)


def _foreign(store: Store, shapes: Graph, focus: Focus | None) -> Iterator[Violation]:
    found = judge_foreign(store, shapes)
    if focus is None:
        yield from found
        return
    nodes = with_owned(store, focus.trials) | set(focus.others)
    yield from (result for result in found if result.focus_node in nodes)


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
