"""Runs the shapes and reads what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

import pyshacl
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.resources import folder
from kg.validate.batches import Batch, Focus, batches, whole
from kg.validate.report import Report, Severity, Violation, make_report, record_of
from kg.vocab import TKG

Progress = Callable[[str, int, int], None]
TRIALS_AT_A_TIME = 200
_NCT_ID = NamedNode(TKG.nctId)


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
    trials: Iterable[str] | None = None,
    shared: Iterable[str] | None = None,
) -> Report:
    """Judge a graph by the shapes (the project's own where none are given).

    A store is read some trials at a time, so that memory stays flat; a graph in memory at once.
    `progress` is told the stage, how many parts are done, and how many there are.

    With `trials` (NCT ids) or `shared` (IRIs of nodes), only those trials with all they own, and
    those nodes, are judged: exactly the results that the report on the whole store has for them.
    What a trial owns is what its links lead to below its own IRI; a node that lost the link to it
    is judged where its IRI stands in `shared`. An id or IRI that the store lacks says nothing.
    """
    shapes = shapes if shapes is not None else shapes_graph()
    if isinstance(graph, Store):
        focus = None
        if trials is not None or shared is not None:
            focus = Focus(_trials(graph, trials or ()), tuple(set(shared or ())))
        count, parts = batches(graph, shapes, TRIALS_AT_A_TIME, focus)
    else:
        count, parts = 1, iter([whole(graph)])
    results: list[Violation] = []
    for done, batch in enumerate(parts, start=1):
        results += _judge(batch, shapes)
        if progress is not None:
            progress("validate", done, count)
    return make_report(results)


def _trials(store: Store, nct_ids: Iterable[str]) -> tuple[str, ...]:
    """The IRIs of trials, whatever base the store was built with."""
    found = set()
    for nct_id in nct_ids:
        for quad in store.quads_for_pattern(None, _NCT_ID, Literal(nct_id), DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                found.add(quad.subject.value)
    return tuple(found)


def _judge(batch: Batch, shapes: Graph) -> Iterator[Violation]:
    _, report, _ = pyshacl.validate(batch, shacl_graph=shapes)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        focus = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        path = report.value(result, SH.resultPath)
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        messages = sorted(str(text) for text in report.objects(result, SH.resultMessage))
        if path is not None and not isinstance(path, URIRef):
            path = shapes.value(shape, SH.path)
        yield Violation(
            focus_node=str(focus),
            record=record_of(str(focus)),
            path=None if path is None else _path(shapes, path, batch, focus, value),
            value=None if value is None or value == focus else str(value),
            shape=str(shape),
            severity=cast(Severity, severity),
            message=messages[0],
        )


def _path(shapes: Graph, path: Node, batch: Batch, focus: Node | None, value: Node | None) -> str:
    """A path as text; of alternatives, the one that leads to the value."""
    if isinstance(path, URIRef):
        return str(path)
    if (back := shapes.value(path, SH.inversePath)) is not None:
        return "^" + _path(shapes, back, batch, value, focus)
    if (options := shapes.value(path, SH.alternativePath)) is not None:
        terms = list(Collection(shapes, options))
        led = [term for term in terms if value is not None and (focus, term, value) in batch]
        return "|".join(_path(shapes, term, batch, None, None) for term in led[:1] or terms)
    return "/".join(_path(shapes, step, batch, None, None) for step in Collection(shapes, path))
