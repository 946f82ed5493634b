"""Which ROR organisation a name means, where that is sure; none where ROR was not fetched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from kg.resolve.organizations import key_of
from kg.vocabularies import ror
from kg.vocabularies.ror import RorOrganization

_COUNTRY = re.compile(r"\s*\((?P<country>[^()]+)\)$")


def find(names: Iterable[str]) -> RorOrganization | None:
    """The one organisation that every name known to ROR means.

    ROR tells firms of one name apart by their country in brackets: "Sanofi (France)". Among
    several of one name the one at the head of all the others is meant; else none is.
    """
    found = [candidates for name in names if (candidates := _by_key().get(key_of(name)))]
    if not found:
        return None
    common = set(found[0]).intersection(*found[1:])
    if len(common) == 1:
        return ror.by_id(min(common))
    heads = {one for one in common if all(_above(other, one) for other in common)}
    return ror.by_id(min(heads)) if len(heads) == 1 else None


def plain_name(name: str) -> str:
    """A name of ROR without the country that tells it from its namesakes.

    >>> plain_name("Sanofi (France)")
    'Sanofi'
    """
    return _COUNTRY.sub("", name)


def _above(ror_id: str, head: str) -> bool:
    """Whether one organisation is the head, or stands somewhere below it."""
    seen: set[str] = set()
    waiting = [ror_id]
    while waiting:
        here = waiting.pop()
        if here == head:
            return True
        if here not in seen and (one := ror.by_id(here)):
            seen.add(here)
            waiting.extend(one.parents)
    return False


@cache
def _by_key() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in ror.organizations():
        for name in (plain_name(one.name), *one.names):
            found[key_of(name)].add(one.ror)
    return {key: tuple(sorted(ids)) for key, ids in found.items()}
