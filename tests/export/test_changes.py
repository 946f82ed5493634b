"""Several updates told as one: each triple once, as it is in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg import history
from kg.export.changes import Change, changes, states
from kg.store import current
from tests.graphs import holding
from tests.updated import updated

S, P = NamedNode("urn:s"), NamedNode("urn:p")


def graph(numbers: set[int]) -> Store:
    return holding(Quad(S, P, Literal(f"{number}\u2028\n")) for number in numbers)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.integers(0, 5)), min_size=1, max_size=6))
def test_taking_all_changes_leads_from_any_state_to_the_last(
    tmp_path_factory: pytest.TempPathFactory, versions: list[set[int]]
) -> None:
    build = current(updated(tmp_path_factory.mktemp("store"), *map(graph, versions)))
    found = list(changes(build, range(1, len(versions))))
    assert [change.line for change in found] == sorted({change.line for change in found})
    # From every state on the way, not from the first alone: so parts taken already do no harm.
    for begun in versions:
        had = {line(number) for number in begun}
        had -= {change.line for change in found if not change.there}
        had |= {change.line for change in found if change.there}
        assert had == {line(number) for number in versions[-1]}


def line(number: int) -> str:
    return f'<urn:s> <urn:p> "{number}\u2028\\n" .\n'


def test_more_updates_than_files_may_be_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = current(updated(tmp_path, *(graph({number, number + 1}) for number in range(8))))
    expected = list(changes(build, range(1, 8)))
    monkeypatch.setattr("kg.export.changes.AT_ONCE", 3)
    assert list(changes(build, range(1, 8))) == expected
    assert Change(line(7), True) in expected
    assert Change(line(1), False) in expected


def test_a_state_is_known_by_all_that_led_to_it(tmp_path: Path) -> None:
    graphs = [graph({1}), graph({2}), graph({1})]
    one = current(updated(tmp_path / "one", *graphs))
    other = current(updated(tmp_path / "other", *graphs[:2]))
    rebuilt = current(updated(tmp_path / "rebuilt", *graphs, sources=["others"]))
    marks = states(one)
    assert len(set(marks)) == len(history.entries(one)) == 3
    assert states(other) == marks[:2]
    assert not set(states(rebuilt)) & set(marks)
