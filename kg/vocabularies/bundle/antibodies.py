"""Targets of antibodies, as their systematic names tell them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.vocabularies.bundle.lexicon import Lexicon

_ANTI = re.compile(r"(?<![A-Z\d)])ANTI-(?:\(|(?=HOMO SAPIENS ))")
_SPECIES = re.compile(r"^(?:HUMAN(?:/\w+ \w+)?|HOMO ?SAPIENS) ?(?=\S)")
_NOT_HUMAN = re.compile(
    r"^(CANIS|FELIS|MUS |MOUSE|EQUUS|BOS |RATTUS|SUS |SEVERE|HIV)"
    r"|VIR(US|AL)(?!.*RECEPTOR)|TOXIN|COLI\b|BACILLUS|STAPHYLO|PSEUDOMON|CANDIDA|PLASMOD|CLOSTRID|ALLERGEN"
)
# RECEPTOR is not among them: a receptor is another gene than what it receives
_WORDS = re.compile(
    r"^(?:PROTEIN|ANTIGEN|BLOOD-COAGULATION) "
    r"| (?:PROTEIN|ANTIGEN|PRECURSOR|CHAIN|SUBUNIT|EXTRACELLULAR DOMAIN.*|ISOFORM)$"
)
_AND = re.compile(r"(?<=\)) AND (?!ANTI-)")
"""Between two targets of one phrase, each with its own description."""
_INNER = re.compile(r"\(([^()]*)\)")


def targets(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Symbols of what an "anti-(human …)" name says the antibody binds; several for a bispecific.

    One phrase may describe a target in several ways, and not all need be known, but those that are
    must agree on one gene. What no human gene makes is told by `~` and its key.
    """
    found: dict[str, None] = {}
    for phrase in _phrases(name):
        if others := lexicon.other(phrase):
            found.update(dict.fromkeys(others))
            continue
        hits = [hit for text in _descriptions(phrase) if (hit := lexicon.find(text))]
        if hits and all(set(hit) == set(hits[0]) for hit in hits):
            found.update(dict.fromkeys(hits[0]))
        elif hits and len(leading := lexicon.find(_first(phrase))) == 1:
            found.update(dict.fromkeys(leading))
        elif not hits:
            found.update(dict.fromkeys(_parts(phrase, lexicon) or _last(phrase, lexicon)))
    return tuple(found)


def _parts(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Targets of a phrase that lists several, "INTERLEUKIN 4/INTERLEUKIN 13", if all are known."""
    parts = re.split(r"/(?:HUMAN )?| AND ", _first(phrase))
    known = [lexicon.find(_WORDS.sub("", part)) for part in parts]
    return tuple(symbol for hit in known for symbol in hit) if all(known) else ()


def _last(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The target by the symbol that ends a phrase, "CHEMOKINE RECEPTOR CCR5"."""
    word = _first(phrase).split(" ")[-1]
    if word in lexicon.symbols:
        return (word,)
    return lexicon.find(word) if re.search(r"[A-Z].*\d", word) else ()


def _phrases(name: str) -> Iterator[str]:
    for start in _ANTI.finditer(name):
        depth, at = 1, start.end()
        while at < len(name) and depth:
            depth += {"(": 1, ")": -1}.get(name[at], 0)
            at += 1
        yield from _AND.split(name[start.end() : at - (depth == 0)])


def _first(phrase: str) -> str:
    if _NOT_HUMAN.search(phrase.split("(")[0]):
        return ""
    return _SPECIES.sub("", phrase).split("(")[0].strip()


def _descriptions(phrase: str) -> Iterator[str]:
    phrase = phrase.split(" AND ANTI-")[0]
    if _NOT_HUMAN.search(phrase.split("(")[0]):
        return
    bare = _SPECIES.sub("", phrase)
    outer = bare.split("(")[0].strip()
    for text in (bare, outer):
        yield text
        while (shorter := _WORDS.sub("", text)) != text:
            yield shorter
            text = shorter
    for inner in _INNER.findall(bare):
        yield from (part.strip() for part in inner.split(",") if len(part.strip()) > 2)
    if "(" in bare:
        yield from (part.strip(" )") for part in bare.partition("(")[2].split(",") if len(part) > 3)
