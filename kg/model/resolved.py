"""What resolution adds to a trial, as plain values: which country, which place, which MeSH id."""

from __future__ import annotations

from typing import Literal

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
    key: tuple[str, ...] = ()
    """What identifies a place that trials share; empty for an anonymous one."""
    geonames_id: int | None = None
    """The city, where its name leaves no doubt."""


class ResolvedFacts(Struct, frozen=True):
    """A trial's places, countries and MeSH terms, each aligned with the trial's own tuples."""

    organizations: dict[str, NamedOrganization] = {}
    """Who each registered name of a sponsor or collaborator is."""
    places: tuple[Place, ...] = ()
    countries: tuple[Country, ...] = ()
    removed_countries: tuple[Country, ...] = ()
    identifier_schemes: tuple[SchemedId | None, ...] = ()
    """Which registry each id has the form of."""
    condition_groundings: tuple[ConditionGrounding | None, ...] = ()
    """What each stated condition was taken to mean."""
    condition_mesh: tuple[MeshTerm, ...] = ()
    condition_ancestors: tuple[MeshTerm, ...] = ()
    intervention_mesh: tuple[MeshTerm, ...] = ()
    intervention_ancestors: tuple[MeshTerm, ...] = ()


class MeshNode(Struct, frozen=True):
    """A MeSH descriptor and the descriptors directly above it in the tree."""

    id: str
    term: str
    broader: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Its other names."""
    same: tuple[str, ...] = ()
    """The number of the MONDO disease that is the same, where each names only the other."""
    close: tuple[str, ...] = ()
    """Numbers of several MONDO diseases that name it, or of one that names other terms too."""


class NamedOrganization(Struct, frozen=True):
    """The organisation that a registered name means."""

    key: str
    """The words that identify it; the same for every spelling."""
    name: str | None = None
    """What it is called, where a curated table says so."""
    acronym: str | None = None
    """The acronym that the registered name gives in brackets."""
    parent: str | None = None
    """The organisation that the registered name itself calls its owner, as written there."""


OrganizationLinkKind = Literal["PARENT", "SUCCESSOR", "SPIN_OFF"]


class OrganizationLink(Struct, frozen=True):
    """What became of an organisation, or where it came from."""

    kind: OrganizationLinkKind
    """PARENT: belongs to the other. SUCCESSOR: lives on in the other. SPIN_OFF: left the other."""
    other: str
    """The key of the other organisation."""
    source: str
    since: str | None = None
    """A date as precise as it is sure: a year, a month or a day."""
    until: str | None = None


class OrganizationEntry(Struct, frozen=True):
    """An organisation of the graph: what it is called, in every spelling, and its links."""

    key: str
    label: str
    names: tuple[str, ...]
    """Every other spelling and acronym."""
    links: tuple[OrganizationLink, ...] = ()
    ror: str | None = None
    """The end of its ROR IRI, where that is sure: `02n6c9837`."""


class ConditionGrounding(Struct, frozen=True):
    """The MeSH heading that a stated condition was taken to mean."""

    term: str
    mesh_id: str
    rule: str
    confidence: float
    source: str | None = None
    """The user's table that says so, with its edition; None for what comes with the package."""


class SiteEntry(Struct, frozen=True, kw_only=True):
    """A place that trials share, as all records together describe it."""

    key: tuple[str, ...]
    label: str
    names: tuple[str, ...]
    """Every other spelling of its name."""
    city: str | None
    state: str | None
    zips: tuple[str, ...]
    country: Country | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None


IdentifierScheme = Literal[
    "NCT",
    "EUDRACT",
    "CTIS",
    "UTN",
    "ISRCTN",
    "JRCT",
    "JAPICCTI",
    "UMIN",
    "CHICTR",
    "CTRI",
    "DRKS",
    "ANZCTR",
    "NTR",
    "PACTR",
    "IRCT",
    "CRIS",
    "REBEC",
    "TCTR",
    "PDQ",
    "CTRP",
    "IND",
    "NIH_GRANT",
]


class SchemedId(Struct, frozen=True):
    """An id and the registry or authority whose ids have its form."""

    scheme: IdentifierScheme
    id: str
    """In capital letters, without label and blanks."""


TrialLinkKind = Literal["SHARED_ID", "NAMED", "ALIAS"]


class TrialLink(Struct, frozen=True):
    """Two trials that an id relates; which relation it is, no id tells."""

    kind: TrialLinkKind
    """SHARED_ID: both carry it. NAMED: the first names the second. ALIAS: as its own former id."""
    one: str
    other: str
    ids: tuple[str, ...]
    """The ids that matched."""
