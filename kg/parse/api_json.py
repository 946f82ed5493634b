"""The registry's API v2 JSON to a Trial."""

from __future__ import annotations

import re

import msgspec

from kg.errors import RecordError
from kg.model.trial import Trial
from kg.parse.study_trial import build
from kg.parse.study_whole import Study

_decoder = msgspec.json.Decoder(Study, strict=False)
_MISFIT = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)` - at `(?P<place>.*)`")
_NCT_ID = re.compile(rb'"n(?:ct|CT)Id"\s*:\s*"(NCT\d{8})"', re.IGNORECASE)


def parse_v2(content: bytes, where: str) -> Trial:
    """The trial of one API v2 study; `where` names the record until its id is known.

    >>> study = b'{"protocolSection":{"identificationModule":{"nctId":"NCT99000001"}}}'
    >>> parse_v2(study, "study.json").nct_id
    'NCT99000001'
    """
    try:
        study = _decoder.decode(content)
    except (ValueError, RecursionError) as error:
        raise misfit(error, content, where) from None
    return build(study, where)


def misfit(error: Exception, content: bytes, where: str) -> RecordError:
    """What a decoder found wrong, as a RecordError with the record's id where it can be seen."""
    known = _NCT_ID.search(content)
    record = known[1].decode() if known else where
    match = _MISFIT.fullmatch(str(error))
    if match is None:
        return RecordError(record, "$", f"damaged JSON ({error})", "one study")
    return RecordError(record, match["place"], match["found"], match["expected"])
