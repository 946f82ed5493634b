"""What the resolver asks of its vocabularies, whoever keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from kg.model.drug import NameKind, Target


class Substance(Struct, frozen=True):
    """A registered substance: its UNII and its display name."""

    unii: str
    name: str


class SubstanceName(Struct, frozen=True):
    """One name that a substance register gives a substance."""

    name: str
    kind: NameKind
    source: str = ""
    """The table that gives the name, where it is not the register."""


class Gene(Struct, frozen=True):
    """A human gene as HGNC names it."""

    hgnc_id: str
    symbol: str
    name: str | None = None
    uniprot: str | None = None
    aliases: tuple[str, ...] = ()


class Mechanism(Struct, frozen=True):
    """A vocabulary's word that a substance acts on a target."""

    target: Target
    source: str
    text: str
    rule: str
    confidence: float
    payload: bool = False
    """Whether it is what a conjugate carries, and not what it is carried to."""


class Vocabulary(Protocol):
    """Look-ups by exact name (case, spaces and punctuation do not count); nothing is guessed.

    The first name of a substance is the one it is shown by.
    """

    @property
    def edition(self) -> str:
        """The substance register and its date: `UNII 2025-06-12`."""
        ...

    def substances(self, name: str) -> Sequence[Substance]:
        """Every substance that goes by the name."""
        ...

    def means(self, name: str) -> str | None:
        """The name that a hand-made table puts in this one's place."""
        ...

    def products(self, name: str) -> Sequence[Substance]:
        """The substances of a product or regimen that holds several."""
        ...

    def names(self, unii: str) -> Sequence[SubstanceName]:
        """Every name of a substance."""
        ...

    def is_condition(self, name: str) -> bool:
        """Whether the name is a disease or symptom."""
        ...

    def genes(self, text: str) -> Sequence[tuple[Gene, str | None]]:
        """The gene that goes by the text, or all of a family, each with the isoform or variant.

        None where the text may mean one of several.
        """
        ...

    def mechanisms(self, unii: str) -> Sequence[Mechanism]:
        """What a substance is known to act on.

        A drug that no register holds is asked for by `name:` and its squashed name.
        """
        ...


class NoVocabulary:
    """Knows nothing: what the records alone support."""

    edition = "none"

    def substances(self, name: str) -> Sequence[Substance]:
        """No substance."""
        return ()

    def means(self, name: str) -> str | None:
        """No other name."""
        return None

    def products(self, name: str) -> Sequence[Substance]:
        """No product."""
        return ()

    def names(self, unii: str) -> Sequence[SubstanceName]:
        """No name."""
        return ()

    def is_condition(self, name: str) -> bool:
        """No condition."""
        return False

    def genes(self, text: str) -> Sequence[tuple[Gene, str | None]]:
        """No gene."""
        return ()

    def mechanisms(self, unii: str) -> Sequence[Mechanism]:
        """No mechanism."""
        return ()
