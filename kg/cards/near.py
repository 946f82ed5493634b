"""Names near to one that nobody goes by."""

from __future__ import annotations

from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Store

from kg.cards.node import Node
from kg.names import squash
from kg.vocab import RDF, RDFS, TKG


def near_names(store: Store, kind: str, name: str, most: int = 5) -> tuple[str, ...]:
    """Names of things of one class whose look-up key is close to the given name's.

    A suggestion to a person, never a link: codes one digit apart are different drugs.
    """
    spellings: dict[str, str] = {}
    wanted = squash(name)
    for quad in store.quads_for_pattern(None, NamedNode(TKG.lookupKey), None, None):
        key = quad.object.value if isinstance(quad.object, Literal) else ""
        if key[:1] == wanted[:1] and _goes_by(store, quad.subject, kind):
            label = next(store.quads_for_pattern(quad.subject, NamedNode(RDFS.label), None, None))
            if isinstance(label.object, Literal):
                spellings[key] = min(spellings.get(key, label.object.value), label.object.value)
    beginnings: dict[str, list[str]] = {}
    for key in sorted(spellings):
        # "tusamitamab" is near "tusamitamab ravtansine" although that is much longer.
        for beginning in {key, key[: len(wanted)]}:
            beginnings.setdefault(beginning, []).append(key)
    close = get_close_matches(wanted, beginnings, n=most, cutoff=0.8)
    near = dict.fromkeys(spellings[key] for beginning in close for key in beginnings[beginning])
    return tuple(near)[:most]


def _goes_by(store: Store, subject: object, kind: str) -> bool:
    """Whether a look-up key is one of something of the class; a refused name is nobody's."""
    if not isinstance(subject, NamedNode):
        return False
    node = Node(store, subject.value)
    is_a = any(found.iri == kind for found in node.links(RDF.type))
    return is_a and node.code(TKG.nameStatus) != "REFUSED"
