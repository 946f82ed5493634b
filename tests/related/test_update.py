"""An index that was brought up to date is the one that a build from nothing gives."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.iris import Iris
from kg.model.drug import Drug, Target, TargetLink
from kg.related.ask import ask
from kg.related.features import Features, Thing, features
from kg.related.index import Index
from kg.related.kinds import Kind
from kg.related.row import Row
from kg.related.update import updated
from kg.related.writer import FOLDER, Writer
from kg.resolve.collect import Collector
from kg.resolve.facts import resolve_facts
from kg.resolve.resolution import Resolution
from tests.related.corpus import VOCABULARY, drug_trial, nct

ONE = Drug("one", "onezumab", None, (), (TargetLink(Target("HGNC:1", "ONE1"), ()),))
ONE_AGAIN = Drug("one", "ONE-1", None, (), ONE.targets)
TWO = Drug("two", "twozumab", None, (), ())

things = st.builds(
    lambda kind, number, spelled, weight: Thing(
        kind,
        f"{kind.label}/{number}",
        f"thing {number} {spelled if kind in (Kind.SITE, Kind.SPONSOR) else ''}",
        weight,
    ),
    st.sampled_from([kind for kind in Kind if kind not in (Kind.TEXT, Kind.SPELLING)]),
    st.integers(0, 3),
    st.sampled_from("abc"),
    st.sampled_from([0.1, 0.5, 1.0]),
)
trials = st.builds(
    lambda number, words, shared, status, phases: Features(
        Row(nct_id=nct(number), title=f"Trial {number}", status=status, phases=tuple(phases)),
        words,
        tuple({(thing.kind, thing.key): thing for thing in shared}.values()),
    ),
    st.integers(0, 12),
    st.dictionaries(st.sampled_from("tumour lung dose safety".split()), st.integers(1, 300)),
    st.lists(things, max_size=8),
    st.sampled_from([None, "RECRUITING", "COMPLETED"]),
    st.sets(st.sampled_from(["PHASE1", "PHASE2", "NA"])).map(sorted),
)
graphs = st.lists(trials, max_size=10).map(
    lambda made: {one.row.nct_id: one for one in sorted(made, key=lambda one: one.row.nct_id)}
)
drug_lists = st.sampled_from([(), (ONE,), (ONE_AGAIN,), (TWO, ONE)])


def written(folder: Path, graph: Mapping[str, Features], drugs: tuple[Drug, ...]) -> Path:
    folder.mkdir()
    writer = Writer(folder, drugs, Iris())
    for nct_id in sorted(graph):
        writer.keep(graph[nct_id])
    writer.close()
    return folder


def content(build: Path) -> dict[str, bytes]:
    folder = build / FOLDER
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@settings(max_examples=60, deadline=None)
@given(graphs, graphs, st.sets(st.integers(0, 12).map(nct)), drug_lists, drug_lists)
def test_an_updated_index_is_byte_for_byte_one_built_from_nothing(
    before: dict[str, Features],
    changed: dict[str, Features],
    gone: set[str],
    drugs_before: tuple[Drug, ...],
    drugs_after: tuple[Drug, ...],
) -> None:
    after = {nct_id: one for nct_id, one in before.items() if nct_id not in gone} | changed
    with tempfile.TemporaryDirectory() as name:
        old = written(Path(name) / "old", before, drugs_before)
        unchanged = content(old)
        new = Path(name) / "new"
        new.mkdir()
        updated(old, new, gone | changed.keys(), changed.values(), drugs_after, Iris())
        assert content(new) == content(written(Path(name) / "scratch", after, drugs_after))
        assert content(old) == unchanged
        again = Path(name) / "again"
        again.mkdir()
        updated(new, again, set(), (), drugs_after, Iris())
        assert content(again) == content(new)


def test_real_features_too(tmp_path: Path) -> None:
    made = [
        drug_trial(n, f"Study {n} of lung cancer", "osimertinib" if n % 2 else "placebo")
        for n in range(9)
    ]
    collector = Collector()
    for trial in made:
        collector.add(trial)
    resolution = Resolution(collector, VOCABULARY)
    drugs = tuple(resolution.drugs())
    by_key = {drug.key: drug for drug in drugs}
    graph = {
        one.nct_id: features(one, resolve_facts(one), resolution.ground(one), by_key, Iris())
        for one in made
    }
    old = written(tmp_path / "old", {nct(n): graph[nct(n)] for n in range(7)}, drugs)
    new = tmp_path / "new"
    new.mkdir()
    updated(old, new, {nct(3)}, [graph[nct(n)] for n in (3, 7, 8)], drugs, Iris())
    scratch = written(tmp_path / "scratch", graph, drugs)
    assert content(new) == content(scratch)
    assert ask(Index(new), [nct(8)]) == ask(Index(scratch), [nct(8)])


def test_a_trial_that_is_there_already_is_told(tmp_path: Path) -> None:
    one = Features(Row(nct_id=nct(1), title="One"), {"lung": 1}, ())
    old = written(tmp_path / "old", {nct(1): one}, ())
    (tmp_path / "new").mkdir()
    with pytest.raises(ValueError, match="NCT99000001: is in the index already"):
        updated(old, tmp_path / "new", set(), [one], (), Iris())


def test_the_spelling_most_trials_use_is_shown(tmp_path: Path) -> None:
    graph = {
        nct(n): Features(Row(nct_id=nct(n), title="T"), {}, (Thing(Kind.SITE, "site/1", spelled),))
        for n, spelled in enumerate(["THE CLINIC", "The Clinic", "The Clinic"])
    }
    index = Index(written(tmp_path / "three", graph, ()))
    site = index.thing(Kind.SITE, "site/1")
    assert site is not None
    assert index.label(site) == "The Clinic"
    assert sorted(index.spelled(Kind.SITE, "clini")) == [("THE CLINIC", site), ("The Clinic", site)]
    assert not list(index.spelled(Kind.SPONSOR, "clini"))
