"""FDA substance names: which substances are drugs, and which of their names to keep."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.names import squash
from kg.vocabularies.bundle.write import Row, joined

HEADER = ("unii", "label", "inn", "code", "brand", "synonym", "systematic", "part")

_TAG = re.compile(r" \[([^\]]+)\]$")
_NONPROPRIETARY = frozenset({"INN", "USAN", "BAN", "JAN"})
_PHARMACY = frozenset(
    {"MART.", "VANDF", "ORANGE BOOK", "PURPLE BOOK CDER", "PURPLE BOOK CBER", "EMA EPAR"}
    | {"WHO-DD", "WHO DD", "WHO-IP", "EP MONOGRAPH", "USP MONOGRAPH", "JP", "CHP", "MI"}
)
"""Lists of medicines: a name on one of them makes a substance a drug."""

_NOT_A_CODE = re.compile(r"NSC-|FEMA NO|INS NO|INS-\d|E-\d+$|C\.I\. |CI-? ?\d{5}|UN\d|AI\d-\d|EPA ")
"""Numbers that chemicals, dyes, flavours and food additives carry too."""

_NOT_A_NAME = re.compile(
    r"IMPURITY|\bRELATED COMPOUND [A-Z]\b|^NULL$|^PLACEBO$|^ADC$|^(ANTI)?BODY$|^MAB$|^VACCINE$"
)
_BOTANY = re.compile(
    r" (WHOLE|LEAF|ROOT|SEED|FRUIT|BARK|FLOWER|TOP|STEM|RHIZOME|BULB|HERB|POLLEN|OIL|JUICE|PEEL"
    r"|BUD|TWIG|WOOD|RESIN|SPORE|TUBER|SHOOT|SAP)$"
)
_CHEMICAL = re.compile(r"\d,\d|\d'|\(\d|-\d-|\.\w+\.-\(|\bH-")
"""What a chemist's name has and a name in a record hardly ever."""

_CODE = re.compile(r"[A-Z]{1,6}[- ]?\d{3,8}[A-Z]?$")
"""A substance labelled by a company code is a drug, even where the code is typed as a name."""

_COMPONENT = re.compile(r"^(.+?)(?: KIT)? COMPONENT (?:OF )?(.+)$")
_LONGEST = 60
_LONGEST_SYSTEMATIC = 30


def extract(text: str) -> Iterator[Row]:
    """One row per drug-like substance, its names by kind.

    A substance is drug-like when it has a brand name, a company code, a nonproprietary name, or
    stands on a list of medicines. Of its names, chemists' names and impurities are left out;
    "anti-(human …)" names are kept because they tell an antibody's target. Under `part` stand the
    products that hold the substance as one of several ("FOLFOX COMPONENT OXALIPLATIN").
    """
    substances: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    labels: dict[str, str] = {}
    for line in text.replace("\r\n", "\n").strip("\n").split("\n")[1:]:
        name, kind, unii, label = line.split("\t")
        tag = _TAG.search(name)
        bare = name[: tag.start()] if tag else name
        substances[unii].append((" ".join(bare.split()), kind, tag[1] if tag else ""))
        labels[unii] = " ".join(label.split())
    for unii, names in substances.items():
        label = labels[unii]
        known = _CODE.match(label) or any(_drug_like(*name) for name in names)
        if known and not _BOTANY.search(label):
            yield _row(unii, label, names)


def _drug_like(name: str, kind: str, tag: str) -> bool:
    if _NOT_A_NAME.search(name) or "IMPURITY" in tag.upper() or tag == "LANGUAL":
        return False
    return (
        kind in {"bn", "of"}
        or tag in _NONPROPRIETARY
        or tag in _PHARMACY
        or (kind == "cd" and not _NOT_A_CODE.match(name))
        or "ANTI-(" in name
    )


def _row(unii: str, label: str, names: list[tuple[str, str, str]]) -> Row:
    cells: dict[str, dict[str, str]] = {column: {} for column in HEADER[2:]}
    for name, kind, tag in sorted(names):
        if "IMPURITY" in tag.upper() or _NOT_A_NAME.search(name):
            continue
        component = _COMPONENT.match(name)
        if component and squash(component[1]):
            cells["part"].setdefault(squash(component[1]), component[1])
        elif column := _column(name, kind, tag):
            cells[column].setdefault(name, name)
    taken: set[str] = set()
    out = []
    for column in HEADER[2:-1]:
        fresh = [name for name in cells[column] if name not in taken]
        taken.update(fresh)
        out.append(joined(fresh))
    return (unii, label, *out, joined(cells["part"].values()))


def _column(name: str, kind: str, tag: str) -> str | None:
    if tag in _NONPROPRIETARY:
        return "inn"
    if "ANTI-(" in name:
        return "systematic"
    if kind == "cd":
        return "code" if tag not in {"LANGUAL", "FDMS"} else None
    if kind == "bn":
        return "brand"
    if kind == "of":
        return "synonym"
    if _CHEMICAL.search(name) or len(name) > _LONGEST:
        return None
    if kind == "sys":
        return "systematic" if len(name) <= _LONGEST_SYSTEMATIC else None
    return "synonym"
