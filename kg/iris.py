"""Every IRI in the graph is minted here.

Keys come from content (a type, a registered name), never from a position in a list, so the same
thing keeps its IRI across formats and versions. Any string is safe: a key is a readable slug for
people plus a hash of the exact text for identity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote

BASE = "https://w3id.org/trialkg/"
ONTOLOGY = BASE + "ontology#"
CODE = BASE + "code/"
TARGET = BASE + "target/"
"""Targets that no human gene makes; like the code lists, they stay where they are."""

MESH = "http://id.nlm.nih.gov/mesh/"
HGNC = "http://identifiers.org/hgnc/"
UNIPROT = "http://purl.uniprot.org/uniprot/"
MONDO = "http://purl.obolibrary.org/obo/MONDO_"
ROR = "https://ror.org/"
GEONAMES = "https://sws.geonames.org/"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
DOI = "https://doi.org/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_CODE = re.compile(r"[^A-Za-z0-9_]+")


@lru_cache(maxsize=1 << 16)
def key(*parts: str) -> str:
    """A key for the given texts: a slug of the last one and a hash of them all.

    Differences in white space and in Unicode normal form do not count; every other one does.

    >>> key("SAR408701 Monotherapy")
    'sar408701-monotherapy-3b839525'
    >>> key("a") != key("A")
    True
    """
    exact = "\x1f".join(map(_canonical, parts))
    text = parts[-1]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = _NOT_SLUG.sub("-", text[:200].lower())[:48].strip("-")
    digest = blake2b(exact.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{slug}-{digest}" if slug else digest


def _canonical(text: str) -> str:
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def code(scheme: str, value: str) -> str:
    """The concept for a registry code.

    >>> code("phase", "PHASE1")
    'https://w3id.org/trialkg/code/phase/PHASE1'
    """
    return f"{CODE}{scheme}/{_CODE.sub('_', value)}"


def path(text: str) -> str:
    """Text made safe as the tail of an IRI; what may not stand there is percent-encoded as UTF-8.

    >>> path('10.1002/(SICI)1<2>3 "x"')
    '10.1002/(SICI)1%3C2%3E3%20%22x%22'
    """
    return quote(text, safe="/:;()@,!$&'*+=-._~", errors="surrogatepass")


class Iris:
    """Mints IRIs below one base; vocabularies, codes and ontology terms do not move with it."""

    def __init__(self, base: str = BASE) -> None:
        self.base = base

    def trial(self, nct_id: str) -> str:
        """The trial: `trial/NCT03324113`."""
        return f"{self.base}trial/{nct_id}"

    def part(self, nct_id: str, kind: str, *content: str) -> str:
        """A thing a trial owns: `trial/NCT03324113/arm/…`, found by its trial's prefix."""
        return f"{self.base}trial/{nct_id}/{kind}/{key(*content)}"

    def trial_link(self, kind: str, one: str, other: str) -> str:
        """A relation of two trials by their ids."""
        return f"{self.base}trial-link/{key(kind, one, other)}"

    def record(self, nct_id: str, checksum: str) -> str:
        """The record a trial was read from."""
        return f"{self.base}trial/{nct_id}/record/{checksum[:16]}"

    def drug(self, drug_key: str) -> str:
        """A canonical drug by its key (`unii-DSS3BE2ZXN`, or minted from its name)."""
        return f"{self.base}drug/{drug_key}"

    def drug_name(self, drug_key: str, name: str) -> str:
        """One name of a drug."""
        return f"{self.base}drug/{drug_key}/name/{key(name)}"

    def evidence(self, about: str, *content: str) -> str:
        """A reason to believe what is said of a name or a target link."""
        return f"{about}/evidence/{key(*content)}"

    def organization(self, organization_key: str) -> str:
        """An organisation by the words that identify it: `organization/sanofi-…`."""
        return f"{self.base}organization/{key(organization_key)}"

    def organization_link(self, organization: str, *content: str) -> str:
        """What became of an organisation, below its IRI."""
        return f"{organization}/link/{key(*content)}"

    def condition(self, term: str) -> str:
        """A condition as stated by a registrant."""
        return f"{self.base}condition/{key(term)}"

    def site(self, *content: str) -> str:
        """A real place, shared by trials."""
        return f"{self.base}site/{key(*content)}"

    def mesh_term(self, term: str) -> str:
        """A MeSH term known only by its words."""
        return f"{self.base}mesh-term/{key(term)}"

    def country(self, name: str) -> str:
        """A country that ISO 3166 does not list, by its registered name."""
        return f"{self.base}country/{key(name)}"
