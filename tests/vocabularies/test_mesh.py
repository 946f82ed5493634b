from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import ZipFile

from kg.vocabularies import mesh

TERM = re.compile(r"<mesh_term>(.*?)</mesh_term>")


def stated(records: Path) -> Iterator[tuple[str, str]]:
    """Identifier and term of every heading in the records of the current format."""
    for line in (records / "ctgov-v2.jsonl").open(encoding="utf-8"):
        derived = json.loads(line).get("derivedSection", {})
        for module in ("conditionBrowseModule", "interventionBrowseModule"):
            for kind in ("meshes", "ancestors"):
                for heading in derived.get(module, {}).get(kind, ()):
                    yield heading["id"], heading["term"]


def test_places_in_the_tree() -> None:
    lung = mesh.by_id("D008175")
    assert lung and lung.term == "Lung Neoplasms"
    above = {heading.mesh_id for heading in mesh.ancestors("D002289")}
    assert {"D008175", "D009369"} <= above
    assert "D002289" not in above
    below = {heading.mesh_id for heading in mesh.descendants("D009369")}
    assert {"D008175", "D002289"} <= below
    assert "D009369" not in below


def test_above_and_below_mirror_each_other() -> None:
    for heading in mesh.descendants("D012140"):
        assert "D012140" in {above.mesh_id for above in mesh.ancestors(heading.mesh_id)}


def test_supplementary_records_map_to_headings() -> None:
    record = mesh.by_id("C000720449")
    assert record and record.term == "tusamitamab ravtansine"
    assert record.trees == () and mesh.by_id(record.headings[0])


def test_unknown_terms_give_nothing() -> None:
    assert mesh.by_id("D999999") is None
    assert mesh.by_term("no such heading") == ()
    assert mesh.ancestors("D999999") == mesh.descendants("D999999") == ()


def test_headings_of_the_records_are_known(records: Path) -> None:
    found = set(stated(records))
    headings = {pair for pair in found if pair[0].startswith("D")}
    assert {pair for pair in headings if not mesh.by_id(pair[0])} == set()
    supplementary = found - headings
    missing = {pair for pair in supplementary if not mesh.by_id(pair[0])}
    assert len(missing) <= 0.15 * len(supplementary)


def test_terms_of_the_records_lead_to_their_identifier(records: Path) -> None:
    for identifier, term in set(stated(records)):
        known = mesh.by_term(term)
        assert not known or mesh.identifier(identifier) in {h.mesh_id for h in known}


def test_terms_of_the_older_records_are_known(records: Path) -> None:
    with ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        texts = (archive.read(name).decode() for name in archive.namelist())
        terms = {unescape(term) for text in texts for term in TERM.findall(text)}
    missing = {term for term in terms if not mesh.by_term(term)}
    assert len(missing) <= 0.02 * len(terms), sorted(missing)
