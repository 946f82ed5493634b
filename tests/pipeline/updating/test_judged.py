"""An update judges what its change bears on just as a validation of the whole graph does."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

import kg
from kg import history
from kg.iris import BASE
from kg.pipeline.updating.judged import bearing, judge_change
from kg.pipeline.updating.report import UpdateReport
from kg.store import change, current, open_build, quads
from kg.validate import Report, Violation, validate
from kg.validate.report import make_report
from kg.vocab import RDF, RDFS, TKG
from tests.pipeline.made_up import IDS, Record, record, write
from tests.pipeline.updating.test_update import version

IN_RANGE, OUT_OF_RANGE = 48.8, 95.0


def seen_at(number: int, date: str, hospital: float, nameless: float) -> dict[str, Any]:
    """A trial at a hospital that others may share, and at a place without a name of its own."""
    places = [
        {"facility": name, "city": "Paris", "country": "France", "geoPoint": {"lat": at, "lon": 2}}
        for name, at in (("Example Hospital", hospital), ("Research Site", nameless))
    ]
    return version(number, date, contactsLocationsModule={"locations": places})


@pytest.fixture
def store(tmp_path: Path) -> Path:
    first = [seen_at(1, "2026-01-01", IN_RANGE, IN_RANGE), version(2, "2026-01-01")]
    kg.build([write(tmp_path / "first.jsonl", first)], tmp_path / "store")
    return tmp_path / "store"


def updated(store: Path, day: dict[str, Any]) -> UpdateReport:
    return kg.update([write(store.parent / "day.jsonl", [day])], store)


def whole(store: Path) -> Report:
    """What pySHACL says of all of a small graph."""
    return validate(open_build(current(store)), engine="pyshacl")


def lines(store: Path, number: int) -> tuple[list[str], list[str]]:
    build = current(store)
    return [*history.removed(build, number)], [*history.added(build, number)]


def borne_on(store: Path, number: int) -> set[str]:
    """The nodes that an update judged; all of which it says something else are among them."""
    changed = [quad for some in lines(store, number) for quad in quads(some)]
    nodes = bearing(open_build(current(store)), changed, BASE)
    assert {str(quad.subject)[1:-1] for quad in changed} <= nodes
    return nodes


def broken(report: Report) -> set[tuple[str, str]]:
    """The nodes that break a shape, below the base IRI, and the shapes."""
    return {
        (one.focus_node.removeprefix(BASE).split("-")[0], one.shape.partition("#")[2])
        for one in report.results
        if one.severity == "Violation"
    }


def test_a_trial_that_breaks_a_shape_is_told_and_one_that_is_mended(store: Path) -> None:
    told = updated(store, seen_at(2, "2026-02-01", IN_RANGE, OUT_OF_RANGE))
    assert (told.conforms, told.violations) == (False, 1)
    assert broken(whole(store)) == {("trial/NCT99000002/site/research", "SiteShape-latitude")}
    told = updated(store, seen_at(1, "2026-02-01", IN_RANGE, IN_RANGE))
    assert (told.conforms, told.violations) == (True, 0), "the other trial is not judged again"
    told = updated(store, seen_at(2, "2026-03-01", IN_RANGE, IN_RANGE))
    assert (told.conforms, told.violations) == (True, 0)
    assert whole(store).conforms


def test_a_shared_thing_that_breaks_a_shape_is_told_and_one_that_is_mended(store: Path) -> None:
    told = updated(store, seen_at(1, "2026-02-01", OUT_OF_RANGE, IN_RANGE))
    assert (told.conforms, told.violations) == (False, 1)
    assert broken(whole(store)) == {("site/example", "SiteShape-latitude")}
    told = updated(store, seen_at(1, "2026-03-01", IN_RANGE, IN_RANGE))
    assert (told.conforms, told.violations) == (True, 0)
    assert whole(store).conforms


def test_what_has_two_owners_is_told_though_nothing_else_is_said_of_it(store: Path) -> None:
    arm = f"<{BASE}trial/NCT99000001/arm/a>"
    one, other = (f"<{BASE}trial/{n}> <{TKG.hasArm}> {arm} .\n" for n in IDS[:2])
    facts = [f"{arm} <{RDF.type}> <{TKG.ArmGroup}> .\n", f'{arm} <{RDFS.label}> "A" .\n']
    change(current(store), [], [one, *facts])
    assert whole(store).conforms
    change(current(store), [], [other])
    told = judge_change(open_build(current(store)), [], [other], BASE)
    assert broken(told) == {("trial/NCT99000001/arm/a", "ArmGroupShape-owner")}
    assert broken(told) == broken(whole(store))


@st.composite
def odd_record(draw: st.DrawFn) -> Record:
    """A record of which some values break a shape."""
    one = draw(record())
    protocol = one["protocolSection"]
    for place in protocol["contactsLocationsModule"]["locations"]:
        place["geoPoint"] = {"lat": draw(st.sampled_from([IN_RANGE, OUT_OF_RANGE])), "lon": 2}
    for paper in protocol["referencesModule"]["references"]:
        paper["pmid"] = draw(st.sampled_from([paper["pmid"], "none"]))
    ages = draw(st.sampled_from([("2 Years", "9 Years"), ("9 Years", "2 Years")]))
    protocol["eligibilityModule"] = dict(zip(("minimumAge", "maximumAge"), ages, strict=True))
    return one


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.lists(odd_record(), min_size=1, max_size=3),
            st.lists(st.sampled_from(IDS), max_size=1),
        ),
        min_size=2,
        max_size=3,
    )
)
def test_no_result_is_missed_and_none_is_made_up(parts: list[tuple[list[Record], Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        (first, _), *days = parts
        kg.build([write(Path(folder) / "first.jsonl", first)], store)
        before = set(whole(store).results)
        for day, gone in days:
            told = kg.update([write(Path(folder) / "day.jsonl", day)], store, remove=gone)
            report = whole(store)
            nodes = borne_on(store, told.number)
            among = [one for one in report.results if one.focus_node in nodes]
            graph: Store = open_build(current(store))
            assert judge_change(graph, *lines(store, told.number), BASE) == make_report(among)
            assert told.violations == sum(one.severity == "Violation" for one in among)
            assert told.conforms is (told.violations == 0)
            new: set[Violation] = set(report.results) - before
            assert new <= set(among)
            before = set(report.results)
