"""The vocabularies in use, as the resolver asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

from kg.model.drug import NameKind, Target
from kg.names import squash
from kg.resolve import beside
from kg.resolve.acting import target_of
from kg.resolve.codes import is_code
from kg.resolve.inn import looks_like_inn
from kg.resolve.vocabulary import Gene, Mechanism, Substance, SubstanceName
from kg.vocabularies import (
    aliases,
    catalog,
    drug_tables,
    drugs,
    genes,
    mechanisms,
    mesh,
    other_targets,
    targets,
)

_KINDS: dict[str, NameKind] = {
    "inn": "INN",
    "code": "CODE",
    "brand": "BRAND",
    "synonym": "SYNONYM",
    "systematic": "SYSTEMATIC",
}
_TRUST = {
    "curated": 0.99,
    "anti-name": 0.97,
    "antibody-stem": 0.95,
    "payload-stem": 0.9,
    "inn-stem": 0.9,
    "table-target": 0.95,
}
"""How far a mechanism is trusted by the rule that found it."""
_ILLNESS = ("C", "F03")


class Bundled:
    """The bundle: FDA substance names, what drugs act on, HGNC, MeSH."""

    @cached_property
    def edition(self) -> str:
        """The substance names and their date."""
        return f"UNII {self._editions['unii']}"

    @cached_property
    def _editions(self) -> dict[str, str]:
        return {table.name: table.edition for table in catalog()}

    def substances(self, name: str) -> Sequence[Substance]:
        """Every substance that goes by the name.

        >>> Bundled().substances("SAR408701")
        (Substance(unii='DSS3BE2ZXN', name='TUSAMITAMAB RAVTANSINE'),)
        """
        return tuple(Substance(s.unii, s.label) for s in drugs.by_name(name))

    def means(self, name: str) -> str | None:
        """The name that a user's, the hand-made or a fetched table puts in this one's place.

        >>> Bundled().means("HER3-DXd")
        'patritumab deruxtecan'
        """
        return beside.means(name)

    def products(self, name: str) -> Sequence[Substance]:
        """The substances of a product or regimen that holds several."""
        return tuple(Substance(s.unii, s.label) for s in drugs.components(name))

    def names(self, unii: str) -> Sequence[SubstanceName]:
        """Every name of a substance, the one it is shown by first.

        A drug that no register holds is asked for by `name:` and its squashed name.
        """
        if unii.startswith(beside.BY_NAME):
            key = unii.removeprefix(beside.BY_NAME)
            made = _unregistered(key)
            return (*made, *beside.names({key, *(squash(name.name) for name in made)}))
        found = drugs.by_unii(unii)
        if not found:
            return ()
        names = sorted(found.names, key=lambda name: name[0] != found.label)
        registered = [
            SubstanceName(name, _KINDS[kind]) for name, kind in names if not aliases.means(name)
        ]
        made = _made(found.label)
        own = sorted({squash(name.name) for name in (*registered, *made)})
        return (*registered, *made, *beside.names(own))

    def is_condition(self, name: str) -> bool:
        """Whether the name is a disease or symptom.

        >>> Bundled().is_condition("Epilepsy"), Bundled().is_condition("docetaxel")
        (True, False)
        """
        return any(t.startswith(_ILLNESS) for h in mesh.by_term(name) for t in h.trees)

    def genes(self, text: str) -> Sequence[tuple[Gene, str | None]]:
        """The gene that goes by the text, or all of a family; none where it may mean several.

        >>> [(gene.symbol, added) for gene, added in Bundled().genes("KRAS G12C")]
        [('KRAS', 'G12C')]
        """
        return _genes(text)

    def mechanisms(self, unii: str) -> Sequence[Mechanism]:
        """What a substance acts on, a conjugate's payload after its target."""
        found = []
        for one in mechanisms.by_unii(unii):
            if target := _target(one.symbol):
                source = f"{one.vocabulary} {self._editions[one.vocabulary]}"
                trust = _TRUST.get(one.rule, 0.9)
                found.append(
                    Mechanism(target, source, one.evidence, one.rule, trust, one.role == "payload")
                )
        if unii.startswith(beside.BY_NAME):
            for said in drug_tables.targets_of(unii.removeprefix(beside.BY_NAME)):
                if target := _target(said.symbol):
                    text = ": ".join(filter(None, (said.action, said.entry)))
                    trust = _TRUST["table-target"]
                    found.append(Mechanism(target, said.source, text, "table-target", trust))
        return found


def _made(label: str) -> list[SubstanceName]:
    """The names that the hand-made table gives a drug."""
    return [
        SubstanceName(name, _kind(name), f"drug names {source}")
        for name, source in aliases.names(label)
    ]


def _unregistered(key: str) -> list[SubstanceName]:
    """The hand-made table's names of a drug that no register holds, by any of them."""
    meaning = aliases.means(key)
    if drugs.by_name(meaning or key):
        return []
    if meaning is None:
        return _made(key)
    source = next(source for name, source in aliases.names(meaning) if squash(name) == key)
    return [SubstanceName(meaning, _kind(meaning), f"drug names {source}"), *_made(meaning)]


def _kind(name: str) -> NameKind:
    if is_code(name):
        return "CODE"
    return "INN" if looks_like_inn(name) else "SYNONYM"


@lru_cache(maxsize=1 << 16)
def _genes(text: str) -> tuple[tuple[Gene, str | None], ...]:
    meanings = targets.by_text(text)
    if len(meanings) > 1 and any(meaning.ambiguous for meaning in meanings):
        return ()
    return tuple((as_gene(meaning.gene), meaning.qualifier or None) for meaning in meanings)


def _target(symbol: str) -> Target | None:
    """The target of a symbol in a table: a gene's, or `~` and the key of another target."""
    if other := other_targets.by_symbol(symbol):
        return Target(
            None, other.symbol, other.name, other.uniprot, other.names, other.kind, other.key
        )
    gene = genes.by_symbol(symbol)
    return target_of(as_gene(gene)) if gene else None


def as_gene(gene: genes.Gene) -> Gene:
    """A gene of HGNC as resolution knows it."""
    return Gene(
        f"HGNC:{gene.hgnc_id}",
        gene.symbol,
        gene.name,
        gene.uniprot[0] if gene.uniprot else None,
        (*gene.previous, *gene.aliases, *gene.synonyms),
    )
