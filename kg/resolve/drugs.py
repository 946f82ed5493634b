"""A drug as it is told: its label, its names with their kinds, and the evidence for each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from kg import iris
from kg.model.drug import DrugName, Evidence, NameKind
from kg.resolve.codes import is_code
from kg.resolve.inn import looks_like_inn
from kg.resolve.mentions import CONFIDENCE, USER_DECISION, Claim
from kg.resolve.normalise import squash
from kg.resolve.regimens import SURE_REGIMEN, components
from kg.resolve.support import Support
from kg.resolve.vocabulary import SubstanceName

_RANK: dict[NameKind, int] = {"INN": 0, "CODE": 1, "BRAND": 2, "SYNONYM": 3, "SYSTEMATIC": 4}
MOST_EVIDENCE = 5
LONGEST_SYNONYM = 60


_REGISTER_ONLY = re.compile(
    r"biosimilar|unspecified|bioassay|allergenic|\brdna\b|\(as |license holder|glycoform|"
    r"monoclonal igg|, (?:human|recombinant|anhydrous)|\([^()]*\)$|^molds,|^food -|"
    r"(?:hydro|di)?(?:chlorid|sulf|natri)(?:as|um|i)\b",
    re.IGNORECASE,
)
"""What a register's synonym has and no record writes: it only ever repeats another name."""


class Said(Struct, frozen=True):
    """A name as records wrote it, and the claim or registration that wrote it."""

    name: str
    field: str
    rule: str
    support: Support

    @property
    def confidence(self) -> float:
        """How far the rule is trusted that this is the drug's name."""
        return CONFIDENCE.get(self.rule, 0.95)

    def evidence(self) -> list[Evidence]:
        """The first few records that said it, or the user who decided it."""
        source = "user" if self.rule == USER_DECISION else "record"
        return [
            Evidence(
                source, s.record or None, self.field, self.rule, self.confidence, s.text or None
            )
            for s in self.support.first
        ]


def kind_of(name: str) -> NameKind:
    """What kind of name a record's word is, by its looks.

    >>> kind_of("SAR408701"), kind_of("osimertinib"), kind_of("Restamin Kowa")
    ('CODE', 'INN', 'SYNONYM')
    """
    if is_code(name):
        return "CODE"
    return "INN" if looks_like_inn(name) else "SYNONYM"


def cased(name: str, kind: NameKind) -> str:
    """A register's capitals as people write them.

    >>> cased("TUSAMITAMAB RAVTANSINE", "INN"), cased("KEYTRUDA", "BRAND"), cased("MK-3475", "CODE")
    ('tusamitamab ravtansine', 'Keytruda', 'MK-3475')
    """
    if kind == "CODE" or not name.isupper() or re.search(r"\d", name):
        return name
    return name.capitalize() if kind == "BRAND" else name.lower()


def names(
    said: Iterable[Said], registered: Iterable[tuple[str, SubstanceName]], edition: str
) -> tuple[DrugName, ...]:
    """All accepted names of a drug, its best first; spellings that differ in case only are one."""
    spellings: dict[str, dict[str, int]] = {}
    evidence: dict[str, list[Evidence]] = {}
    counts: dict[str, int] = {}
    kinds: dict[str, NameKind] = {}
    written: set[str] = set()
    for unii, registered_name in registered:
        if not _told(registered_name, written):
            continue
        key = registered_name.name.casefold()
        spellings.setdefault(key, {})[cased(registered_name.name, registered_name.kind)] = 0
        source = registered_name.source or edition
        evidence.setdefault(key, []).append(Evidence(source, unii, "name", "vocabulary", 1.0))
        counts[key] = counts.get(key, 0) + 1
        kinds[key] = registered_name.kind
    by_squashed = {squash(key): kind for key, kind in sorted(kinds.items())}
    for one in said:
        key = one.name.casefold()
        spelling = spellings.setdefault(key, {})
        spelling[one.name] = spelling.get(one.name, 0) + one.support.count
        evidence.setdefault(key, []).extend(one.evidence())
        counts[key] = counts.get(key, 0) + one.support.count
        kinds.setdefault(key, by_squashed.get(squash(key)) or kind_of(one.name))
    found = [
        DrugName(
            name=max(sorted(spellings[key]), key=lambda s: spellings[key][s]),
            kind=kinds[key],
            status="ACCEPTED",
            evidence=strongest(evidence[key]),
            evidence_count=counts[key],
        )
        for key in spellings
    ]
    return tuple(sorted(found, key=lambda n: (_RANK[n.kind], -n.evidence_count, n.name)))


def _told(name: SubstanceName, written: set[str]) -> bool:
    """Whether a register's name is told; a synonym only if it is not another name once more."""
    if name.kind == "SYSTEMATIC" or len(name.name) > LONGEST_SYNONYM:
        return False
    if len(squash(name.name)) >= SURE_REGIMEN and components(name.name):
        return False
    key = squash(name.name)
    if name.kind == "SYNONYM" and (key in written or _REGISTER_ONLY.search(name.name)):
        return False
    written.add(key)
    return True


def strongest(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The strongest few, each once, in a fixed order."""
    order = sorted(
        set(evidence),
        key=lambda e: (-e.confidence, e.rule, e.record or "", e.field, e.text or "", e.source),
    )
    return tuple(order[:MOST_EVIDENCE])


def refused_name(name: str, guard: str, claim: Claim, support: Support) -> DrugName:
    """A name that some record gives the drug and that was not believed."""
    said = Said(name, claim.field, claim.rule, support)
    return DrugName(name, kind_of(name), "REFUSED", tuple(said.evidence()), support.count, guard)


def key_of(unii: str | None, label: str) -> str:
    """The drug's key: its UNII, else minted from its label as it is told apart.

    >>> key_of("DSS3BE2ZXN", "tusamitamab ravtansine")
    'unii-DSS3BE2ZXN'
    >>> key_of(None, "ATI-7505") == key_of(None, "ati 7505")
    True
    """
    return f"unii-{unii}" if unii else iris.key(squash(label))
