"""From phrases and registered names to targets: the second half of `targets`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.model.drug import Evidence, Target, TargetLink
from kg.resolve.drugs import strongest
from kg.resolve.inn import build
from kg.resolve.support import Support
from kg.resolve.targets import CONFIDENCE, ENOUGH, HINTS, Phrase, candidates, targets_in_name
from kg.resolve.vocabulary import Gene, Vocabulary

_Found = tuple[Gene, str | None, Evidence]


def links(
    unii: str | None,
    label: str,
    phrases: Iterable[tuple[Phrase, Support]],
    vocabulary: Vocabulary,
) -> tuple[TargetLink, ...]:
    """What a drug acts on: each gene that is said often or surely enough."""
    found = [*_registered(unii, label, vocabulary), *_from_phrases(phrases, vocabulary)]
    genes: dict[str, Gene] = {}
    evidence: defaultdict[str, list[Evidence]] = defaultdict(list)
    qualifiers: defaultdict[str, set[str]] = defaultdict(set)
    for gene, qualifier, one in found:
        genes[gene.hgnc_id] = gene
        evidence[gene.hgnc_id].append(one)
        if qualifier:
            qualifiers[gene.hgnc_id].add(qualifier)
    return tuple(
        TargetLink(
            _target(genes[hgnc]), strongest(evidence[hgnc]), min(qualifiers[hgnc], default=None)
        )
        for hgnc in sorted(genes, key=lambda h: (-_belief(evidence[h]), genes[h].symbol))
        if _belief(evidence[hgnc]) >= ENOUGH
    )


def _target(gene: Gene) -> Target:
    return Target(gene.hgnc_id, gene.symbol, gene.name, gene.uniprot, gene.aliases)


def _belief(evidence: Iterable[Evidence]) -> float:
    """How sure several records make us; hints do not count, one record counts once."""
    best: Mapping[tuple[str, str | None], float] = {}
    doubt: dict[tuple[str, str | None], float] = dict(best)
    for one in evidence:
        if one.rule not in HINTS:
            at = (one.source, one.record)
            doubt[at] = min(doubt.get(at, 1.0), 1.0 - one.confidence)
    product = 1.0
    for value in doubt.values():
        product *= value
    return 1.0 - product


def _registered(unii: str | None, label: str, vocabulary: Vocabulary) -> Iterable[_Found]:
    if unii:
        for mechanism in vocabulary.mechanisms(unii):
            yield (
                mechanism.gene,
                mechanism.qualifier,
                Evidence(
                    mechanism.source,
                    unii,
                    "mechanism",
                    mechanism.rule,
                    mechanism.confidence,
                    mechanism.text,
                ),
            )
        yield from _in_names(unii, "antibody-in-substance-name", vocabulary)
    made = build(label)
    if made.conjugate:
        for substance in vocabulary.substances(made.antibody)[:1]:
            yield from _in_names(substance.unii, "antibody-of-conjugate", vocabulary)


def _in_names(unii: str, rule: str, vocabulary: Vocabulary) -> Iterable[_Found]:
    for name in vocabulary.names(unii):
        for words in targets_in_name(name.name):
            genes = vocabulary.genes(words)
            if len(genes) == 1:
                ((gene, qualifier),) = genes
                yield (
                    gene,
                    qualifier,
                    Evidence(vocabulary.edition, unii, "name", rule, CONFIDENCE[rule], name.name),
                )
                break


def _from_phrases(
    phrases: Iterable[tuple[Phrase, Support]], vocabulary: Vocabulary
) -> Iterable[_Found]:
    for phrase, support in phrases:
        for words in candidates(phrase.words, phrase.side):
            genes = vocabulary.genes(words)
            if not genes:
                continue
            if len(genes) == 1:
                ((gene, qualifier),) = genes
                confidence = CONFIDENCE[phrase.rule]
                for said in support.first:
                    yield (
                        gene,
                        qualifier,
                        Evidence(
                            "record", said.record, phrase.field, phrase.rule, confidence, said.text
                        ),
                    )
            break
