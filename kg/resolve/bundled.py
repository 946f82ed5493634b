"""The vocabularies inside the package, as the resolver asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from kg.model.drug import NameKind
from kg.resolve.vocabulary import Gene, Mechanism, Substance, SubstanceName
from kg.vocabularies import catalog, drugs, genes

_KINDS: dict[str, NameKind] = {
    "inn": "INN",
    "code": "CODE",
    "brand": "BRAND",
    "synonym": "SYNONYM",
    "systematic": "SYSTEMATIC",
}
_ISOFORM = re.compile(r"(?<=\d)\.(\d)$|(?:\s*\b|-)(?:isoform|variant)\s*([\w.]+)$", re.IGNORECASE)
_VARIANT = re.compile(r"\s+\(?((?:p\.)?[A-Z]\d{1,4}[A-Z]|V600|exon ?\d+)\)?$")
_TAIL = re.compile(r"\s+(?:receptor|protein|antigen|kinase)$", re.IGNORECASE)
_ALSO: dict[str, str] = {
    "glp1": "GLP1R",
    "glp1receptor": "GLP1R",
    "gipreceptor": "GIPR",
    "glucagonreceptor": "GCGR",
    "carcinoembryonicantigen": "CEACAM5",
    "pd1": "PDCD1",
    "programmeddeath1": "PDCD1",
    "pdl1": "CD274",
    "tnf": "TNF",
    "pde5": "PDE5A",
    "phosphodiesterase5": "PDE5A",
    "phosphodiesterasetype5": "PDE5A",
    "cox2": "PTGS2",
    "cyclooxygenase2": "PTGS2",
    "dpp4": "DPP4",
    "il17a": "IL17A",
    "cgrp": "CALCA",
    "claudin182": "CLDN18",
    "cldn182": "CLDN18",
}
"""What people call a target, where the gene names are ambiguous or silent."""


class Bundled:
    """The bundle: FDA substance names and HGNC."""

    @cached_property
    def edition(self) -> str:
        """The substance names and their date."""
        return f"UNII {next(table.edition for table in catalog() if table.name == 'unii')}"

    @cached_property
    def gene_edition(self) -> str:
        """The gene names and their date."""
        return f"HGNC {next(table.edition for table in catalog() if table.name == 'hgnc')}"

    def substances(self, name: str) -> Sequence[Substance]:
        """Every substance that goes by the name; its nonproprietary name wins over a synonym.

        >>> Bundled().substances("SAR408701")
        (Substance(unii='DSS3BE2ZXN', name='TUSAMITAMAB RAVTANSINE'),)
        """
        return tuple(Substance(s.unii, s.label) for s in _best(name, drugs.by_name(name)))

    def products(self, name: str) -> Sequence[Substance]:
        """The substances of a product or regimen that holds several."""
        return tuple(Substance(s.unii, s.label) for s in drugs.components(name))

    def names(self, unii: str) -> Sequence[SubstanceName]:
        """Every name of a substance."""
        found = drugs.by_unii(unii)
        return tuple(SubstanceName(n, _KINDS[k]) for n, k in found.names) if found else ()

    def genes(self, text: str) -> Sequence[tuple[Gene, str | None]]:
        """Every gene that goes by the text, with the isoform or variant stripped off it.

        >>> [(gene.symbol, stripped) for gene, stripped in Bundled().genes("claudin 18.2")]
        [('CLDN18', '18.2')]
        >>> [(gene.symbol, stripped) for gene, stripped in Bundled().genes("KRAS G12C")]
        [('KRAS', 'G12C')]
        """
        return _genes(text)

    def mechanisms(self, unii: str) -> Sequence[Mechanism]:
        """None yet: the bundle has no table of mechanisms."""
        return ()


def _best(name: str, found: Sequence[drugs.Substance]) -> Sequence[drugs.Substance]:
    """The substance that the name is meant for before others it is a mere synonym of."""
    if len(found) > 1:
        for labels in ({name.upper()}, {f"{name.upper()}, UNSPECIFIED FORM"}):
            same = [s for s in found if s.label in labels]
            if len(same) == 1:
                return same
        official = [s for s in found if (name.upper(), "inn") in s.names]
        if len(official) == 1:
            return official
    return found


@lru_cache(maxsize=1 << 16)
def _genes(text: str) -> tuple[tuple[Gene, str | None], ...]:
    if match := _ISOFORM.search(text):
        found = _named(text[: match.start()])
        if found:
            digits = re.search(r"[\d.]+$", text)
            return tuple((gene, digits[0] if digits else match[0]) for gene in found)
    if match := _VARIANT.search(text):
        return tuple((gene, match[1]) for gene in _named(text[: match.start()]))
    return tuple((gene, None) for gene in _named(text) or _named(_TAIL.sub("", text)))


def _named(text: str) -> tuple[Gene, ...]:
    key = "".join(filter(str.isalnum, text.lower()))
    if symbol := _ALSO.get(key):
        gene = genes.by_symbol(symbol)
        return (_gene(gene),) if gene else ()
    found = genes.by_name(text)
    best = [c for c in found if c.rank == found[0].rank]
    return tuple(_gene(c.gene) for c in best)


def _gene(gene: genes.Gene) -> Gene:
    return Gene(
        f"HGNC:{gene.hgnc_id}",
        gene.symbol,
        gene.name,
        gene.uniprot[0] if gene.uniprot else None,
        (*gene.previous, *gene.aliases, *gene.synonyms),
    )
