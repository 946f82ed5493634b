from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model.decision import UserDecision
from kg.resolve.collect import Collector
from kg.resolve.decisions import read_decisions
from kg.resolve.resolution import Resolution

from .tiny import Tiny, drug, trial

VOCABULARY = Tiny(
    {
        "AAAAAAAAA1": ["examplinib", "EXM-1234", "CTX"],
        "AAAAAAAAA2": ["otherciclib"],
    }
)


def decided(name, other, accepted, line=2):
    return UserDecision(name, other, accepted, "why", f"decisions.tsv line {line}")


def resolve(trials, *decisions):
    collector = Collector()
    for one in trials:
        collector.add(one)
    return Resolution(collector, VOCABULARY, decisions)


def names(resolution, name, status="ACCEPTED"):
    found = resolution.find(name)
    return {n.name for n in found.names if n.status == status} if found else set()


def test_a_refused_name_leaves_the_substance_whose_name_it_is():
    trials = [trial(1, drug("examplinib")), trial(2, drug("CTX")), trial(3, drug("EXM-1234"))]
    assert resolve(trials).find("CTX").unii == "AAAAAAAAA1"
    resolution = resolve(trials, decided("CTX", "examplinib", False))
    assert resolution.find("CTX").unii is None
    assert names(resolution, "examplinib") == {"examplinib", "EXM-1234"}
    (refused,) = (n for n in resolution.find("examplinib").names if n.status == "REFUSED")
    assert (refused.name, refused.refused_because) == ("CTX", "refused by the user")
    (evidence,) = refused.evidence
    assert (evidence.source, evidence.record, evidence.rule) == ("user", None, "user-decision")
    assert (evidence.field, evidence.text) == ("decisions.tsv line 2", "why")


def test_a_refused_pair_stays_apart_through_any_chain_of_names():
    trials = [
        trial(1, drug("Alphamycin", "Betamycin")),
        trial(2, drug("Betamycin", "Gammamycin")),
    ]
    assert resolve(trials).find("Alphamycin") == resolve(trials).find("Gammamycin")
    resolution = resolve(trials, decided("Alphamycin", "Gammamycin", False))
    assert resolution.find("Alphamycin") != resolution.find("Gammamycin")
    guards = {d.guard for d in resolution.decisions if d.status == "REFUSED"}
    assert guards == {"refused by the user"}


def test_an_accepted_pair_is_one_drug_whatever_the_guards_say():
    trials = [trial(1, drug("examplinib")), trial(2, drug("otherciclib", "examplinib"))]
    assert resolve(trials).find("examplinib") != resolve(trials).find("otherciclib")
    resolution = resolve(trials, decided("examplinib", "otherciclib", True))
    found = resolution.find("otherciclib")
    assert found.unii == "AAAAAAAAA1"
    assert names(resolution, "otherciclib") >= {"examplinib", "otherciclib", "EXM-1234"}
    evidence = [e for n in found.names if n.name == "otherciclib" for e in n.evidence]
    assert ("user", "user-decision", 1.0) in {(e.source, e.rule, e.confidence) for e in evidence}
    (link,) = resolution.explain("examplinib", "otherciclib")
    assert link.evidence[0].rule == "user-decision"


def test_a_word_that_the_rules_take_for_no_drug_may_be_made_the_name_of_one():
    trials = [trial(1, drug("examplinib")), trial(2, drug("Placebo")), trial(3, drug("Brandex"))]
    resolution = resolve(
        trials,
        decided("Placebo", "examplinib", True),
        decided("Brandex", "EXM-1234", True, line=3),
    )
    assert resolution.find("Placebo").unii == "AAAAAAAAA1"
    assert resolution.find("Brandex").unii == "AAAAAAAAA1"
    assert names(resolution, "EXM-1234") >= {"Brandex", "Placebo"}


def test_refusing_makes_no_drug_of_what_is_none():
    resolution = resolve([trial(1, drug("Placebo"))], decided("Placebo", "examplinib", False))
    assert list(resolution.drugs()) == []


def test_what_became_of_each_decision_is_told():
    resolution = resolve(
        [trial(1, drug("examplinib"))],
        decided("CTX", "examplinib", False),
        decided("Nosuchdrug", "Nosuchother", True, line=3),
    )
    assert [(o.name, o.decision, o.used) for o in resolution.outcomes()] == [
        ("CTX", "REFUSED", True),
        ("Nosuchdrug", "ACCEPTED", False),
    ]


def test_without_decisions_nothing_changes():
    trials = [trial(1, drug("examplinib", "CTX")), trial(2, drug("Alphamycin", "Betamycin"))]
    assert list(resolve(trials).drugs()) == list(
        resolve(trials, decided("Nosuchdrug", "Nosuchother", False)).drugs()
    )


NAMES = ("examplinib", "EXM-1234", "CTX", "otherciclib", "Alphamycin", "Betamycin", "Placebo")


@settings(deadline=None)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans()).filter(
            lambda pair: pair[0] != pair[1]
        ),
        max_size=5,
    ),
    data=st.data(),
)
def test_decisions_hold_in_any_order(pairs, data, tmp_path_factory):
    path = tmp_path_factory.mktemp("d") / "d.tsv"
    rows = [f"{a}\t{b}\t{'ACCEPTED' if yes else 'REFUSED'}\n" for a, b, yes in pairs]
    path.write_text("".join(["name\tother\tdecision\n", *rows]))
    try:
        decisions = read_decisions(path)
    except SourceError as error:
        assert "refused" in str(error)
        return
    trials = [
        trial(1, drug("Alphamycin", "examplinib")),
        trial(2, drug("Betamycin", "Alphamycin"), drug("CTX")),
        trial(3, drug("otherciclib"), drug("Placebo"), drug("EXM-1234")),
    ]
    resolution = resolve(trials, *decisions)
    for one in decisions:
        first, second = resolution.find(one.name), resolution.find(one.other)
        assert (first is not None and first == second) == one.accepted
    shuffled = data.draw(st.permutations(decisions))
    turned = data.draw(st.permutations(trials))
    assert list(resolve(turned, *shuffled).drugs()) == list(resolution.drugs())


HEAD = "name\tother\tdecision\tcomment\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\tdecision\n", "found the columns name, decision, expected name, other, decision"),
        (HEAD + "a\tb\tMAYBE\n", "line 2: found the decision 'MAYBE', expected ACCEPTED or REF"),
        (HEAD + "a\t\tREFUSED\n", "line 2: found no other"),
        (HEAD + "EXM-1\texm 1\tREFUSED\n", "two names that differ in letters or digits"),
        (HEAD + "a\tb\tACCEPTED\nB\tA\tREFUSED\n", "line 3: found 'B' and 'A' refused, expected"),
        (
            HEAD + "a\tb\tACCEPTED\nb\tc\taccepted\na\tc\tREFUSED\n",
            "d.tsv line 4: .* as by d.tsv line 2, d.tsv line 3",
        ),
    ],
)
def test_a_file_that_decides_nothing_or_both_is_refused(tmp_path: Path, text: str, said: str):
    path = tmp_path / "d.tsv"
    path.write_text(text)
    with pytest.raises(SourceError, match=said):
        read_decisions(path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_decisions(tmp_path / "missing.tsv")
