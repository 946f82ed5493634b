"""Numbers of nodes say which set lies within which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg.validate.counts import Counts

NODES = [NamedNode(f"https://e.org/{name}") for name in "abcdefgh"]
P, Q = NamedNode("https://e.org/p"), NamedNode("https://e.org/q")
HAS_P, HAS_Q, OF_P = f"?node {P} ?any", f"?node {Q} ?any", f"?any {P} ?node"


@given(st.sets(st.sampled_from(NODES)), st.sets(st.sampled_from(NODES)))
def test_within_is_what_sets_say(some: set[NamedNode], others: set[NamedNode]) -> None:
    store = Store()
    store.extend(Quad(node, P, node) for node in some)
    store.extend(Quad(node, Q, value) for node in others for value in NODES[:2])
    counts = Counts(store)
    assert counts.within(HAS_P, HAS_Q) == (some <= others)
    assert counts.within(HAS_Q, HAS_P) == (others <= some)
    assert counts.within(HAS_P, HAS_Q, len(others)) == (some <= others)
    assert counts.fits(HAS_Q) == (2 * len(others), len(others))


def test_what_was_counted_is_not_counted_again() -> None:
    store = Store()
    store.add(Quad(NODES[0], P, NODES[1]))
    counts = Counts(store)
    assert counts.fits(HAS_P) == (1, 1)
    store.add(Quad(NODES[1], P, NODES[1]))
    assert counts.fits(HAS_P) == (1, 1)
    assert Counts(store).fits(HAS_P) == (2, 2)


def test_a_share_is_of_a_sample() -> None:
    store = Store()
    assert Counts(store).share(OF_P) == 0
    store.extend(Quad(node, P, NODES[0]) for node in NODES[1:])
    assert Counts(store).share(OF_P) == 1 / 7
    assert Counts(store).share(HAS_P) == 1
    store.extend(Quad(node, P, node) for node in NODES)
    assert 0 < Counts(store).share(OF_P) <= 1
