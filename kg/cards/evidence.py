"""Reasons, as a card shows them."""

from __future__ import annotations

from msgspec import Struct

from kg.cards.node import Node
from kg.vocab import TKG


class EvidenceCard(Struct, frozen=True):
    """One reason: who says it, in which record and field, by which rule, how surely."""

    source: str | None
    record: str | None
    field: str | None
    rule: str | None
    confidence: float | None
    text: str | None = None
    other_name: str | None = None
    """The name that it puts together with the one it is about."""
    reason: str | None = None
    """Why it was not believed, where it was not."""


def evidence_of(node: Node) -> list[EvidenceCard]:
    """The reasons behind a name or a target link, strongest first."""
    cards = [_card(reason) for reason in node.links(TKG.evidence)]
    return sorted(
        cards,
        key=lambda card: (
            -(card.confidence or 0),
            card.source or "",
            card.record or "",
            card.field or "",
            card.text or "",
            card.other_name or "",
        ),
    )


def _card(reason: Node) -> EvidenceCard:
    record = reason.link(TKG.evidenceRecord)
    confidence = reason.text(TKG.confidence)
    return EvidenceCard(
        source=reason.text(TKG.evidenceSource),
        record=record.iri.rpartition("/")[2] if record else reason.text(TKG.evidenceEntry),
        field=reason.text(TKG.field),
        rule=reason.text(TKG.rule),
        confidence=float(confidence) if confidence else None,
        text=reason.text(TKG.sentence),
        other_name=reason.text(TKG.evidenceOtherName),
        reason=reason.text(TKG.reason),
    )
