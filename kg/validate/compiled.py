"""Judges a store by questions in SPARQL, compiled from the shapes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Lock

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from kg.validate.along import Below
from kg.validate.batches import Focus, chunks
from kg.validate.counts import Counts
from kg.validate.focus import Meant, meant
from kg.validate.kept import Kept
from kg.validate.paths import shown_path
from kg.validate.questions import MANY, Question, Size, Values, questions
from kg.validate.reference import judge_store, only, quiet, wrong_values
from kg.validate.report import Violation, record_of
from kg.validate.rules import Rule, Rules
from kg.validate.sizes import Sizes, class_sizes, target_sizes
from kg.validate.surely import surely_wrong
from kg.validate.terms import Term, rows, to_rdflib, told

AT_A_TIME = 2_000
"""Nodes or values in one query."""

LOOK_UP = 6
"""To look a node up in the store takes as long as to read so many rows into a table."""

HALF = 0.5
"""Values are read out of the store once each where there are fewer than so many for each link."""

_CLASSES = """
SELECT ?low ?high {
    ?low <http://www.w3.org/2000/01/rdf-schema#subClassOf>+ ?high
    FILTER(isIRI(?low) && isIRI(?high) && ?low != ?high)
}"""

Take = Callable[[Violation], None]
"""Receives one result."""
Found = tuple[NamedNode | BlankNode, str, Term | None, str | None]
"""A node, the class or target that makes it meant, the value, and the path that a query names."""


def classes_below(store: Store) -> Below:
    """The classes below each class that has any, by the ontology in the store."""
    below: dict[str, list[str]] = {}
    for low, high in rows(store, _CLASSES):
        if isinstance(low, NamedNode) and isinstance(high, NamedNode):
            below.setdefault(high.value, []).append(low.value)
    return {high: tuple(sorted(low)) for high, low in sorted(below.items())}


def judge_compiled(
    store: Store,
    shapes: Graph,
    rules: Rules,
    focus: Focus | None,
    take: Take,
    done: Callable[[int, int], None] = lambda part, parts: None,
) -> None:
    """Judge a store, or some nodes of it, by the rules; several questions at once.

    Each result is handed on as soon as it is known, to one `take` at a time.
    """
    one_at_a_time = Lock()

    def answer(question: Question) -> None:
        # Some at a time: rows of pyoxigraph may not pass to another thread, results may.
        for some in chunks(judge.answer(question, nodes), AT_A_TIME):
            with one_at_a_time:
                for result in some:
                    take(result)

    asked = questions(rules.compiled, rules.below)
    nodes = None if focus is None else meant(store, focus, asked)
    known = class_sizes(store) | target_sizes(store, asked) if focus is None else {}
    sizes = Sizes(known, asked)
    # The longest first: else one of them may run on alone at the end.
    asked.sort(key=sizes.work, reverse=True)
    judge = _Judge(store, shapes, asked, sizes)
    with quiet(), ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        answers = [pool.submit(answer, question) for question in asked]
        try:
            for part, one in enumerate(as_completed(answers), start=1):
                one.result()
                done(part, len(asked))
        finally:
            for one in answers:
                one.cancel()


class _Judge:
    """Puts questions to a store and says what the answers mean."""

    def __init__(
        self, store: Store, shapes: Graph, asked: Iterable[Question], sizes: Sizes
    ) -> None:
        self._store = store
        self._shapes = shapes
        self._sizes = sizes
        self._counts = Counts(store)
        self._kept = Kept(self._counts, sizes, asked)
        self._shown = dict(self._same_for_all(asked))

    def answer(self, question: Question, nodes: Meant | None) -> Iterator[Violation]:
        """What a question finds in the whole store, or among some nodes."""
        if nodes is not None:
            parts = chunks(nodes.pairs(question), AT_A_TIME)
            found = self._among(question, [question.part(part) for part in parts])
        elif self._kept.by_all(question):
            found = iter(())
        elif question.asked.values is not None and not self._sizes.of(question).is_rare:
            found = self._holders(question, question.asked.values)
        else:
            size = self._size(question)
            whole = question.whole(size, in_tables=self._in_tables(question, size))
            found = self._among(question, [whole])
        if question.asked.exact or question.asked.values is not None:
            return self._told(question, found)
        return self._judged_again(question, found)

    def _size(self, question: Question) -> Size:
        size = self._sizes.of(question)
        leads = set(question.asked.select.leads) if question.asked.select else ()
        return Size(size.nodes, max([size.holders, *map(self._counts.rows, leads)]))

    def _in_tables(self, question: Question, size: Size) -> bool:
        """Whether what is read beside the nodes fits in tables, and is not too much for so few."""
        if not question.asked.tables:
            return not size.is_rare and size.holders <= MANY
        read = sum(map(self._counts.rows, question.asked.tables))
        return read <= min(MANY, LOOK_UP * size.nodes)

    def _found(self, query: str) -> Iterator[Found]:
        for this, target, value, path in rows(self._store, query):
            if isinstance(this, NamedNode | BlankNode) and isinstance(target, NamedNode):
                named = path.value if isinstance(path, NamedNode) else None
                yield this, target.value, value, named

    def _among(self, question: Question, queries: Iterable[str]) -> Iterator[Found]:
        found = (row for query in queries for row in self._found(query))
        if question.asked.values is None or question.asked.exact:
            yield from found
            return
        for some in chunks(found, AT_A_TIME):
            wrong = self._wrong(question, {value for _, _, value, _ in some if value is not None})
            yield from (one for one in some if one[2] in wrong)

    def _holders(self, question: Question, values: Values) -> Iterator[Found]:
        """The nodes with the values that are wrong by themselves: each value is judged once."""
        for some in chunks(self._suspect(question, values), AT_A_TIME):
            wrong = set(some) if question.asked.exact else self._wrong(question, set(some))
            named = sorted(str(value) for value in wrong if not isinstance(value, BlankNode))
            if named:
                yield from self._found(question.holders(values, named))
            if len(named) < len(wrong):
                yield from (f for f in self._found(question.holders(values, ())) if f[2] in wrong)

    def _suspect(self, question: Question, values: Values) -> Iterator[Term]:
        for way in values.ways:
            repeated = False
            if not values.classes:
                share = self._counts.share(f"?any {way} ?node")
                repeated = share < HALF and share * self._sizes.of(question).holders < MANY
            instances = self._sizes.instances(values.classes)
            query = question.wrong_values(values, way, instances, repeated=repeated)
            yield from (value for (value,) in rows(self._store, query))

    def _wrong(self, question: Question, values: set[Term]) -> set[Term]:
        if not values:
            return set()
        terms = {value: to_rdflib(value) for value in values}
        shape = next(iter(question.rules.values()))[0].shape
        is_wrong = surely_wrong(self._shapes, URIRef(shape))
        wrong = {term for term in terms.values() if is_wrong(term)}
        if doubted := [term for term in terms.values() if term not in wrong]:
            wrong |= wrong_values(self._shapes, shape, doubted)
        return {value for value, term in terms.items() if term in wrong}

    def _judged_again(self, question: Question, found: Iterable[Found]) -> Iterator[Violation]:
        """What pySHACL says of the nodes that were found."""
        for some in chunks(found, AT_A_TIME):
            nodes: dict[str, set[str]] = {}
            for this, target, _, _ in some:
                for rule in question.rules[target]:
                    nodes.setdefault(rule.shape, set()).add(this.value)
            for shape, names in nodes.items():
                focus = Focus((), tuple(names))
                yield from judge_store(self._store, only(self._shapes, [shape]), focus)

    def _told(self, question: Question, found: Iterable[Found]) -> Iterator[Violation]:
        for this, target, value, path in found:
            for rule in question.rules[target]:
                yield Violation(
                    focus_node=this.value,
                    record=record_of(this.value),
                    path=path if rule.along is None else self._path(rule, this, value),
                    value=None if value is None or value == this else told(value),
                    shape=rule.shape,
                    severity=rule.severity,
                    message=question.asked.select.message
                    if question.asked.select
                    else rule.message,
                )

    def _same_for_all(self, asked: Iterable[Question]) -> Iterator[tuple[str, str]]:
        """Shapes, and how the report shows their path, where that is the same for all values."""
        for rule in {rule for q in asked for rules in q.rules.values() for rule in rules}:
            path = self._shapes.value(URIRef(rule.shape), SH.path)
            if rule.along is not None and rule.along.single and path is not None:
                yield rule.shape, shown_path(self._shapes, path, lambda *_: False, None, None)

    def _path(self, rule: Rule, this: NamedNode | BlankNode, value: Term | None) -> str:
        if (same := self._shown.get(rule.shape)) is not None:
            return same
        path = self._shapes.value(URIRef(rule.shape), SH.path)
        if path is None:
            raise TypeError(f"{rule.shape}: found no path, expected one")
        terms: Mapping[Node | None, Term | None] = {
            None: None,
            to_rdflib(this): this,
            **({} if value is None else {to_rdflib(value): value}),
        }

        def holds(subject: Node | None, predicate: Node, term: Node | None) -> bool:
            start = terms[subject]
            if not isinstance(start, NamedNode | BlankNode | None):
                return False
            if not isinstance(predicate, URIRef):
                return False  # a path of its own
            link = NamedNode(str(predicate))
            return any(self._store.quads_for_pattern(start, link, terms[term], DefaultGraph()))

        led = None if value is None else to_rdflib(value)
        return shown_path(self._shapes, path, holds, to_rdflib(this), led)
