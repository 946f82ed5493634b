"""Why two names are, or are not, one drug: the claims between them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from kg.resolve.union import Decision


def path(decisions: Iterable[Decision], start: str, end: str) -> tuple[Decision, ...]:
    """The shortest chain of accepted claims from one node to another, the strongest first."""
    steps: defaultdict[str, list[tuple[str, Decision]]] = defaultdict(list)
    for decision in decisions:
        if decision.status == "ACCEPTED":
            one, two = decision.edge.one, decision.edge.two
            steps[one].append((two, decision))
            steps[two].append((one, decision))
    came: dict[str, tuple[str, Decision] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for there, decision in steps[here]:
            if there not in came:
                came[there] = (here, decision)
                waiting.append(there)
    chain: list[Decision] = []
    at = came.get(end)
    while at:
        chain.append(at[1])
        at = came[at[0]]
    return tuple(reversed(chain))
