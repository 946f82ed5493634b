"""The Research Organization Registry: names, countries and relations of organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kg.errors import SourceError
from kg.vocabularies.bundle.write import Row, joined
from kg.vocabularies.fetch.source import Content, Made, Remote, cleaned, member
from kg.vocabularies.ror import HEADER
from kg.web import Web

_BEGIN = "https://ror.org/"
_RELATIONS = ("parent", "successor", "predecessor")


class _Links(msgspec.Struct):
    self: str = ""


class _File(msgspec.Struct):
    key: str
    checksum: str
    links: _Links


class _Metadata(msgspec.Struct):
    version: str = ""


class _Deposit(msgspec.Struct):
    """A record of the archive that keeps ROR's releases."""

    files: list[_File]
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


class _Name(msgspec.Struct):
    value: str
    types: list[str] = []


class _Place(msgspec.Struct):
    country_code: str | None = None


class _Location(msgspec.Struct):
    geonames_details: _Place = msgspec.field(default_factory=_Place)


class _Relation(msgspec.Struct):
    type: str
    id: str


class _Organization(msgspec.Struct):
    id: str
    names: list[_Name]
    status: str = "active"
    locations: list[_Location] = []
    relationships: list[_Relation] = []
    types: list[str] = []


def find(web: Web, address: str) -> list[Remote]:
    """The newest release, with the checksum that its archive states."""
    try:
        deposit = msgspec.json.decode(web.read(address), type=_Deposit)
    except msgspec.DecodeError as error:
        raise SourceError(f"{address}: found no list of files ({error})") from error
    for file in deposit.files:
        if re.search(r"ror-data\.zip$", file.key):
            version = deposit.metadata.version or None
            return [Remote(file.links.self, file.checksum, version)]
    names = ", ".join(file.key for file in deposit.files)
    raise SourceError(f"{address}: found {names or 'no file'}, expected …ror-data.zip")


def make(paths: Sequence[Path]) -> Content:
    """The organisations of a release: its zip, or its JSON of schema 2."""
    (path,) = paths
    name, text = path.name, b""
    if path.suffix == ".json":
        text = path.read_bytes()
    else:
        name, file = member(path, r"ror-data(_schema_v2)?\.json$")
        with file:
            text = file.read()
    try:
        organizations = msgspec.json.decode(text, type=list[_Organization])
    except msgspec.DecodeError as error:
        raise SourceError(f"{name}: found no ROR data of schema 2 ({error})") from error
    version = re.search(r"v\d+\.\d+", name)
    title = "Research organisations with their ids, names and relations"
    return Content(
        version[0] if version else None,
        (Made("ror", title, HEADER, _rows(organizations), kind="ror"),),
    )


def _rows(organizations: list[_Organization]) -> Iterator[Row]:
    for one in organizations:
        shown = [name.value for name in one.names if "ror_display" in name.types]
        if one.status == "withdrawn" or not shown:
            continue
        label = next(cleaned(shown))
        full = {name.value for name in one.names if set(name.types) & {"label", "alias"}}
        countries = {place.geonames_details.country_code for place in one.locations}
        yield (
            _short(one.id),
            label,
            joined(sorted(set(cleaned(full)) - {label})),
            joined(sorted(cleaned(countries))),
            joined(sorted(one.types)),
            *(
                joined(sorted(_short(r.id) for r in one.relationships if r.type == kind))
                for kind in _RELATIONS
            ),
        )


def _short(ror: str) -> str:
    return ror.removeprefix(_BEGIN)
