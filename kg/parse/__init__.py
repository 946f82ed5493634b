"""Records to trials: each format of the registry into the same frozen `Trial`."""

from __future__ import annotations

from kg.model.record import RawRecord
from kg.model.trial import Trial


def parse(raw: RawRecord) -> Trial:
    """The trial of a record, whatever its format; raises RecordError where it cannot be read.

    >>> study = b'{"protocolSection":{"identificationModule":{"nctId":"NCT99000001"}}}'
    >>> parse(RawRecord("study.json", "ctgov-v2-json", study)).nct_id
    'NCT99000001'
    """
    # imported when needed: a run over JSON should not pay for an XML library
    if raw.format == "ctgov-v2-json":
        from kg.parse.api_json import parse_v2

        return parse_v2(raw.content, raw.source)
    if raw.format == "ctgov-v1-json":
        from kg.parse.api_v1 import parse_v1

        return parse_v1(raw.content, raw.source)
    if raw.format == "ctgov-legacy-xml":
        from kg.parse.legacy_xml import parse_xml

        return parse_xml(raw.content, raw.source)
    from kg.parse.page import parse_page

    return parse_page(raw.content, raw.source)
