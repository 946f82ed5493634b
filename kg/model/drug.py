"""Drugs as the project believes them to be: names, targets, and why."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NameKind = Literal["CODE", "INN", "BRAND", "SYNONYM", "SYSTEMATIC"]
NameStatus = Literal["ACCEPTED", "REFUSED"]
Role = Literal[
    "INVESTIGATIONAL",
    "COMPARATOR",
    "PLACEBO",
    "BACKGROUND",
    "RESCUE",
    "DIAGNOSTIC",
    "PROCEDURE",
    "OTHER",
]
TargetKind = Literal[
    "LIPID",
    "GLYCAN",
    "VIRAL_PROTEIN",
    "BACTERIAL_PROTEIN",
    "NUCLEIC_ACID",
    "COMPLEX",
    "DRUG",
]
"""What a target is that no human gene makes."""
InterventionKey = tuple[str | None, str]
"""An intervention of a trial: its registered type and its verbatim name."""


class Evidence(Struct, frozen=True):
    """One reason to believe something: who said it, where, and how far we trust the rule."""

    source: str
    """`record`, or a vocabulary with its edition (`UNII 2025-06-12`)."""
    record: str | None
    """NCT id where a registry record said it; a vocabulary's entry id otherwise."""
    field: str
    """API v2 field path: `interventions[].otherNames`."""
    rule: str
    confidence: float
    text: str | None = None
    """The sentence or phrase itself."""
    other_name: str | None = None
    """The name that the reason puts this one together with, where it is a claim between two."""
    refused_because: str | None = None
    """What spoke against the claim; None where it was believed."""


class DrugName(Struct, frozen=True):
    """One string that a drug goes by, or that was refused as a name of it."""

    name: str
    kind: NameKind
    status: NameStatus
    evidence: tuple[Evidence, ...]
    """The strongest few."""
    evidence_count: int
    """How often it was said in all."""
    refused_because: str | None = None


class Target(Struct, frozen=True):
    """What a drug acts on: a human gene or its protein, or something that no human gene makes.

    >>> Target(None, "GD2", kind="LIPID", other_key="gd2").key
    'gd2'
    """

    hgnc_id: str | None
    """`HGNC:1817`; None where no human gene makes it."""
    symbol: str
    """The gene's approved symbol, or the other target's short name."""
    name: str | None = None
    uniprot: str | None = None
    aliases: tuple[str, ...] = ()
    kind: TargetKind | None = None
    """What it is where it is no gene's product: a sugar, a protein of a virus."""
    other_key: str | None = None
    """Its key in the table of such targets: `gd2`. Either this or `hgnc_id` is given."""

    @property
    def key(self) -> str:
        """What tells it from every other target."""
        return self.hgnc_id or self.other_key or self.symbol


class TargetLink(Struct, frozen=True):
    """A drug acts on a target, and why we say so."""

    target: Target
    evidence: tuple[Evidence, ...]
    payload: bool = False
    """Whether it is what a conjugate carries, and not what it is carried to."""
    qualifier: str | None = None
    """Isoform or variant that the source names: `18.2`, `G12C`."""


class Drug(Struct, frozen=True):
    """The canonical thing that many names mean."""

    key: str
    """`unii-DSS3BE2ZXN` where the substance is registered, else minted from the label."""
    label: str
    unii: str | None
    names: tuple[DrugName, ...]
    targets: tuple[TargetLink, ...]
    forms: tuple[str, ...] = ()
    """UNIIs of salts and hydrates that are counted as this drug."""
    former_keys: tuple[str, ...] = ()
    """Keys that it would have if fewer records were known: each of its names as records write it
    could have made a drug alone. No other drug has one of them."""


class NameLink(Struct, frozen=True):
    """Two names that some record equates, and whether that was believed."""

    name: str
    other: str
    status: NameStatus
    guard: str | None
    """What refused the link; None where it was accepted."""
    evidence: tuple[Evidence, ...]
    evidence_count: int


class Grounding(Struct, frozen=True):
    """A mention in a trial and the drug it means, or why it means none."""

    mention: str
    field: str
    intervention: InterventionKey | None
    drug_key: str | None
    rule: str
    confidence: float
    status: NameStatus
    role: Role
    reason: str | None = None
    """Why it was refused: `placebo`, `class`, `ambiguous`…

    Of an accepted one, that other parts of the same label are not known: `partial: 1 of 2 parts
    known`.
    """
    candidates: tuple[str, ...] = ()
    """Drugs that an ambiguous mention may mean."""


class TrialGroundings(Struct, frozen=True):
    """What a trial's words mean."""

    nct_id: str
    groundings: tuple[Grounding, ...]
    roles: dict[InterventionKey, Role]
    drugs: tuple[str, ...]
    """Keys of every drug given in the trial, whatever its role."""
    investigational: tuple[str, ...]
    """Keys of those that are under study."""


class Coverage(Struct, frozen=True):
    """How far interventions of type drug and biological were understood, per intervention."""

    vocabulary: int
    """Reached a drug that a vocabulary knows."""
    mined: int
    """Reached a drug known from records only."""
    unresolved: int
    not_a_drug: int
    most_frequent_unresolved: tuple[tuple[str, int], ...]

    @property
    def resolved_share(self) -> float:
        """Share of the interventions that are drugs which reached one.

        >>> Coverage(6, 2, 2, 5, ()).resolved_share
        0.8
        """
        drugs = self.vocabulary + self.mined + self.unresolved
        return (self.vocabulary + self.mined) / drugs if drugs else 1.0
