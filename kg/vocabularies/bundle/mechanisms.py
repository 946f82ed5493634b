"""What drugs act on: from their names (antibodies, conjugates, stems) and from a curated source.

Rows read `unii, symbol, role, action, rule, evidence`. The role tells what a conjugate is aimed at
(`target`) from what it carries (`payload`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from kg.names import squash
from kg.vocabularies.bundle.antibodies import targets
from kg.vocabularies.bundle.lexicon import Lexicon
from kg.vocabularies.bundle.write import Row

HEADER = ("unii", "symbol", "role", "action", "rule", "evidence")
UNREGISTERED = "name:"
"""Before the squashed name of a drug that the register does not hold."""

CURATED_HEADER = ("unii", "symbol", "action", "ligand")

_BINDER = re.compile(r"(MAB|TUG|BART|MIG|MENT|FUSP)$")
_CARRIER = re.compile(rf"{_BINDER.pattern}|TIDE$|KIN$")
"""The first word of a conjugate: of an antibody, a peptide, a cytokine with a toxin."""
_SALT = re.compile(
    r"( (DI|TRI|MONO|HEMI)?(HYDROCHLORIDE|HYDROBROMIDE|MESYLATE|MALEATE|TARTRATE|CITRATE|PHOSPHATE|"
    r"SULFATE|SUCCINATE|FUMARATE|TOSYLATE|BESYLATE|ACETATE|SODIUM|POTASSIUM|CALCIUM|HYDRATE|"
    r"MALATE|BROMIDE|CHLORIDE|PAMOATE|ANHYDROUS))+$"
)
_EVIDENCE = 160
_WRONG = frozenset(
    {("alitretinoin", "VKORC1")}  # which the anticoagulants act on
    | {("anifrolumab", "IFNAR2"), ("nimodipine", "NR3C2"), ("doxycycline", "MMP7")}
    | {(antibody, "IL6ST") for antibody in ("tocilizumab", "satralizumab", "vobarilizumab")}
)
"""What the source lists and is not so; another chain of a receptor, a side effect."""


class HandMade(msgspec.Struct, frozen=True):
    """The tables made here: what cannot be read from names."""

    curated: Sequence[Row]
    """Label, action, symbols and source for drugs whose names do not tell."""
    payloads: Sequence[Row]
    """What the last part of a conjugate's name tells of what it carries."""
    carried: Sequence[Row]
    """Label, mechanism, symbols and source of payloads that no name tells."""
    stems: Sequence[Row]


def extract(substances: Sequence[Row], lexicon: Lexicon, made: HandMade) -> Iterator[Row]:
    """What the names of the substances tell, with the name that tells it."""
    told = _told(substances, lexicon, made.curated)
    carried = _stated_payloads(lexicon, made.carried)
    yield from _unregistered(substances, lexicon, made.curated, carried)
    for unii, label, inn, *_ in substances:
        stem, _, rest = label.partition(" ")
        yield from ((unii, *row) for row in told.get(label, ()))
        if _SALT.search(label) and label not in told:
            base = _SALT.sub("", label)
            for symbol, role, action, _, _ in told.get(base, ()):
                yield unii, symbol, role, action, "salt", base
        if label not in told:
            yield from _carried(unii, label, told)
        if label in carried:
            yield from ((unii, *row) for row in carried[label])
        elif rest and _CARRIER.search(stem):
            yield from _payload(unii, rest, made.payloads)
        elif inn:
            yield from _stem(unii, label, made.stems)


def curated(interactions: str, ligands: str, substances: Sequence[Row]) -> Iterator[Row]:
    """Primary human targets of Guide to Pharmacology ligands that one substance goes by.

    A conjugate has the target of its antibody and a salt that of its base; the ligand tells which
    was curated.
    """
    known: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    derived: dict[str, list[str]] = defaultdict(list)
    for unii, label, *cells, _, _ in substances:
        shown[unii] = squash(label)
        for name in filter(None, "|".join((label, *cells)).split("|")):
            known[squash(name)].add(unii)
        stem, _, rest = label.partition(" ")
        if rest and (_BINDER.search(stem) or _SALT.search(label)):
            derived[squash(stem if _BINDER.search(stem) else _SALT.sub("", label))].append(unii)
    inn = {row["Ligand id"]: row["INN"] for row in csv.DictReader(io.StringIO(ligands))}
    for row in csv.DictReader(io.StringIO(interactions)):
        if row["primary_target"] != "t" or row["target_species"] != "Human":
            continue
        names = (row["ligand"], inn.get(row["ligand_id"], ""))
        key, found = next(
            ((key, known[key]) for name in names if (key := squash(name)) in known), ("", set())
        )
        if len(found) > 1:  # its hydrates and mirror images go by its name too
            found = {unii for unii in found if shown[unii] == key}
        if len(found) == 1:
            for symbol in filter(None, row["target_gene_symbol"].split("|")):
                if (row["ligand"], symbol) in _WRONG:
                    continue
                action = row["type"].lower()
                yield min(found), symbol, action, row["ligand"]
                for other in derived[squash(row["ligand"])]:
                    yield other, symbol, action, row["ligand"]


def _told(
    substances: Sequence[Row], lexicon: Lexicon, curated: Iterable[Row]
) -> dict[str, list[Row]]:
    """For each label, the rows its own names give; those of the hand-made table win."""
    told: dict[str, list[Row]] = {}
    for _, label, *_, systematic, _ in substances:
        found: dict[str, str] = {}
        for name in systematic.split("|"):
            for symbol in targets(name, lexicon):
                found.setdefault(symbol, name[:_EVIDENCE])
        if found:
            told[label] = [(s, "target", "binder", "anti-name", name) for s, name in found.items()]
    for label, action, symbols, source in curated:
        told[label] = [
            (symbol, "target", action, "curated", f"{label} ({source})")
            for symbol in lexicon.known(symbols)
        ]
    return told


def _carried(unii: str, label: str, told: dict[str, list[Row]]) -> Iterator[Row]:
    """What the antibody inside a longer label acts on: a conjugate, a labelled antibody."""
    for stem in re.split(r"[ -]", label):
        if stem != label and _BINDER.search(stem):
            for symbol, role, action, _, name in told.get(stem, ()):
                yield unii, symbol, role, action, "antibody-stem", f"{stem}: {name}"


def _unregistered(
    substances: Sequence[Row],
    lexicon: Lexicon,
    curated: Iterable[Row],
    carried: dict[str, list[Row]],
) -> Iterator[Row]:
    """Curated drugs that the register does not hold, by `name:` and their squashed name."""
    labels = {row[1] for row in substances}
    for label in sorted(carried.keys() - labels):
        yield from ((f"{UNREGISTERED}{squash(label)}", *row) for row in carried[label])
    for label, action, symbols, source in curated:
        if label not in labels:
            for symbol in lexicon.known(symbols):
                entry = f"{UNREGISTERED}{squash(label)}"
                yield entry, symbol, "target", action, "curated", f"{label} ({source})"


def _stated_payloads(lexicon: Lexicon, carried: Iterable[Row]) -> dict[str, list[Row]]:
    """For each label of the hand-made table, what it carries."""
    return {
        label: [
            (symbol, "payload", mechanism, "curated", f"{label} ({source})")
            for symbol in lexicon.known(symbols)
        ]
        for label, mechanism, symbols, source in carried
    }


def _payload(unii: str, rest: str, payloads: Iterable[Row]) -> Iterator[Row]:
    word = rest.split(" ")[0].lower()
    for suffix, mechanism, symbols, _ in payloads:
        if word.endswith(suffix):
            for symbol in symbols.split("|"):
                yield unii, symbol, "payload", mechanism, "payload-stem", f"{word}: -{suffix}"


def _stem(unii: str, label: str, stems: Iterable[Row]) -> Iterator[Row]:
    word = label.split(" ")[0].lower()
    for suffix, exceptions, action, symbols, _ in stems:
        if word.endswith(suffix) and word not in exceptions.split("|"):
            for symbol in symbols.split("|"):
                yield unii, symbol, "target", action, "inn-stem", f"{word}: -{suffix}"
