"""The graph's mappings as an SSSOM table: names to drugs, drugs to targets, conditions to MeSH.

Accepted and refused alike, each with its justification, how sure it is, who says so and by which
rule. https://mapping-commons.github.io/sssom/
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import IO, TYPE_CHECKING

from msgspec import Struct, structs

from kg.cards.evidence import EvidenceCard, evidence_of
from kg.cards.node import Node, having_type
from kg.iris import BASE, HGNC, MESH, MONDO, ONTOLOGY, TARGET
from kg.vocab import SKOS, SKOSXL, TKG
from kg.vocabularies import mondo

if TYPE_CHECKING:
    from pyoxigraph import Store

_BACKGROUND = "semapv:BackgroundKnowledgeBasedMatching"
_LEXICAL = "semapv:LexicalMatching"
_MANUAL = "semapv:ManualMappingCuration"
_BY_RULE = {
    "user-decision": _MANUAL,
    "curated": _MANUAL,
    "everyday-name": _MANUAL,
    "registered-name": _LEXICAL,
    "mesh-term": _LEXICAL,
    "cancer-neoplasms": _LEXICAL,
    "brackets-removed": _LEXICAL,
    "qualifier-removed": _LEXICAL,
}
"""The justification of a rule; others rest on what a vocabulary or a record says."""
_BROADER = frozenset({"qualifier-removed"})
"""Rules whose heading means more than was stated."""


class Mapping(Struct, frozen=True, kw_only=True):
    """One line of the table; the names are SSSOM's."""

    subject_id: str
    subject_label: str
    predicate_id: str
    predicate_modifier: str = ""
    """`Not` where the mapping was refused."""
    object_id: str
    object_label: str
    mapping_justification: str
    confidence: float | None = None
    """How far the rule is trusted; of a refusal only where a person decided it."""
    author_label: str
    """Who says so: `record`, a vocabulary with its edition, a table that a user gave."""
    curation_rule_text: str
    """The rule, as `kg drug` names it."""
    comment: str = ""
    """Where it is said, and why it was refused."""


def write_sssom(store: Store, out: IO[bytes], *, base: str = BASE) -> int:
    """Write every mapping of a store as SSSOM TSV; the number of mappings.

    `base` is where the graph's own IRIs begin.
    """
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    text.write("".join(f"#{line}\n" for line in _header(base).splitlines()))
    rows = csv.writer(text, dialect="excel-tab", lineterminator="\n")
    rows.writerow(Mapping.__struct_fields__)
    count = 0
    for mapping in mappings(store, base):
        rows.writerow(
            " ".join(("" if cell is None else str(cell)).split())
            for cell in structs.astuple(mapping)
        )
        count += 1
    text.detach()
    return count


def mappings(store: Store, base: str = BASE) -> Iterator[Mapping]:
    """Every mapping of a store: by drug, then by condition, then by MeSH term."""
    short = _Curies(base)
    for drug in having_type(store, TKG.Drug):
        yield from _names(drug, short)
        yield from _targets(drug, short)
    for condition in having_type(store, TKG.Condition):
        yield from _meant(condition, short)
    for term in having_type(store, TKG.MeshTerm):
        yield from _diseases(term, short)


def _names(drug: Node, short: _Curies) -> Iterator[Mapping]:
    for name in drug.links(TKG.hasName):
        refused = name.code(TKG.nameStatus) == "REFUSED"
        yield from _by_reason(
            Mapping(
                subject_id=short(name.iri),
                subject_label=name.text(SKOSXL.literalForm) or name.label(),
                predicate_id="skos:exactMatch",
                predicate_modifier="Not" if refused else "",
                object_id=short(drug.iri),
                object_label=drug.label(),
                mapping_justification="",
                author_label="",
                curation_rule_text="",
                comment=f"refused: {name.text(TKG.reason)}" if refused else "",
            ),
            evidence_of(name),
        )


def _targets(drug: Node, short: _Curies) -> Iterator[Mapping]:
    for held, predicate in (
        (TKG.hasTargetLink, "tkg:hasTarget"),
        (TKG.hasPayloadLink, "tkg:hasPayloadTarget"),
    ):
        for link in drug.links(held):
            target = link.link(TKG.linkTarget)
            if target is not None:
                qualifier = link.text(TKG.qualifier)
                yield from _by_reason(
                    Mapping(
                        subject_id=short(drug.iri),
                        subject_label=drug.label(),
                        predicate_id=predicate,
                        object_id=short(target.iri),
                        object_label=target.label(),
                        mapping_justification="",
                        author_label="",
                        curation_rule_text="",
                        comment=f"qualifier: {qualifier}" if qualifier else "",
                    ),
                    evidence_of(link),
                )


def _by_reason(mapping: Mapping, evidence: Iterable[EvidenceCard]) -> Iterator[Mapping]:
    """The mapping once for each who says so and each rule, with the places where it is said."""
    reasons: defaultdict[tuple[str, str], list[EvidenceCard]] = defaultdict(list)
    for one in evidence:
        reasons[one.source or "record", one.rule or "unstated"].append(one)
    for (source, rule), said in sorted(reasons.items()):
        places = sorted({f"{one.field} of {one.record}" for one in said if one.record})
        trust = max((one.confidence for one in said if one.confidence is not None), default=None)
        yield structs.replace(
            mapping,
            mapping_justification=_BY_RULE.get(rule, _BACKGROUND),
            confidence=None if mapping.predicate_modifier and rule != "user-decision" else trust,
            author_label=source.replace("|", "/"),
            curation_rule_text=rule,
            comment="; ".join(filter(None, (mapping.comment, *places))),
        )


def _meant(condition: Node, short: _Curies) -> Iterator[Mapping]:
    for heading in condition.links(TKG.groundedCondition):
        rule = condition.text(TKG.rule) or "unstated"
        trust = condition.text(TKG.confidence)
        yield Mapping(
            subject_id=short(condition.iri),
            subject_label=condition.label(),
            predicate_id="skos:broadMatch" if rule in _BROADER else "skos:exactMatch",
            object_id=short(heading.iri),
            object_label=heading.label(),
            mapping_justification=_BY_RULE.get(rule, _BACKGROUND),
            confidence=float(trust) if trust else None,
            author_label=condition.text(TKG.evidenceSource) or "trialkg",
            curation_rule_text=rule,
        )


def _diseases(term: Node, short: _Curies) -> Iterator[Mapping]:
    for matches, predicate in ((SKOS.exactMatch, "exactMatch"), (SKOS.closeMatch, "closeMatch")):
        for disease in term.links(matches):
            yield Mapping(
                subject_id=short(term.iri),
                subject_label=term.label(),
                predicate_id=f"skos:{predicate}",
                object_id=short(disease.iri),
                object_label=_disease_label(disease.iri.removeprefix(MONDO)),
                mapping_justification=_BACKGROUND,
                author_label="MONDO",
                curation_rule_text="mondo-cross-reference",
            )


def _disease_label(mondo_id: str) -> str:
    known = mondo.by_id(mondo_id)
    return known.label if known else ""


class _Curies:
    """Shortens IRIs by the prefixes that the head of the table declares."""

    def __init__(self, base: str) -> None:
        self._prefixes = _prefixes(base)

    def __call__(self, iri: str) -> str:
        for prefix, begin in self._prefixes.items():
            if iri.startswith(begin):
                return f"{prefix}:{iri.removeprefix(begin)}"
        return iri


def _prefixes(base: str) -> dict[str, str]:
    return {
        "HGNC": HGNC,
        "MESH": MESH,
        "MONDO": MONDO,
        "semapv": "https://w3id.org/semapv/vocab/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "tkg": ONTOLOGY,
        "tkgcondition": f"{base}condition/",
        "tkgdrug": f"{base}drug/",
        "tkgmesh": f"{base}mesh-term/",
        "tkgtarget": TARGET,
    }


def _header(base: str) -> str:
    prefixes = "".join(f'  {prefix}: "{iri}"\n' for prefix, iri in sorted(_prefixes(base).items()))
    return (
        f"curie_map:\n{prefixes}"
        f'mapping_set_id: "{base}mappings/sssom"\n'
        'mapping_set_title: "Names, targets and conditions of clinical trials"\n'
        'license: "https://w3id.org/sssom/license/unspecified"\n'
        "mapping_tool: trialkg\n"
        f'mapping_tool_version: "{metadata.version("trialkg")}"\n'
        'comment: "Each mapping keeps the licence of who says so (author_label)."\n'
    )
