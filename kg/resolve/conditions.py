"""The MeSH heading that a stated condition means, where its words say so and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.model.resolved import ConditionGrounding
from kg.vocabularies import conditions, mesh, mondo
from kg.vocabularies.mesh import Heading

_DISEASES = re.compile(r"C|F03")
_NEVER = re.compile(r"[DBV]")
_DISEASE = "D004194"
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_STAGE = r"[0IVX]+[A-C]?\d?|[0-4][a-c]?"
_QUALIFIER = (
    rf"(?:(?:clinical |pathologic )?stages? (?:{_STAGE})(?:\s*(?:-|/|,|and|or|to)\s*(?:{_STAGE}))*|"
    r"metastatic|locally advanced|advanced|recurrent|relapsed(?:(?:/| or | and )refractory)?|"
    r"refractory|resectable|unresectable|untreated|previously treated|newly diagnosed|"
    r"(?:early|late)[- ]stage|severe|moderate(?:[- ]to[- ]severe)?|mild(?:[- ]to[- ]moderate)?|"
    r"symptomatic|childhood|adult|pa?ediatric|ajcc v\d+|protocol specific)"
)
_LEADING = re.compile(rf"^{_QUALIFIER}[\s,]+(?:and\s+)?", re.IGNORECASE)
_TRAILING = re.compile(rf"[\s,]+(?:in\s+)?{_QUALIFIER}$", re.IGNORECASE)
_CANCER = re.compile(r"\b(?:cancers?|tumou?rs?|malignanc(?:y|ies))$", re.IGNORECASE)
_BRITISH = (
    ("aemi", "emi"),
    ("haem", "hem"),
    ("oesoph", "esoph"),
    ("oedema", "edema"),
    ("tumour", "tumor"),
    ("rrhoea", "rrhea"),
)


@lru_cache(maxsize=1 << 16)
def ground(term: str) -> ConditionGrounding | None:
    """The heading of a stated condition; none where it fits several, or none.

    >>> found = ground("Non Small Cell Lung Cancer (NSCLC)")
    >>> found.term, found.rule
    ('Carcinoma, Non-Small-Cell Lung', 'brackets-removed')
    >>> ground("Stage IV Esophageal Cancer AJCC v7").term
    'Esophageal Neoplasms'
    >>> ground("Healthy")
    """
    if by_user := conditions.by_user(term):
        mesh_id, source = by_user
        if given := mesh.by_id(mesh_id):
            return ConditionGrounding(given.term, given.mesh_id, "table-name", 0.98, source)
    for text, rule, confidence in _readings(" ".join(term.split())):
        if found := _by_words(text):
            heading, own_rule, own = found
            if confidence < 1.0 and (heading.mesh_id == _DISEASE or not _is_disease(heading)):
                continue
            rule = own_rule if confidence == 1.0 else rule
            return ConditionGrounding(
                heading.term, heading.mesh_id, rule, round(own * confidence, 2)
            )
    return None


def _readings(term: str) -> Iterator[tuple[str, str, float]]:
    """The term as it stands, then with less and less of it, and how sure each still is."""
    yield term, "", 1.0
    bare = _BRACKETS.sub("", term)
    if bare != term:
        yield bare, "brackets-removed", 0.95
    plain = _without_qualifiers(bare)
    if plain != bare:
        yield plain, "qualifier-removed", 0.85


def _by_words(term: str) -> tuple[Heading, str, float] | None:
    for british, american in _BRITISH:
        term = re.sub(british, american, term, flags=re.IGNORECASE)
    found = mesh.by_term(term)
    diseases = [heading for heading in found if _is_disease(heading)]
    if len(diseases) == 1:
        return diseases[0], "mesh-term", 1.0
    listed = conditions.mesh_id(term)
    if listed and (heading := mesh.by_id(listed)):
        return heading, "everyday-name", 0.95
    if diseases:
        return None
    for heading in found:
        same = heading.term.casefold() == term.casefold()
        if same and heading.trees and not _NEVER.match(heading.trees[0]):
            return heading, "mesh-term", 1.0
    return _by_mondo(term) or _as_neoplasms(term)


def _by_mondo(term: str) -> tuple[Heading, str, float] | None:
    """Through the one MONDO disease of that name, where it and a MeSH heading are the same."""
    diseases = mondo.by_name(term)
    ids = diseases[0].mesh if len(diseases) == 1 else ()
    if len(ids) != 1 or len(mondo.by_mesh(ids[0])) != 1:
        return None
    heading = mesh.by_id(ids[0])
    return (heading, "mondo-name", 0.9) if heading and _is_disease(heading) else None


def _as_neoplasms(term: str) -> tuple[Heading, str, float] | None:
    """MeSH files the cancers of an organ under its neoplasms."""
    neoplasms = _CANCER.sub("Neoplasms", term)
    found = mesh.by_term(neoplasms) if neoplasms != term else ()
    return (found[0], "cancer-neoplasms", 0.95) if len(found) == 1 else None


def _is_disease(heading: Heading) -> bool:
    return any(map(_DISEASES.match, heading.trees))


def _without_qualifiers(term: str) -> str:
    """The disease alone: which stage it is in, or how it was treated, is not another disease."""
    before = ""
    while term != before:
        before = term
        term = _TRAILING.sub("", _LEADING.sub("", term))
    return term
