"""What two versions of a trial say differently, field by field, under the registry's names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import cast

import msgspec
from msgspec import Struct

from kg.history.entries import FieldChange
from kg.model.trial import (
    Design,
    Eligibility,
    IpdSharing,
    Oversight,
    PartialDate,
    Results,
    Status,
    Trial,
)

DERIVED = frozenset(
    {"condition_mesh", "condition_ancestors", "intervention_mesh", "intervention_ancestors"}
)
"""Terms that the registry works out anew whenever MeSH changes: no change by the sponsor."""
_PLAIN = (Status, Design)
"""Modules of a record whose fields have names that say enough."""
_MODULES = (Eligibility, Oversight, IpdSharing, Results)
_NOT_OF_THE_TRIAL = frozenset({"nct_id", "unread"})
_NAMED_BY = ("label", "name", "measure", "title", "term", "facility", "id", "url", "pmid", "nct_id")
"""What tells one of several things of a trial from the others, the surest first."""


def changes(before: Trial, after: Trial) -> tuple[FieldChange, ...]:
    """Every field that two versions of a trial differ in.

    >>> one = Trial(nct_id="NCT99000001", brief_title="A study", conditions=("Asthma", "Cough"))
    >>> two = Trial(nct_id="NCT99000001", brief_title="A trial", conditions=("Asthma",))
    >>> for change in changes(one, two):
    ...     print(change.field, change.before, change.after)
    briefTitle ('A study',) ('A trial',)
    conditions ('Cough',) ()
    """
    return tuple(
        sorted(
            _structs("", before, after, DERIVED | _NOT_OF_THE_TRIAL),
            key=lambda change: (change.field, change.before, change.after),
        )
    )


def _structs(
    place: str, one: Struct, two: Struct, without: frozenset[str] = frozenset()
) -> Iterator[FieldChange]:
    for field in one.__struct_fields__:
        if field not in without:
            yield from _values(place, _camel(field), getattr(one, field), getattr(two, field))


def _values(place: str, field: str, one: object, two: object) -> Iterator[FieldChange]:
    if one == two:
        return
    if isinstance(one, tuple) and isinstance(two, tuple):
        yield from _several(f"{place}{field}", one, two)
    elif isinstance(one, _PLAIN) and isinstance(two, _PLAIN):
        yield from _structs(place, one, two)
    elif isinstance(one, _MODULES) and isinstance(two, _MODULES):
        yield from _structs(f"{place}{field}.", one, two)
    else:
        yield FieldChange(f"{place}{field}", _told(one), _told(two))


def _several(field: str, one: Sequence[object], two: Sequence[object]) -> Iterator[FieldChange]:
    """Things that stand beside one another: their order says nothing."""
    gone = list((Counter(map(_exact, one)) - Counter(map(_exact, two))).elements())
    come = list((Counter(map(_exact, two)) - Counter(map(_exact, one))).elements())
    if not gone and not come:
        return
    lost = [value for value in one if _take(gone, value)]
    won = [value for value in two if _take(come, value)]
    for name in sorted({_named(value) for value in lost} & {_named(value) for value in won}):
        before = [value for value in lost if _named(value) == name]
        after = [value for value in won if _named(value) == name]
        if name and len(before) == len(after) == 1:
            lost.remove(before[0])
            won.remove(after[0])
            place = f"{field}[{name}]."
            yield from _structs(place, cast(Struct, before[0]), cast(Struct, after[0]))
    if lost or won:
        yield FieldChange(
            field,
            tuple(text for value in lost for text in _told(value)),
            tuple(text for value in won for text in _told(value)),
        )


def _take(left: list[str], value: object) -> bool:
    exact = _exact(value)
    if exact in left:
        left.remove(exact)
        return True
    return False


def _exact(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _named(value: object) -> str:
    """What a thing of a trial is called; empty for what is no such thing."""
    if isinstance(value, Struct):
        for field in _NAMED_BY:
            if found := getattr(value, field, None):
                return str(found)
    return ""


def _told(value: object) -> tuple[str, ...]:
    """A value in words; none where there is no value."""
    if value is None or value == ():
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, PartialDate):
        return (f"{value.date} {value.type}" if value.type else value.date,)
    if isinstance(value, Struct):
        # The whole of it: nothing is left out of what came or went.
        fields = [
            f"{_camel(field)}: {', '.join(told)}"
            for field in value.__struct_fields__
            if field not in ("label", "name") and (told := _told(getattr(value, field)))
        ]
        return (" · ".join([*filter(None, [_plain_name(value)]), *fields]),)
    if isinstance(value, tuple):
        return tuple(text for each in value for text in _told(each))
    return (str(value),)


def _plain_name(value: Struct) -> str:
    return str(getattr(value, "label", None) or getattr(value, "name", None) or "")


def _camel(field: str) -> str:
    """A field's name as the registry writes it."""
    first, *others = field.split("_")
    return first + "".join(word.capitalize() for word in others)
