"""What resolution adds to a trial, as plain values: which country, which place, which MeSH id."""

from __future__ import annotations

from msgspec import Struct

from kg.model.trial import MeshTerm


class Country(Struct, frozen=True):
    """A country of ISO 3166-1, or one known only by its registered name (codes None)."""

    name: str
    alpha2: str | None = None
    alpha3: str | None = None


class Place(Struct, frozen=True):
    """What is known of one location beyond its registered text."""

    anonymous: bool
    """The name says nothing of where it is ("Research Site"): the place stays under its trial."""
    name: str | None = None
    """The facility's name without the site number a sponsor gave it."""
    country: Country | None = None


class ResolvedFacts(Struct, frozen=True):
    """A trial's places, countries and MeSH terms, each aligned with the trial's own tuples."""

    places: tuple[Place, ...] = ()
    countries: tuple[Country, ...] = ()
    removed_countries: tuple[Country, ...] = ()
    condition_mesh: tuple[MeshTerm, ...] = ()
    condition_ancestors: tuple[MeshTerm, ...] = ()
    intervention_mesh: tuple[MeshTerm, ...] = ()
    intervention_ancestors: tuple[MeshTerm, ...] = ()


class MeshNode(Struct, frozen=True):
    """A MeSH descriptor and the descriptors directly above it in the tree."""

    id: str
    term: str
    broader: tuple[str, ...] = ()
