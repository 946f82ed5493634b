"""The registry's older API JSON to a Trial, by way of the names of API v2.

The older form says the same in other words: names that repeat their module's, lists wrapped in
objects whose only element may stand bare, "Yes" and "No", text dates and text codes. Fields are
renamed here; their values are then read as those of API v2 are.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from kg.errors import RecordError
from kg.model.trial import Trial
from kg.parse.api_json import misfit
from kg.parse.api_v1_names import STUDY, Field, Fields, Flag, Many, Part
from kg.parse.codes import yes_no
from kg.parse.study_trial import build
from kg.parse.study_whole import Study

Json: TypeAlias = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def parse_v1(content: bytes, where: str) -> Trial:
    """The trial of one study of the older API; `where` names the record until its id is known.

    >>> study = b'{"ProtocolSection":{"IdentificationModule":{"NCTId":"NCT99000001"}}}'
    >>> parse_v1(study, "study.json").nct_id
    'NCT99000001'
    """
    try:
        old: Json = msgspec.json.decode(content)
        renamed = _renamed(old, STUDY, "$")
        study = msgspec.convert(renamed, Study, strict=False)
    except RecordError as error:
        known = misfit(error, content, where).record
        raise RecordError(known, error.place, error.found, error.expected) from None
    except (ValueError, RecursionError) as error:
        raise misfit(error, content, where) from None
    posted = study.protocol_section.status_module.results_first_post_date_struct
    has_results = study.results_section is not None or posted is not None
    return build(msgspec.structs.replace(study, has_results=has_results), where)


def _renamed(old: Json, fields: Fields, place: str) -> dict[str, Json]:
    """An object with the fields that are known, under their new names."""
    if not isinstance(old, dict):
        raise RecordError("", place, type(old).__name__, "an object")
    found: dict[str, Json] = {}
    for name, field in fields.items():
        if (value := old.get(name)) is not None:
            new = field if isinstance(field, str) else field.name
            found[new] = _value(value, field, f"{place}.{name}")
    return found


def _value(value: Json, field: Field, place: str) -> Json:
    if isinstance(field, str):
        return value
    if isinstance(field, Part):
        return _renamed(value, field.fields, place)
    if isinstance(field, Flag):
        return _truth(value, place)
    return _elements(value, field, place)


def _truth(value: Json, place: str) -> bool | None:
    truth = value if isinstance(value, bool) else yes_no(value if isinstance(value, str) else None)
    if truth is None and value != "":
        raise RecordError("", place, repr(value)[:60], "Yes or No")
    return truth


def _elements(value: Json, field: Many, place: str) -> list[Json]:
    """The elements of a wrapped list; one may stand bare, and the wrapper may be missing."""
    inner = value.get(field.element) if isinstance(value, dict) else value
    elements: list[Json] = list(inner) if isinstance(inner, list) else [inner]
    if field.fields is None:
        return elements
    return [_renamed(one, field.fields, place) for one in elements if one is not None]
