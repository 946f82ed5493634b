"""What a text calls a target: a gene, or several, with what the text adds to it."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from kg.names import squash
from kg.vocabularies import genes, tables

_VARIANT = re.compile(
    r"^(?P<base>\S.*?)[ -]?(?P<qualifier>"
    r"[ARNDCQEGHILKMFPSTWYV]\d{2,4}(?:[ARNDCQEGHILKMFPSTWYVX]|fs|del)?"  # an amino acid exchanged
    r"|exon \d+(?:[ -]\w+)*"
    r"|isoform \w+"
    r"|(?<=\d)\.\d"  # claudin 18.2
    r")$"
)


class Meaning(msgspec.Struct, frozen=True):
    """One gene a text may mean."""

    gene: genes.Gene
    rank: str
    """`stated` for a text of the hand-made table, otherwise the rank of the gene's name."""
    qualifier: str = ""
    """What the text adds: an isoform or a variant."""
    ambiguous: bool = False
    """True where the text is a known word or abbreviation for other things too."""


def by_text(text: str) -> tuple[Meaning, ...]:
    """Every gene a text may mean: all of them for a family, the candidates for an unclear name.

    >>> [(m.gene.symbol, m.rank) for m in by_text("PD-1")]
    [('PDCD1', 'stated')]
    >>> [(m.gene.symbol, m.qualifier) for m in by_text("claudin 18.2")]
    [('CLDN18', 'isoform 2')]
    >>> [(m.gene.symbol, m.qualifier) for m in by_text("EGFR T790M")]
    [('EGFR', 'T790M')]
    >>> [(m.gene.symbol, m.ambiguous) for m in by_text("CEA")]
    [('CEACAM5', True)]
    """
    if found := _exact(text):
        return found
    variant = _VARIANT.match(text.strip())
    if not variant:
        return ()
    qualifier = variant["qualifier"].lstrip(".")
    return tuple(Meaning(m.gene, m.rank, qualifier, m.ambiguous) for m in _exact(variant["base"]))


def _exact(text: str) -> tuple[Meaning, ...]:
    stated = _stated().get(squash(text))
    if stated:
        symbols, qualifier, note = stated
        known = [gene for symbol in symbols.split("|") if (gene := genes.by_symbol(symbol))]
        return tuple(Meaning(gene, "stated", qualifier, note == "ambiguous") for gene in known)
    candidates = genes.by_name(text)
    best = [c for c in candidates if c.rank == candidates[0].rank]
    return tuple(Meaning(c.gene, c.rank, "", len(best) > 1) for c in best)


@cache
def _stated() -> dict[str, tuple[str, str, str]]:
    return {
        squash(text): (symbols, qualifier, note)
        for text, symbols, qualifier, note in tables.rows("targets")
    }


def texts() -> tuple[str, ...]:
    """Every text of the hand-made table, for finding them in sentences."""
    return tuple(row[0] for row in tables.rows("targets"))
