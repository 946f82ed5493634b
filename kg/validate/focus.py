"""The nodes of a store that are to be judged, where it is not all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from pyoxigraph import NamedNode, Store

from kg.validate.batches import Focus, chunks
from kg.validate.questions import Question
from kg.validate.terms import rows as answer

AT_A_TIME = 2_000

_OWNED = """
SELECT DISTINCT ?node ?trial {{
    VALUES (?known ?trial) {{ {} }} ?known ?property ?node
    FILTER(isIRI(?node) && STRSTARTS(STR(?node), CONCAT(STR(?trial), "/")))
}}"""
_TYPES = "SELECT ?node ?class {{ VALUES ?node {{ {} }} ?node a ?class }}"
_ENDS = {
    "subjects": "SELECT DISTINCT ?node {{ VALUES ?node {{ {} }} ?node <{}> ?other }}",
    "objects": "SELECT DISTINCT ?node {{ VALUES ?node {{ {} }} ?other <{}> ?node }}",
}


class Meant(Struct, frozen=True):
    """Nodes to be judged, by the class or other target that makes a rule speak of them."""

    nodes: Mapping[tuple[str, str], tuple[str, ...]]
    """By kind of target and its IRI."""

    def pairs(self, question: Question) -> Iterator[tuple[str, str]]:
        """The nodes that a question is about, each with its class or target."""
        kind = question.target.kind if question.target else "class"
        for name in question.rules:
            for node in self.nodes.get((kind, name), ()):
                yield node, name


def meant(store: Store, focus: Focus, asked: Iterable[Question]) -> Meant:
    """What is to be judged of trials with all they own, and of other nodes."""
    nodes = sorted({*with_owned(store, focus.trials), *filter(_is_iri, focus.others)})
    found: dict[tuple[str, str], set[str]] = {}
    for chunk in chunks(nodes, AT_A_TIME):
        for node, class_ in answer(store, _TYPES.format(_terms(chunk))):
            found.setdefault(("class", class_.value), set()).add(node.value)
    for target in sorted({question.target for question in asked if question.target}):
        key = (target.kind, target.iri)
        if target.kind == "node":
            found[key] = {target.iri} & set(nodes)
        else:
            for chunk in chunks(nodes, AT_A_TIME):
                query = _ENDS[target.kind].format(_terms(chunk), target.iri)
                found.setdefault(key, set()).update(node.value for (node,) in answer(store, query))
    return Meant({key: tuple(sorted(some)) for key, some in found.items()})


def with_owned(store: Store, trials: Iterable[str]) -> set[str]:
    """Trials, and what their links lead to below their own IRIs."""
    known = {trial: trial for trial in trials if _is_iri(trial)}
    new = dict(known)
    while new:
        found: dict[str, str] = {}
        for chunk in chunks(sorted(new.items()), AT_A_TIME):
            rows = " ".join(f"(<{node}> <{trial}>)" for node, trial in chunk)
            for node, trial in answer(store, _OWNED.format(rows)):
                if node.value not in known:
                    found[node.value] = trial.value
        known |= found
        new = found
    return set(known)


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _terms(nodes: Iterable[str]) -> str:
    return " ".join(f"<{node}>" for node in nodes)
