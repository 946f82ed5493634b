"""What strings were read as, kept for all who read the same strings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from kg.resolve.not_drugs import NotDrug
from kg.resolve.vocabulary import Substance

Read = TypeVar("Read")


class Part(Struct, frozen=True):
    """One thing a string names."""

    text: str
    """The name, without dose, route and form."""
    node: str
    """What it is told apart by: `unii:…`, else the squashed name; empty where it names no drug."""
    rule: str
    """How it was understood: `vocabulary`, `vocabulary-salt`, `code`, `name`…"""
    not_drug: NotDrug | None = None
    candidates: tuple[Substance, ...] = ()
    """Every substance an ambiguous name may mean."""


class Reading(Struct, frozen=True):
    """What one string says: its parts, and other names it gives its only part."""

    parts: tuple[Part, ...]
    aliases: tuple[str, ...] = ()

    @property
    def only(self) -> Part | None:
        """The one thing named, None for a combination."""
        return self.parts[0] if len(self.parts) == 1 else None


class Met(Struct, frozen=True):
    """Something met while a string was read, which bears on other strings."""

    salt: tuple[Substance, Substance] | None = None
    """A salt or hydrate, and the substance it is counted as."""
    carried: tuple[str, str] | None = None
    """A form in a carrier, as a node, and the UNII of the substance in it."""


class Once(Struct, Generic[Read], frozen=True):
    """What a string was read as."""

    value: Read
    met: tuple[Met, ...]
    asked: frozenset[str]
    """The squashed names of which it was asked whether records mean something else by them."""


class Readings:
    """The readings of several readers of one vocabulary.

    A string's reading depends on nothing else but what names a user and records gave another
    meaning, so readers that agree on these share their readings.
    """

    def __init__(self) -> None:
        self._all: dict[tuple[frozenset[tuple[str, str]], ...], Shared] = {}

    def among(self, meant: Mapping[str, str], decided: Mapping[str, str]) -> Shared:
        """The readings of all readers that are given the same meanings."""
        key = frozenset(meant.items()), frozenset(decided.items())
        return self._all.setdefault(key, Shared())


class Shared:
    """What readers that agree read, by string."""

    def __init__(self) -> None:
        self.parts: dict[str, Once[Part]] = {}
        self.readings: dict[str, Once[Reading]] = {}
        self.parents: dict[str, Substance] = {}
        """What each substance is counted as, by UNII."""
        self.nodes: dict[tuple[str, ...], frozenset[str]] = {}
        """What several names name."""
