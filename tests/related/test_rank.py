from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.iris import Iris
from kg.related.answer import answer
from kg.related.features import Features, Thing
from kg.related.index import Index
from kg.related.kinds import WEIGHTS, Kind
from kg.related.question import like_trials
from kg.related.rank import rank, shares
from kg.related.row import Row
from kg.related.words import counted
from kg.related.writer import Writer
from tests.related.corpus import nct

things = st.builds(
    lambda kind, number, weight: Thing(kind, f"{kind.label}/{number}", f"thing {number}", weight),
    st.sampled_from([kind for kind in Kind if kind is not Kind.TEXT]),
    st.integers(0, 4),
    st.sampled_from([0.1, 0.5, 1.0]),
)
words = st.lists(
    st.sampled_from("tumour lung dose safety ceacam5 asthma child".split()), max_size=9
)
corpora = st.lists(st.tuples(words, st.lists(things, max_size=8)), min_size=2, max_size=9)


def written(folder: Path, corpus: list[tuple[list[str], list[Thing]]]) -> Index:
    writer = Writer(folder, (), Iris())
    for number, (text, shared) in enumerate(corpus):
        distinct = {(thing.kind, thing.key): thing for thing in shared}
        row = Row(nct_id=nct(number), title=f"Trial {number}")
        writer.keep(Features(row, counted(" ".join(text)), tuple(distinct.values())))
    writer.close()
    return Index(folder)


@settings(max_examples=40, deadline=None)
@given(corpora)
def test_reasons_sum_to_the_score_which_is_at_most_1(
    corpus: list[tuple[list[str], list[Thing]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = written(Path(folder), corpus)
        for number in range(len(corpus)):
            question = like_trials(index, [nct(number)])
            found = answer(index, question, asked="x", share=shares({}), k=99)
            for one in found.related:
                assert sum(reason.weight for reason in one.reasons) == pytest.approx(
                    one.score, abs=1e-6
                )
                assert 0 < one.score < 1.001
                assert one.nct_id != nct(number)
                assert all(reason.weight > 0 for reason in one.reasons)


@settings(max_examples=25, deadline=None)
@given(corpora)
def test_two_trials_are_as_like_one_way_as_the_other(
    corpus: list[tuple[list[str], list[Thing]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = written(Path(folder), corpus)
        scores = {
            (number, found.trial): found.score
            for number in range(len(corpus))
            for found in rank(index, like_trials(index, [nct(number)]), shares({}), 99)
        }
    for (one, two), score in scores.items():
        assert scores.get((two, one)) == pytest.approx(score, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(corpora)
def test_the_same_trials_give_the_same_index_and_the_same_answer(
    corpus: list[tuple[list[str], list[Thing]]],
) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first, second = written(Path(one), corpus), written(Path(two), corpus)
        for file in sorted(Path(one).rglob("*.npy")):
            assert file.read_bytes() == (Path(two) / file.relative_to(one)).read_bytes()
        for number in range(len(corpus)):
            asked = [nct(number)]
            assert rank(first, like_trials(first, asked), shares({}), 99) == rank(
                second, like_trials(second, asked), shares({}), 99
            )


def test_equal_scores_come_by_nct_id(tmp_path: Path) -> None:
    index = written(tmp_path, [(["lung", "dose"], [])] * 5)
    found = rank(index, like_trials(index, [nct(2)]), shares({}), 3)
    assert [one.trial for one in found] == [0, 1, 3]


def test_what_only_describes_never_makes_related(tmp_path: Path) -> None:
    shared = [Thing(kind, "same", "same") for kind in Kind if kind not in WEIGHTS]
    index = written(tmp_path, [([], shared), ([], shared), (["lung"], [])])
    only_countries = [kind for kind in (Kind.COUNTRY,) if kind not in WEIGHTS]
    assert only_countries
    assert rank(index, like_trials(index, [nct(0)]), shares({}), 9) == []


def test_sharing_a_common_thing_alone_counts_less_than_a_rare_one(tmp_path: Path) -> None:
    common, rare = Thing(Kind.TARGET, "common", "c"), Thing(Kind.TARGET, "rare", "r")
    corpus: list[tuple[list[str], list[Thing]]] = [([], [common]) for _ in range(60)]
    corpus += [([], [rare]), ([], [rare])]
    index = written(tmp_path, corpus)
    by_common = rank(index, like_trials(index, [nct(0)]), shares({}), 1)[0].score
    by_rare = rank(index, like_trials(index, [nct(60)]), shares({}), 1)[0].score
    assert by_common < 0.5 * by_rare


def test_only_one_kind_counts_when_asked(tmp_path: Path) -> None:
    target = Thing(Kind.TARGET, "t", "CEACAM5")
    index = written(tmp_path, [(["lung"], [target]), (["lung"], []), (["asthma"], [target])])
    found = rank(index, like_trials(index, [nct(0)]), shares({}, frozenset({Kind.TARGET})), 9)
    assert [one.trial for one in found] == [2]


def test_a_kind_given_more_weight_moves_its_trials_up(tmp_path: Path) -> None:
    target = Thing(Kind.TARGET, "t", "CEACAM5")
    text = ["lung", "dose", "safety"]
    index = written(tmp_path, [(text, [target]), (text, []), (["asthma"], [target])])
    question = like_trials(index, [nct(0)])
    assert rank(index, question, shares({}), 1)[0].trial == 1
    assert rank(index, question, shares({Kind.TARGET: 50}), 1)[0].trial == 2


def test_shares_of_the_kinds_sum_to_one() -> None:
    assert shares({}).sum() == pytest.approx(1)
    assert shares({Kind.DRUG: 3, Kind.TEXT: 0}).sum() == pytest.approx(1)
    assert shares({Kind.TEXT: 0})[Kind.TEXT] == 0


def test_a_trial_under_an_id_it_had_before_is_no_answer(tmp_path: Path) -> None:
    former = Thing(Kind.ALIAS, nct(1), nct(1))
    index = written(tmp_path, [(["lung"], []), (["lung"], []), (["lung"], [former])])
    for asked, others in ((2, [0]), (1, [0]), (0, [1, 2])):
        found = rank(index, like_trials(index, [nct(asked)]), shares({}), 9)
        assert [one.trial for one in found] == others


def test_several_trials_are_asked_about_together(tmp_path: Path) -> None:
    index = written(tmp_path, [(["lung"], []), (["asthma"], []), (["lung", "asthma"], [])])
    found = rank(index, like_trials(index, [nct(0), nct(1)]), shares({}), 9)
    assert [one.trial for one in found] == [2]
    assert {index.label(one.thing) for one in found[0].summands} == {"lung", "asthma"}


def test_no_more_than_k(tmp_path: Path) -> None:
    index = written(tmp_path, [(["lung"], [])] * 9)
    assert len(rank(index, like_trials(index, [nct(0)]), shares({}), 4)) == 4
    nobody = np.zeros(index.trials, bool)
    assert rank(index, like_trials(index, [nct(0)]), shares({}), 4, nobody) == []
