"""The mapping of the ontology to labels, keys and relationship types, read from its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from kg.errors import KgError
from kg.resources import folder
from kg.vocab import PREFIXES

Type = Literal["string", "int", "float", "boolean", "date", "point", "code"]
"""What a key holds."""
Number = Literal["", "+", "[]"]
"""How many values a key holds: one; one as a rule and the rest beside it; any number."""

RESOURCE = "Resource"
"""The label of every node."""
UNDESCRIBED = "Undescribed"
"""The label of what relationships lead to and the graph says nothing about."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_KIND = re.compile(rf"({'|'.join(get_args(Type))})(\+|\[\])?")


@dataclass(frozen=True)
class Column:
    """One key of a node as a database sees it: its name, and whether it is a list."""

    name: str
    type: Type
    many: bool = False


@dataclass(frozen=True)
class Key:
    """Where a key of a node comes from: the terms (two for a point), and what it holds."""

    name: str
    terms: tuple[str, ...]
    type: Type
    number: Number = ""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The key and those that stand beside it.

        >>> [each.name for each in Key("startDate", ("…",), "date").columns]
        ['startDate', 'startDatePrecision']
        """
        if self.number == "[]":
            return (Column(self.name, "string" if self.type == "date" else self.type, True),)
        columns = [Column(self.name, self.type)]
        if self.type == "date":
            columns.append(Column(self.name + "Precision", "string"))
        if self.number == "+":
            columns.append(
                Column(self.name + "More", "string" if self.type == "date" else self.type, True)
            )
        return tuple(columns)


@dataclass(frozen=True)
class Relationship:
    """A relationship type: its term, and the label it leads to."""

    type: str
    term: str
    to: str


@dataclass(frozen=True)
class Label:
    """A label: the class it stands for, and what its nodes have."""

    name: str
    iri: str
    keys: tuple[Key, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """All keys of its nodes but `iri`."""
        return tuple(column for key in self.keys for column in key.columns)


@dataclass(frozen=True)
class PropertyGraph:
    """The whole mapping."""

    labels: Mapping[str, Label]
    unique: tuple[tuple[str, str], ...] = ()
    indexed: tuple[tuple[str, str], ...] = ()
    not_exported: frozenset[str] = field(default_factory=frozenset)

    def columns(self, labels: Iterable[str]) -> tuple[Column, ...]:
        """The keys of a node with these labels, each once, `iri` left out."""
        found: dict[str, Column] = {}
        for label in labels:
            if label in self.labels:
                found.update({column.name: column for column in self.labels[label].columns})
        return tuple(found.values())

    @property
    def relationships(self) -> Mapping[str, str]:
        """The term of each relationship type."""
        return {
            each.type: each.term for label in self.labels.values() for each in label.relationships
        }


def mapping(path: Path | None = None) -> PropertyGraph:
    """The mapping of a file; without one, the mapping that ships with the package.

    >>> mapping().labels["Trial"].relationships[0].type
    'HAS_ARM'
    """
    path = path or folder("mappings") / "property-graph.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise KgError(f"{path} cannot be read as a mapping: {error}") from error
    try:
        return _checked(content)
    except _Wrong as wrong:
        raise KgError(f"{path}: {wrong}") from None


class _Wrong(Exception):
    """What a mapping says that it cannot."""


def _checked(content: Any) -> PropertyGraph:
    if not isinstance(content, dict) or not isinstance(content.get("labels"), dict):
        raise _Wrong("found no labels, expected `labels:` with one entry each")
    labels = {name: _label(name, said or {}) for name, said in content["labels"].items()}
    terms: dict[str, str] = {}
    for label in labels.values():
        names = [column.name for column in label.columns]
        if double := next((name for name in names if names.count(name) > 1), None):
            raise _Wrong(f"{label.name} has the key {double} twice")
        for each in label.relationships:
            if each.to not in labels:
                raise _Wrong(f"{label.name}.{each.type}: found {each.to!r}, expected a label")
            if terms.setdefault(each.type, each.term) != each.term:
                raise _Wrong(f"{each.type} stands for two terms, expected one")
    return PropertyGraph(
        labels,
        _pairs(content.get("unique"), labels),
        _pairs(content.get("indexed"), labels),
        frozenset(_iri(term) for term in content.get("not_exported") or ()),
    )


def _label(name: str, said: Mapping[str, Any]) -> Label:
    if not _NAME.fullmatch(name) or name in (RESOURCE, UNDESCRIBED):
        raise _Wrong(f"found the label {name!r}, expected another name of letters and digits")
    keys = tuple(_key(name, key, text) for key, text in (said.get("keys") or {}).items())
    relationships = tuple(_relationships(name, said.get("relationships") or {}))
    return Label(name, _iri(said.get("class", "")), keys, relationships)


def _key(label: str, name: str, text: str) -> Key:
    *terms, kind = str(text).split()
    match = _KIND.fullmatch(kind)
    if not _NAME.fullmatch(name) or name == "iri" or match is None:
        raise _Wrong(f"{label}.{name}: found {text!r}, expected TERM and one of {get_args(Type)}")
    if len(terms) != (2 if match[1] == "point" else 1) or (match[1] == "point" and match[2]):
        raise _Wrong(f"{label}.{name}: found {len(terms)} terms for one {kind}")
    iris = tuple(_iri(term) for term in terms)
    number: Number = "+" if match[2] == "+" else "[]" if match[2] else ""
    return Key(name, iris, next(each for each in get_args(Type) if each == match[1]), number)


def _relationships(label: str, said: Mapping[str, str]) -> Iterator[Relationship]:
    for kind, text in said.items():
        parts = str(text).split()
        if not _NAME.fullmatch(kind) or len(parts) != 2:
            raise _Wrong(f"{label}.{kind}: found {text!r}, expected TERM and LABEL")
        yield Relationship(kind, _iri(parts[0]), parts[1])


def _iri(curie: str) -> str:
    prefix, colon, name = str(curie).partition(":")
    if not colon or prefix not in PREFIXES:
        raise _Wrong(f"found {curie!r}, expected a term such as tkg:Trial")
    return PREFIXES[prefix] + name


def _pairs(said: Any, labels: Mapping[str, Label]) -> tuple[tuple[str, str], ...]:
    pairs = tuple((said or {}).items())
    for label, key in pairs:
        known = {"iri"} | {each.name for each in labels[label].columns} if label in labels else ()
        if (label, key) != (RESOURCE, "iri") and key not in known:
            raise _Wrong(f"found no key {key!r} of {label!r} to index")
    return pairs
