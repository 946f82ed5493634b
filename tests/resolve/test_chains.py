"""Every name of a drug can be reached from every other over what its names keep."""

from kg.names import squash
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.resolve.vocabulary import NoVocabulary

from .tiny import ONCOLOGY, drug, trial


def resolve(*trials, vocabulary):
    collector = Collector()
    for one in trials:
        collector.add(one)
    return Resolution(collector, vocabulary)


def test_a_claim_that_alone_joins_a_name_is_kept_beside_many_stronger_ones():
    title = "A study of exampletinib, also known as EXM-77"
    trials = [trial(n, drug("exampletinib"), brief_title=title) for n in range(1, 9)]
    trials += [trial(n + 20, drug("exampletinib", "Sampl" + "aeiou"[n])) for n in range(5)]
    (found,) = resolve(*trials, vocabulary=NoVocabulary()).drugs()
    pairs = {
        frozenset((squash(name.name), squash(reason.other_name)))
        for name in found.names
        for reason in name.evidence
        if reason.other_name
    }
    others = ["exm77", *("sampl" + end for end in "aeiou")]
    assert pairs == {frozenset(("exampletinib", other)) for other in others}


def test_how_a_name_was_read_is_one_of_its_reasons():
    found = resolve(trial(1, drug("pembrolizumab 200 mg IV")), vocabulary=ONCOLOGY)
    (one,) = found.drugs()
    read = [r for n in one.names for r in n.evidence if r.source == "UNII test"]
    assert read and all(reason.record == "AAAAAAAAA9" for reason in read)


def test_what_refused_a_claim_stands_with_both_names():
    trials = trial(1, drug("MK-7684", "pembrolizumab")), trial(2, drug("pembrolizumab"))
    told = {
        (name.name, reason.other_name, reason.refused_because)
        for one in resolve(*trials, vocabulary=ONCOLOGY).drugs()
        for name in one.names
        for reason in name.evidence
        if reason.refused_because
    }
    guard = "codes that differ in their digits"
    assert told == {("pembrolizumab", "MK-7684", guard), ("MK-7684", "pembrolizumab", guard)}
