"""One organisation for every way its name is written; never by a part of the name.

Merck KGaA is not Merck Sharp & Dohme, and Roche is not the University of Rochester: names are the
same when all their words are, after legal forms, punctuation and a bracketed acronym.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from kg.model.resolved import NamedOrganization
from kg.vocabularies import organizations as table

_LEGAL_FORMS = frozenset(
    (
        "ab ag aps as bhd bv bvba co company corp corporation doo ev gmbh hf inc incorporated kg "
        "kk lc limited llc llp lp ltd ltda nv oy oyj plc pte pty pvt sa sarl sas sdn se sl slu "
        "spa spzoo sprl srl sro"
    ).split()
)
_SHARED_STEMS = frozenset({"merck", "schering", "organon"})
"""What is left of the names of several firms once their legal form is off."""
_SHORT = 4
"""A single word of no more letters than this may be the name of many firms."""

_DOTS = re.compile(r"[.'’`´]")
_SLASHED = re.compile(r"\b(A)/(S)\b")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"^(?P<name>.+?)\s*\((?P<acronym>[A-Z][A-Za-z&-]{1,11})\)$")
_OWNED = re.compile(
    r"^(?P<name>.+?)[\s,(-]+(?:"
    r"(?:is\s+)?now\s+an?\s+(?:wholly[\s-]owned\s+)?subsidiary\s+of|(?:is\s+)?now\s+part\s+of|"
    r"an?\s+(?:wholly[\s-]owned\s+)?(?:subsidiary|affiliate|division|part|unit|member)\s+of|"
    r"(?:subsidiary|affiliate)\s+of|an?(?=\s.{2,60}\scompany\)?$)"
    r")\s+(?P<parent>.+?)(?P<tail>\s+company)?\)?$",
    re.IGNORECASE,
)


def organization(name: str) -> NamedOrganization:
    """The organisation that a registered name means.

    >>> organization("Genzyme, a Sanofi Company")
    NamedOrganization(key='genzyme', name='Genzyme', acronym=None, parent='Sanofi')
    >>> organization("National Eye Institute (NEI)").key
    'national eye institute'
    >>> organization("Merck KGaA").key, organization("Merck & Co., Inc.").key
    ('merck kgaa darmstadt germany', 'merck sharp and dohme')
    """
    return _organization(" ".join(name.split()))


def by_key(key: str) -> table.Organization | None:
    """The organisation of the curated table with this key."""
    return _curated().get(key)


@lru_cache(maxsize=1 << 16)
def _organization(name: str) -> NamedOrganization:
    if curated := _known(name):
        return NamedOrganization(key_of(curated), curated, _acronym(name))
    if stated := _OWNED.match(name):
        own = _organization(stated["name"])
        if own.key != _organization(stated["parent"]).key:
            return NamedOrganization(own.key, own.name, own.acronym, stated["parent"])
    return NamedOrganization(key_of(name), None, _acronym(name))


@lru_cache(maxsize=1 << 16)
def key_of(name: str) -> str:
    """The words of a name that tell it from others.

    >>> key_of("The Ohio State University"), key_of("Coloplast A/S"), key_of("Kissei Co., Ltd.")
    ('ohio state university', 'coloplast', 'kissei')
    """
    found = _ACRONYM.match(name)
    words = _words(found["name"] if found and _acronym(name) else name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_without_legal_form(words)) or name


def _known(name: str) -> str | None:
    names = _spellings()
    return names.get(" ".join(_words(name))) or names.get(key_of(name))


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", _SLASHED.sub(r"\1\2", name)).casefold()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(_DOTS.sub("", bare).replace("&", " and "))


def _without_legal_form(words: list[str]) -> list[str]:
    left = words
    while len(left) > 1 and (left[-1] in _LEGAL_FORMS or left[-1] == "and"):
        left = left[:-1]
    if len(left) == 1 and (len(left[0]) <= _SHORT or left[0] in _SHARED_STEMS):
        return words
    return left


def _acronym(name: str) -> str | None:
    """The acronym behind a name, where its letters begin words of the name, in order."""
    found = _ACRONYM.match(name)
    if not found or not any(map(str.isupper, found["acronym"][1:])):
        return None
    initials = iter(word[0] for word in _WORD.findall(found["name"].casefold()))
    letters = filter(str.isalpha, found["acronym"].casefold())
    return found["acronym"] if all(letter in initials for letter in letters) else None


@cache
def _spellings() -> dict[str, str]:
    """Spellings of the curated table that are one firm's; whole ones before mere stems."""
    whole: defaultdict[str, set[str]] = defaultdict(set)
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for firm in table.organizations():
        for spelling in (firm.name, *firm.spellings):
            whole[" ".join(_words(spelling))].add(firm.name)
            stems[key_of(spelling)].add(firm.name)
    return {key: min(names) for key, names in (stems | whole).items() if len(names) == 1}


@cache
def _curated() -> dict[str, table.Organization]:
    return {key_of(firm.name): firm for firm in table.organizations()}
