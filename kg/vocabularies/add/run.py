"""Takes in a user's table: what kind it is, whether every row can be used, under which name."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from kg.errors import KgError, SourceError
from kg.names import squash
from kg.vocabularies import genes, mesh, other_targets, targets
from kg.vocabularies.add import rows, sssom
from kg.vocabularies.add.rows import Line
from kg.vocabularies.bundle.write import Row
from kg.vocabularies.described import Kind
from kg.vocabularies.drug_tables import NAMES_HEADER, TARGETS_HEADER
from kg.vocabularies.fetch.run import keep
from kg.vocabularies.fetch.source import Content, Made
from kg.vocabularies.fetch.sources import SOURCES
from kg.vocabularies.kept import Group
from kg.vocabularies.tables import bundled

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
KINDS = ("code", "inn", "brand", "synonym")
_COLUMNS: dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "drug-names": (("drug", "name"), ("kind", "comment")),
    "drug-targets": (("drug", "target"), ("action", "comment")),
    "conditions": (("condition", "mesh"), ("comment",)),
    "organizations": (("organization", "name"), ("comment",)),
}
"""By kind of table, the columns that must be there and those that may."""


class Added(Struct, frozen=True):
    """What came of a table."""

    group: Group
    left_out: dict[str, int]
    """What the table says that nothing here can use, by reason."""


def add(path: Path, *, name: str | None = None, edition: str | None = None) -> Added:
    """Check a table and keep it under a name, by default the file's; the next build uses it.

    A TSV with the columns `drug name`, `drug target`, `condition mesh` or `organization name`, or
    an SSSOM table. Raises `SourceError` where a row cannot be used: nothing is kept then.
    """
    name = name or re.sub(r"[^a-z0-9]+", "-", path.name.partition(".")[0].lower()).strip("-")
    taken = {*SOURCES, *(vocabulary.name for vocabulary in bundled())}
    if not _NAME.fullmatch(name) or name in taken:
        raise KgError(
            f"{name!r}: expected a name of small letters, digits and `-` that no vocabulary has; "
            "choose one with --name"
        )
    columns, lines = rows.read(path)
    left_out: Counter[str] = Counter()
    by_kind: defaultdict[Kind, list[Line]] = defaultdict(list)
    if set(columns) >= sssom.COLUMNS:
        for kind, line in sssom.rows(lines, left_out):
            by_kind[_kind(kind)].append(line)
    else:
        by_kind[_kind_of(path, columns)] = lines
    tables = [_made(name, kind, found) for kind, found in sorted(by_kind.items()) if found]
    if not tables:
        raise SourceError(f"{path.name}: found no row that can be used")
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    group = keep(
        name,
        Content(edition, tables),
        edition=edition or f"sha256 {fingerprint}",
        publisher=path.name,
        licence="as its owner states",
        address="",
        origin="added",
    )
    return Added(group, dict(sorted(left_out.items())))


def _kind(kind: str) -> Kind:
    return next(known for known in _COLUMNS if known == kind)


def _kind_of(path: Path, columns: tuple[str, ...]) -> Kind:
    for kind, (needed, allowed) in _COLUMNS.items():
        if set(needed) <= set(columns):
            unknown = sorted(set(columns) - {*needed, *allowed})
            if unknown:
                raise SourceError(
                    f"{path.name}: found the column {unknown[0]!r}, expected "
                    f"{', '.join((*needed, *allowed))}"
                )
            return kind
    wanted = "; ".join(" and ".join(needed) for needed, _ in _COLUMNS.values())
    raise SourceError(
        f"{path.name}: found the columns {', '.join(columns)}, expected {wanted}; or SSSOM"
    )


def _made(name: str, kind: Kind, lines: list[Line]) -> Made:
    title, header, row = _READERS[kind]
    if kind != "drug-targets":
        _one_meaning(lines, *_COLUMNS[kind][0])
    return Made(f"{name}-{kind.removeprefix('drug-')}", title, header, map(row, lines), kind=kind)


def _one_meaning(lines: Iterable[Line], one: str, other: str) -> None:
    """A name may not mean two things in one table."""
    meant, told = (one, other) if other == "name" else (other, one)
    seen: dict[str, Line] = {}
    for line in lines:
        first = seen.setdefault(squash(line.need(told)), line)
        if squash(first.need(meant)) != squash(line.need(meant)):
            raise line.wrong(
                f"{line.get(told)!r} for {line.get(meant)!r}",
                f"{first.get(meant)!r} as in line {first.number}",
            )


def _name_row(line: Line) -> Row:
    kind = line.get("kind").lower() or "synonym"
    if kind not in KINDS:
        raise line.wrong(f"the kind {kind!r}", f"one of {', '.join(KINDS)}, or none")
    drug, name = line.need("drug"), line.need("name")
    if not squash(drug) or not squash(name):
        raise line.wrong(f"{drug!r} and {name!r}", "names with letters or digits")
    return drug, name, kind, line.get("comment")


def _target_row(line: Line) -> Row:
    said = line.need("target")
    found = targets.by_text(said.removeprefix("HGNC:")) if not _hgnc(said) else ()
    symbols = {meaning.gene.symbol for meaning in found}
    if gene := _hgnc(said):
        symbols = {gene}
    elif not symbols and (other := other_targets.by_name(said)):
        symbols = {f"{other_targets.MARK}{other.key}"}
    if len(symbols) != 1 or any(meaning.ambiguous for meaning in found):
        many = f"{said!r}, which may be {', '.join(sorted(symbols))}" if symbols else repr(said)
        raise line.wrong(
            many, "the symbol or HGNC id of one human gene, or the name of another target"
        )
    return line.need("drug"), symbols.pop(), line.get("action").lower(), line.get("comment")


def _hgnc(text: str) -> str | None:
    gene = genes.by_id(text) if text.upper().startswith("HGNC:") else None
    return gene.symbol if gene else None


def _condition_row(line: Line) -> Row:
    said = line.need("mesh")
    heading = mesh.by_id(said)
    found = (heading,) if heading else mesh.by_term(said)
    if len(found) != 1:
        raise line.wrong(repr(said), "the id or the term of one MeSH heading")
    return line.need("condition"), found[0].mesh_id, line.get("comment")


def _organization_row(line: Line) -> Row:
    return line.need("organization"), line.need("name"), line.get("comment")


_READERS: dict[Kind, tuple[str, Row, Callable[[Line], Row]]] = {
    "drug-names": ("Names of drugs, given by the user", NAMES_HEADER, _name_row),
    "drug-targets": ("Targets of drugs, given by the user", TARGETS_HEADER, _target_row),
    "conditions": (
        "Names of conditions, given by the user",
        ("condition", "mesh", "comment"),
        _condition_row,
    ),
    "organizations": (
        "Names of organisations, given by the user",
        ("organization", "name", "comment"),
        _organization_row,
    ),
}
