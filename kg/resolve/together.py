"""Which names are judged together: a record that bears on one leaves all others as they were.

What records say is kept as rows. Each row stands in one or several circles of words (nodes and
squashed names): names that a claim, a bracket or a title may join are in one circle, and what
becomes of a name depends on the rows of its circle alone. So an update reads the rows of the
circles its records touch, and resolves these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from kg.model.decision import UserDecision
from kg.resolve.collect import Collected, Page, Titled
from kg.resolve.links import renamed
from kg.resolve.mentions import Claim
from kg.resolve.normalise import squash
from kg.resolve.reading import Reader
from kg.resolve.readings import Part
from kg.resolve.split import listed
from kg.resolve.support import Saying
from kg.resolve.targets import Phrase
from kg.resolve.titles import names_in

Kind = Literal["name", "other", "claim", "listing", "phrase", "titled", "page"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Circle = frozenset[str]
Said = tuple[int, tuple[Saying, ...]]

_pack = msgspec.msgpack.Encoder().encode
_claim = msgspec.msgpack.Decoder(Claim).decode
_phrase = msgspec.msgpack.Decoder(Phrase).decode
_titled = msgspec.msgpack.Decoder(Titled).decode
_page = msgspec.msgpack.Decoder(Page).decode
_said = msgspec.msgpack.Decoder(Said).decode
_text = msgspec.msgpack.Decoder(str).decode
_versions = msgspec.msgpack.Decoder(list[tuple[str, ...]]).decode


class Row(Struct, frozen=True):
    """One thing that records say, ready to be kept."""

    kind: Kind
    key: bytes
    value: bytes


def rows(collected: Collected) -> Iterator[Row]:
    """All that was collected, thing by thing."""
    for name, count, first in collected.names:
        yield Row("name", _pack(name), _pack((count, first)))
    for name in collected.others:
        yield Row("other", _pack(name), b"")
    for claim, count, first in collected.claims:
        yield Row("claim", _pack(claim), _pack((count, first)))
    for record, versions in collected.listings:
        yield Row("listing", _pack(record), _pack(versions))
    for phrase, count, first in collected.phrases:
        yield Row("phrase", _pack(phrase), _pack((count, first)))
    for titled in collected.titled:
        yield Row("titled", _pack(titled), b"")
    for page in collected.pages:
        yield Row("page", _pack(page), b"")


def collected(kept: Iterable[Row]) -> Collected:
    """What was collected, from the rows it was kept as."""
    found = Collected([], [], [], [], [], [], [], [])
    for row in kept:
        match row.kind:
            case "name":
                found.names.append((_text(row.key), *_said(row.value)))
            case "other":
                found.others.append(_text(row.key))
            case "claim":
                found.claims.append((_claim(row.key), *_said(row.value)))
            case "listing":
                found.listings.append((_text(row.key), _versions(row.value)))
            case "phrase":
                found.phrases.append((_phrase(row.key), *_said(row.value)))
            case "titled":
                found.titled.append(_titled(row.key))
            case "page":
                found.pages.append(_page(row.key))
    return found


class Circles:
    """The words of each row: what stands in one circle may be joined by the row."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._named: dict[str, list[Circle]] = {}

    def of(self, row: Row) -> list[Circle]:
        """The circles of a row; it bears on the drugs of each of them."""
        match row.kind:
            case "name" | "other":
                return self.of_name(_text(row.key))
            case "claim":
                claim = _claim(row.key)
                joined = self._joined(claim.name, self._meant(claim.other))
                return joined or self._each(claim.other)
            case "listing":
                return self._listing(_text(row.key), _versions(row.value))
            case "phrase":
                return self.of_name(_phrase(row.key).drug)
            case "titled":
                titled = _titled(row.key)
                told = [self._words(name) for name in names_in(titled.citation)]
                return self._joined(titled.name, frozenset[str]().union(*told))
            case "page":
                page = _page(row.key)
                cited = [name for titled in page.titled for name in names_in(titled.citation)]
                words = frozenset[str]().union(*map(self._words, (*page.names, *cited)))
                return [words] if words else []

    def decided(self, decisions: Iterable[UserDecision]) -> Iterator[Circle]:
        """The names that a user decided about stand together, whatever records say."""
        for one in decisions:
            if words := self._words(one.name) | self._words(one.other):
                yield words

    def of_name(self, name: str) -> list[Circle]:
        """A name's own circles: one for each drug of a combination."""
        if name not in self._named:
            reading = self._reader.read(name)
            if reading.only and reading.aliases:
                joined = self._joined(name, self._words(name))
                self._named[name] = joined or self._refusing(reading.aliases)
            else:
                self._named[name] = [words for part in reading.parts if (words := _words(part))]
        return self._named[name]

    def _joined(self, name: str, others: Circle) -> list[Circle]:
        """One circle for a name and what may be joined with it; none where it names no one drug."""
        own = self._reader.read(name).only
        return [words | others] if own and (words := _words(own)) else []

    def _meant(self, other: str) -> Circle:
        """What the other side of a claim may mean: one thing with its brackets, or a list."""
        if self._reader.read(other).only:
            return self._words(other)
        only = (self._reader.read(name).only for name in listed(other))
        return frozenset[str]().union(*(_words(part) for part in only if part))

    def _each(self, other: str) -> list[Circle]:
        """The drugs to which a claim is refused that gives them words that name none."""
        if self._reader.read(other).only:
            return self._refusing([other])
        return self._refusing(listed(other))

    def _refusing(self, names: Iterable[str]) -> list[Circle]:
        """One circle for each name: nothing joins them."""
        return [words for name in names if (words := self._words(name))]

    def _listing(self, record: str, versions: list[tuple[str, ...]]) -> list[Circle]:
        names = sorted({name for version in versions for name in version})
        found = [circle for name in names for circle in self.of_name(name)]
        for claim in renamed(versions, self._reader):
            found += self._joined(claim.name, self._words(claim.other))
        return found if len(set(found)) > 1 else []

    def _words(self, name: str) -> Circle:
        """Everything that a name names, its bracketed names too."""
        reading = self._reader.read(name)
        parts = [*reading.parts, *(self._reader.name(alias) for alias in reading.aliases)]
        return frozenset[str]().union(*map(_words, parts))


def _words(part: Part) -> Circle:
    """What a part is told apart by, and how it is written; none where it names no drug."""
    return frozenset((part.node, f"={squash(part.text)}")) if part.node else frozenset()
