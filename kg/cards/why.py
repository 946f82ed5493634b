"""Why two names are, or are not, names of one drug: step by step, from what the store holds."""

from __future__ import annotations

from msgspec import Struct
from pyoxigraph import Store

from kg.cards.chain import Step, chain, claims
from kg.cards.drug import DrugCard, NameCard, drug_card
from kg.cards.node import having
from kg.errors import AmbiguousError, NotFoundError
from kg.names import squash
from kg.vocab import TKG


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
    candidates: list[str] = []
    """The drugs that an ambiguous name may mean."""


class WhyCard(Struct, frozen=True):
    """Whether two names are one drug, and every reason that the store keeps for it."""

    same: bool | None
    """None where one of the names means no one drug."""
    one: NamedBy
    other: NamedBy
    steps: list[Step] | None
    """For one drug: the way from the first name to the other, claim by claim. Empty where they
    are spelled alike, None where no way is kept."""
    refused: list[Step]
    """Otherwise: what claims that a name of one is a name of the other, and why it was refused."""


def why_card(store: Store, one: str, other: str) -> WhyCard:
    """What joins or parts two names.

    Never raises for a name that is unknown or ambiguous: that is an answer too.
    """
    (first, card), (second, other_card) = _look_up(store, one), _look_up(store, other)
    same = None if card is None or other_card is None else card.iri == other_card.iri
    if same and card:
        return WhyCard(True, first, second, chain(card, _own(first), _own(second)), [])
    refused = [*_refused(card, other_card, other), *_refused(other_card, card, one)]
    return WhyCard(same, first, second, None, _once(refused))


def _look_up(store: Store, name: str) -> tuple[NamedBy, DrugCard | None]:
    try:
        card = drug_card(store, name)
    except AmbiguousError as error:
        return NamedBy(name, None, None, None, str(error), list(error.candidates)), None
    except NotFoundError as error:
        reason, candidates = _in_trials(store, name)
        return NamedBy(name, None, None, None, reason or str(error), candidates), None
    matches = [own for own in card.names if own.status == "accepted" and _alike(own.name, name)]
    exact = [own for own in matches if own.name == name] or matches
    return NamedBy(name, card.label, card.iri, exact[0] if exact else None), card


def _in_trials(store: Store, name: str) -> tuple[str | None, list[str]]:
    """Why trials that use a name mean no drug by it, and the drugs that it may mean."""
    for mention in having(store, TKG.mention, name):
        if reason := mention.text(TKG.reason):
            uniis = [key.removeprefix("unii-") for key in mention.texts(TKG.candidate)]
            drugs = [
                f"{drug.label()} <{drug.iri}>"
                for unii in uniis
                for drug in having(store, TKG.unii, unii)
            ]
            known = drugs or [f"UNII {unii}" for unii in uniis]
            may_mean = f": it may mean {', '.join(known)}" if known else ""
            return f"{name!r} is no one drug in the trials that use it ({reason}){may_mean}", known
    return None, []


def _own(named: NamedBy) -> str:
    """The name to start from: a drug that was given by its IRI is known by its label."""
    return named.name if named.found else named.drug or named.name


def _refused(card: DrugCard | None, other: DrugCard | None, name: str) -> list[Step]:
    """Claims that the first drug has names of the other, each with what refused it."""
    if card is None:
        return []
    others = {squash(name)}
    if other is not None:
        others.update(squash(own.name) for own in other.names if own.status == "accepted")
    names = [own for own in card.names if own.status == "refused" and squash(own.name) in others]
    return claims(names, card.label)


def _once(steps: list[Step]) -> list[Step]:
    """Both drugs keep a claim between them; it is told once, the surest first."""
    found: dict[tuple[frozenset[str], str, str | None], Step] = {}
    for step in steps:
        pair = frozenset((squash(step.name), squash(step.other)))
        found.setdefault((pair, step.rule, step.field), step)
    return sorted(found.values(), key=lambda s: (-(s.confidence or 0), s.name, s.other, s.rule))


def _alike(one: str, other: str) -> bool:
    return squash(one) == squash(other)
