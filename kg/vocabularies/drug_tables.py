"""Tables of drug names and targets beside the bundle's own: fetched, or a user's."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables
from kg.vocabularies.described import Origin, Vocabulary

NAMES_HEADER = ("drug", "name", "kind", "entry")
TARGETS_HEADER = ("drug", "target", "action", "entry")


class TableName(msgspec.Struct, frozen=True):
    """A table's word that a drug goes by a name."""

    drug: str
    name: str
    kind: str
    entry: str
    """Where in the source it stands: an id, a comment."""
    source: str
    """The table and its edition, as evidence names it."""
    origin: Origin


class TableTarget(msgspec.Struct, frozen=True):
    """A table's word that a drug acts on the product of a gene."""

    drug: str
    symbol: str
    action: str
    entry: str
    source: str


def names_of(key: str) -> tuple[TableName, ...]:
    """Every pair of names in which a squashed name stands on either side."""
    return tuple(
        TableName(*_cells(line), source_of(table), table.origin)
        for line, table in _names().get(key, ())
    )


def meaning(key: str, origin: Origin) -> str | None:
    """The drug that a squashed name is given to by tables of one origin, where they agree."""
    drugs = {
        squash(found.drug): found.drug
        for found in names_of(key)
        if found.origin == origin and squash(found.name) == key != squash(found.drug)
    }
    return drugs.popitem()[1] if len(drugs) == 1 else None


def targets_of(key: str) -> tuple[TableTarget, ...]:
    """What the tables say that a drug of this squashed name acts on."""
    found = _targets().get(key, ())
    return tuple(TableTarget(*_cells(line), source_of(table)) for line, table in found)


def source_of(vocabulary: Vocabulary) -> str:
    """How evidence names a table: `rxnorm 2026-10-05`."""
    name = vocabulary.name.removesuffix("-names").removesuffix("-targets")
    return f"{name} {vocabulary.edition}"


def _cells(line: str) -> tuple[str, str, str, str]:
    one, two, three, four = line.split("\t")
    return one, two, three, four


@cache
def _names() -> dict[str, list[tuple[str, Vocabulary]]]:
    found: defaultdict[str, list[tuple[str, Vocabulary]]] = defaultdict(list)
    for vocabulary in tables.of_kind("drug-names"):
        for line in filter(None, tables.lines(vocabulary.name)):
            drug, name, _ = line.split("\t", 2)
            for key in {squash(drug), squash(name)} - {""}:
                found[key].append((line, vocabulary))
    return dict(found)


@cache
def _targets() -> dict[str, list[tuple[str, Vocabulary]]]:
    found: defaultdict[str, list[tuple[str, Vocabulary]]] = defaultdict(list)
    for vocabulary in tables.of_kind("drug-targets"):
        for line in filter(None, tables.lines(vocabulary.name)):
            found[squash(line.partition("\t")[0])].append((line, vocabulary))
    return dict(found)


def any_names() -> bool:
    """Whether there is any table of names."""
    return bool(_names())
