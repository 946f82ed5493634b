"""MeSH XML of a year: headings with their tree, and the supplementary records of drugs."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from lxml import etree

from kg.errors import SourceError
from kg.names import squash
from kg.vocabularies import tables
from kg.vocabularies.bundle import mesh
from kg.vocabularies.bundle.write import Row, joined
from kg.vocabularies.fetch.source import Content, Made, Remote, cleaned, listed
from kg.web import Web


def find(web: Web, address: str) -> list[Remote]:
    """The newest year's descriptors and supplementary records in NLM's folder."""
    folder = address.rstrip("/") + "/"
    names = listed(web, folder, r"(?:desc|supp)\d{4}\.gz")
    years = {name[4:8] for name in names if name.replace("desc", "supp") in names}
    if not years:
        raise SourceError(f"{folder}: found {', '.join(names)}, expected desc and supp of a year")
    year = max(years)
    return [Remote(f"{folder}{kind}{year}.gz", edition=year) for kind in ("desc", "supp")]


def make(paths: Sequence[Path]) -> Content:
    """Both tables, from the descriptors and the supplementary records, in any order."""
    by_root: dict[str, Path] = {}
    year = None
    for path in paths:
        root, year_of = _root(path)
        by_root[root] = path
        year = year or year_of
    if set(by_root) != {"DescriptorRecordSet", "SupplementalRecordSet"}:
        raise SourceError(
            f"{', '.join(path.name for path in paths)}: found {', '.join(sorted(by_root))}, "
            "expected MeSH descriptors and supplementary records"
        )
    headings = list(_headings(by_root["DescriptorRecordSet"]))
    trees = {row[0]: row[2] for row in headings}
    return Content(
        year,
        (
            Made("mesh", "MeSH headings with tree numbers and entry terms", mesh.HEADER, headings),
            Made(
                "mesh-supplementary",
                "MeSH supplementary records of drugs, regimens and diseases",
                mesh.SUPPLEMENTARY_HEADER,
                _supplementary(by_root["SupplementalRecordSet"], trees),
            ),
        ),
    )


def _headings(path: Path) -> Iterator[Row]:
    for record in _records(path, "DescriptorRecord"):
        term = _text(record, "DescriptorName/String")
        trees = joined(sorted(set(_texts(record, "TreeNumberList/TreeNumber"))))
        yield _text(record, "DescriptorUI"), term, trees, joined(_entries(record, term))


def _supplementary(path: Path, trees: dict[str, str]) -> Iterator[Row]:
    drug_names = {
        squash(name)
        for row in tables.rows("unii")
        for cell in row[1:6]
        for name in cell.split("|")
        if name
    }
    for record in _records(path, "SupplementalRecord"):
        term = _text(record, "SupplementalRecordName/String")
        entries = _entries(record, term)
        headings = "HeadingMappedToList/HeadingMappedTo/DescriptorReferredTo/DescriptorUI"
        mapped = sorted({heading.lstrip("*") for heading in _texts(record, headings)})
        if mesh.wanted(term, entries, [trees.get(at, "") for at in mapped], drug_names):
            yield _text(record, "SupplementalRecordUI"), term, joined(mapped), joined(entries)


def _records(path: Path, tag: str) -> Iterator[etree._Element]:
    """Each record of a file, read one by one."""
    try:
        with _open(path) as file:
            for _, record in etree.iterparse(
                file, tag=tag, resolve_entities=False, no_network=True, huge_tree=True
            ):
                yield record
                record.clear()
                while record.getprevious() is not None:
                    del record.getparent()[0]
    except (etree.XMLSyntaxError, EOFError, OSError) as error:
        raise SourceError(f"{path.name}: found no whole MeSH XML ({error})") from error


def _root(path: Path) -> tuple[str, str | None]:
    """The name of the outermost element, and the year it states."""
    try:
        with _open(path) as file:
            for _, element in etree.iterparse(file, events=("start",), no_network=True):
                year = re.search(r"\d{4}", path.name)
                return str(element.tag), year[0] if year else None
    except (etree.XMLSyntaxError, EOFError, OSError) as error:
        raise SourceError(f"{path.name}: found no MeSH XML ({error})") from error
    raise SourceError(f"{path.name}: found an empty file, expected MeSH XML")


def _open(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")


def _entries(record: etree._Element, term: str) -> list[str]:
    return sorted(set(_texts(record, "ConceptList/Concept/TermList/Term/String")) - {term})


def _texts(record: etree._Element, path: str) -> list[str]:
    return list(cleaned(found.text for found in record.iterfind(path)))


def _text(record: etree._Element, path: str) -> str:
    return next(iter(_texts(record, path)), "")
