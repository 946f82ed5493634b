"""Numbers that tell, without looking at any node by itself, that a rule is kept by all.

A set of nodes lies within another where the two together are no more than the other alone. To
count is quick: no text is read out of the store, and each node takes a hundred bytes meanwhile.
"""

from __future__ import annotations

from threading import Lock

from pyoxigraph import Literal, Store

from kg.validate.terms import Term, rows

MOST = 6_000_000
"""More nodes are not counted at a time: that would take half a gigabyte."""

SAMPLE = 500
"""Links that are looked at to tell whether their values repeat."""


class Counts:
    """Counts nodes of a store, `?node` of patterns in SPARQL; the same never twice."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[int, int]] = {}
        self._rows: dict[str, int] = {}
        self._locks: dict[str, Lock] = {}
        self._lock = Lock()

    def fits(self, pattern: str) -> tuple[int, int]:
        """How often a pattern fits, and with how many different nodes."""
        with self._lock:
            lock = self._locks.setdefault(pattern, Lock())
        with lock:
            if pattern not in self._known:
                self._known[pattern] = self._count(pattern)
            return self._known[pattern]

    def rows(self, pattern: str) -> int:
        """How often a pattern fits."""
        if pattern not in self._rows:
            ((fits,),) = rows(self._store, f"SELECT (COUNT(*) AS ?fits) {{ {pattern} }}")
            self._rows[pattern] = _number(fits)
        return self._rows[pattern]

    def within(self, inner: str, outer: str, size: int | None = None) -> bool:
        """Whether all nodes that fit one pattern fit the other as well, which so many do."""
        _, both = self._count(f"{{ {inner} }} UNION {{ {outer} }}")
        return both == (self.fits(outer)[1] if size is None else size)

    def share(self, pattern: str) -> float:
        """How many different nodes there are for each time that a pattern fits, by a sample."""
        fits, nodes = self._count(f"{{ SELECT ?node {{ {pattern} }} LIMIT {SAMPLE} }}")
        return nodes / fits if fits else 0

    def _count(self, pattern: str) -> tuple[int, int]:
        query = f"SELECT (COUNT(*) AS ?fits) (COUNT(DISTINCT ?node) AS ?nodes) {{ {pattern} }}"
        ((fits, nodes),) = rows(self._store, query)
        return _number(fits), _number(nodes)


def _number(term: Term | None) -> int:
    if not isinstance(term, Literal):
        raise TypeError(f"found {term}, expected a number")
    return int(term.value)
