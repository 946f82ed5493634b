"""Why two names are, or are not, names of one drug: step by step, from what the store holds."""

from __future__ import annotations

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.drug import DrugCard, NameCard, drug_card
from kg.errors import AmbiguousError, NotFoundError
from kg.names import squash


class NamedBy(Struct, frozen=True):
    """What one of the two names was found to be."""

    name: str
    drug: str | None
    """The drug that goes by it, where there is one and only one."""
    iri: str | None
    found: NameCard | None
    """The drug's own name that it matched, with its evidence."""
    problem: str | None = None
    """Why it means no one drug."""


class WhyCard(Struct, frozen=True):
    """Whether two names are one drug, and every reason that the store keeps for it."""

    same: bool | None
    """None where one of the names means no one drug."""
    one: NamedBy
    other: NamedBy
    refused: list[NameCard]
    """Links between the two that some record or list claims, and why each was refused."""


def why_card(store: Store, one: str, other: str) -> WhyCard:
    """What joins or parts two names.

    Never raises for a name that is unknown or ambiguous: that is an answer too.
    """
    (first, card), (second, other_card) = _look_up(store, one), _look_up(store, other)
    same = None if card is None or other_card is None else card.iri == other_card.iri
    refused = [] if same else [*_refused(card, other_card, other), *_refused(other_card, card, one)]
    return WhyCard(same, first, second, refused)


def _look_up(store: Store, name: str) -> tuple[NamedBy, DrugCard | None]:
    try:
        card = drug_card(store, name)
    except (NotFoundError, AmbiguousError) as error:
        return NamedBy(name, None, None, None, str(error)), None
    matches = [own for own in card.names if own.status == "accepted" and _alike(own.name, name)]
    exact = [own for own in matches if own.name == name] or matches
    return NamedBy(name, card.label, card.iri, exact[0] if exact else None), card


def _refused(card: DrugCard | None, other: DrugCard | None, name: str) -> list[NameCard]:
    """Names refused to the first drug that are the other's."""
    if card is None:
        return []
    others = {squash(name)}
    if other is not None:
        others.update(squash(own.name) for own in other.names if own.status == "accepted")
    return [own for own in card.names if own.status == "refused" and squash(own.name) in others]


def _alike(one: str, other: str) -> bool:
    return squash(one) == squash(other)
