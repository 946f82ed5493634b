"""Substances and all their names, from the FDA substance names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import tables

KINDS = ("inn", "code", "brand", "synonym", "systematic")
"""Kinds of a name, most telling first; `inn` stands for every nonproprietary name."""

_UNSPECIFIED = ", UNSPECIFIED FORM"


class Substance(msgspec.Struct, frozen=True):
    """One substance: an antibody and its conjugate, a salt and its base are different ones."""

    unii: str
    label: str
    """The name FDA shows, in capitals."""
    names: tuple[tuple[str, str], ...]
    """Every name with its kind; the label is one of them."""
    products: tuple[str, ...]
    """Products and regimens that hold this substance among others, "FOLFOX"."""


def by_name(name: str) -> tuple[Substance, ...]:
    """Every substance that goes by this name, in any spelling; several when it is ambiguous.

    Where FDA shows one by this very name, or one has it for its nonproprietary name, the others
    that merely also go by it (its hydrates, its mirror images) are left out.

    >>> [s.label for s in by_name("sar 408701")]
    ['TUSAMITAMAB RAVTANSINE']
    >>> by_name("SAR408702")
    ()
    """
    key = squash(name)
    found = [_substance(at) for at in _names().get(key, ())]
    if len(found) < 2:
        return tuple(found)
    best = min(_rank(substance, key) for substance in found)
    return tuple(substance for substance in found if _rank(substance, key) == best)


def _rank(substance: Substance, key: str) -> int:
    """How well a name fits; a mirror image differs from its label by signs alone."""
    if substance.label.endswith(_UNSPECIFIED):
        return 1 if squash(substance.label.removesuffix(_UNSPECIFIED)) == key else 3
    if squash(substance.label) == key:
        return 1 if "," in substance.label else 0
    kinds = {kind for name, kind in substance.names if squash(name) == key}
    return 2 if "inn" in kinds else 3


def by_unii(unii: str) -> Substance | None:
    """The substance with this FDA identifier.

    >>> by_unii("DPT0O3T46P").label
    'PEMBROLIZUMAB'
    """
    at = _identifiers().get(unii)
    return None if at is None else _substance(at)


def components(product: str) -> tuple[Substance, ...]:
    """The substances of a product or regimen that holds several.

    >>> [s.label for s in components("Vyxeos")]
    ['CYTARABINE', 'DAUNORUBICIN']
    """
    return tuple(map(_substance, _products().get(squash(product), ())))


def substances() -> Iterator[Substance]:
    """Every substance, by identifier."""
    return map(_substance, range(len(_lines())))


@cache
def _lines() -> list[str]:
    return tables.lines("unii")


def _substance(at: int) -> Substance:
    unii, label, *cells, products = _lines()[at].split("\t")
    names = [
        (name, kind)
        for kind, cell in zip(KINDS, cells, strict=True)
        if cell
        for name in cell.split("|")
    ]
    if all(name != label for name, _ in names):
        names.append((label, "synonym"))
    return Substance(unii, label, tuple(names), tuple(products.split("|")) if products else ())


@cache
def _names() -> dict[str, tuple[int, ...]]:
    return tables.index(_lines(), slice(1, 7))


@cache
def _products() -> dict[str, tuple[int, ...]]:
    return tables.index(_lines(), slice(7, 8))


@cache
def _identifiers() -> dict[str, int]:
    return {line[:10]: at for at, line in enumerate(_lines())}
