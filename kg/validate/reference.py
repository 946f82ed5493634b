"""pySHACL: the reference for every other way to judge, and the judge of what they leave."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import cast

import pyshacl
from pyoxigraph import DefaultGraph, Store
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import BNode, Node

from kg.errors import ValidationError
from kg.validate.batches import Batch, Focus, batches, whole
from kg.validate.paths import shown_path
from kg.validate.report import Severity, Violation, record_of
from kg.validate.suspicion import VALUE_CONSTRAINTS
from kg.validate.terms import to_rdflib

TRIALS_AT_A_TIME = 200
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode, SH.target)
_ALONE = Lock()
"""pySHACL and the SPARQL parser of rdflib are not made for several threads."""


def judge_graph(graph: Graph, shapes: Graph) -> Iterator[Violation]:
    """Judge a graph in memory."""
    return _judge(whole(graph), shapes)


def judge_store(
    store: Store,
    shapes: Graph,
    focus: Focus | None,
    done: Callable[[int, int], None] = lambda part, parts: None,
) -> Iterator[Violation]:
    """Judge a store, or some nodes of it, some trials at a time, by shapes of the project.

    They look no further from a node than a batch reaches.
    """
    count, parts = batches(store, shapes, TRIALS_AT_A_TIME, focus)
    for part, batch in enumerate(parts, start=1):
        with _ALONE:
            found = list(_judge(batch, shapes))
        yield from found
        done(part, count)


def judge_foreign(store: Store, shapes: Graph) -> list[Violation]:
    """Judge a store by any shapes, which may look as far as they like: slow, and all in memory."""
    graph = Batch()
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    with _ALONE:
        return list(_judge(graph, shapes))


def only(shapes: Graph, names: Iterable[str]) -> Graph:
    """The shapes in which nothing but the named ones are applied."""
    kept = Graph()
    wanted = {URIRef(name) for name in names}
    for subject, predicate, term in shapes:
        if predicate not in _TARGETS or subject in wanted:
            kept.add((subject, predicate, term))
    return kept


def wrong_values(shapes: Graph, shape: str, values: Iterable[Node]) -> set[Node]:
    """The values that break a shape by themselves."""
    test, focus = URIRef("urn:test"), URIRef("urn:focus")
    rule = Graph()
    for name in VALUE_CONSTRAINTS:
        for term in shapes.objects(URIRef(shape), name):
            rule.add((test, name, term))
            _copy(shapes, term, rule)
    rule.add((test, RDF.type, SH.PropertyShape))
    rule.add((test, SH.path, test))
    rule.add((test, SH.targetNode, focus))
    graph = Graph()
    for value in values:
        graph.add((focus, test, value))
    with _ALONE:
        return set(_report(graph, rule).objects(None, SH.value))


def _copy(shapes: Graph, term: Node, into: Graph) -> None:
    for predicate, value in shapes.predicate_objects(term):
        if isinstance(term, BNode) and (term, predicate, value) not in into:
            into.add((term, predicate, value))
            _copy(shapes, value, into)


def _report(graph: Graph, shapes: Graph) -> Graph:
    with quiet():
        try:
            _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
        except Exception as error:
            raise ValidationError(f"pySHACL cannot judge this graph: {error}") from error
    return cast(Graph, report)


@contextmanager
def quiet() -> Iterator[None]:
    """What is wrong with a literal stands in the report, not in the log of rdflib."""
    log = logging.getLogger("rdflib.term")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = before


def _judge(graph: Graph, shapes: Graph) -> Iterator[Violation]:
    def holds(focus: Node | None, term: Node, value: Node | None) -> bool:
        return (focus, term, value) in graph

    report = _report(graph, shapes)
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
            path=None if path is None else shown_path(shapes, path, holds, focus, value),
            value=None if value is None or value == focus else str(value),
            shape=str(shape),
            severity=cast(Severity, severity),
            message=messages[0],
        )
