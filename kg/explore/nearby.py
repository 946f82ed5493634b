"""What lies around a thing: found by walking out from it, hubs and crowds left standing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain

from msgspec import Struct
from pyoxigraph import Store

from kg.explore.links import DEGREE_LIMIT, Links
from kg.explore.things import Kind, Thing, label

Neighbours = Callable[[Thing], Sequence[Thing] | None]
"""The neighbours of a thing, in the order they are wanted; None for a hub."""


class Nearby(Struct, frozen=True):
    """The things around others, nearest first, and what was left out."""

    things: list[Thing]
    hubs: list[Thing]
    """Things that are there but were not followed: they have too many links."""
    beyond: int
    """How many neighbours found no room."""

    def left_out(self, store: Store, limit: int) -> list[str]:
        """What a reader must know is missing, in words; hubs have more links than the limit."""
        told = [
            f"{label(store, hub)} ({hub.kind}): more than {limit} links, not followed"
            for hub in self.hubs
        ]
        if self.beyond:
            told.append(f"{self.beyond} neighbours beyond the first {len(self.things)} nodes")
        return told


def walk(seeds: Collection[Thing], neighbours: Neighbours, hops: int, most: int) -> Nearby:
    """What is at most so many hops away, until there are `most` things; rare links first."""
    level = list(seeds)[:most]
    things = dict.fromkeys(level)
    missed = set(seeds) - things.keys()
    hubs: list[Thing] = []
    for _ in range(hops):
        found = [(thing, neighbours(thing)) for thing in level]
        hubs.extend(thing for thing, around in found if around is None)
        # What a thing with few neighbours leads to comes first: it was led to for a reason.
        groups = sorted((around for _, around in found if around is not None), key=len)
        fresh = [thing for thing in dict.fromkeys(chain(*groups)) if thing not in things]
        level = fresh[: most - len(things)]
        missed.update(fresh[len(level) :])
        things.update(dict.fromkeys(level))
    return Nearby(list(things), sorted(hubs), len(missed - things.keys()))


def nearest(store: Store, centre: Thing, kinds: Collection[Kind]) -> list[Thing]:
    """The things of some kinds that a centre stands for: itself, or those nearest to it.

    The sponsors of a trial, say, or the trials of a target: those of the drugs that act on it.
    """
    links = Links(store, {"trial", "drug", "target", "sponsor", *kinds}, roles=False)
    level: Iterable[Thing] = [centre]
    seen = {centre}
    while level:
        here = [thing for thing in level if thing.kind in kinds]
        if here:
            return here
        reached = {
            link.other
            for thing in level
            for link in links.of(thing, None if thing == centre else DEGREE_LIMIT) or ()
        }
        level = sorted(reached - seen)
        seen |= reached
    return []
