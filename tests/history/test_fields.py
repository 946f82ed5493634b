from __future__ import annotations

from kg.history.fields import changes
from kg.model.trial import (
    ArmGroup,
    Intervention,
    Location,
    MeshTerm,
    Organization,
    PartialDate,
    Status,
    Trial,
)


def told(before: Trial, after: Trial) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(c.field, c.before, c.after) for c in changes(before, after)]


def trial(**fields: object) -> Trial:
    return Trial(nct_id="NCT99000001", **fields)  # type: ignore[arg-type]


def test_a_field_that_changes_says_from_what_to_what() -> None:
    before = trial(status=Status(overall_status="RECRUITING", start_date=PartialDate("2026-01")))
    after = trial(
        status=Status(overall_status="COMPLETED", start_date=PartialDate("2026-01-09", "ACTUAL"))
    )
    assert told(before, after) == [
        ("overallStatus", ("RECRUITING",), ("COMPLETED",)),
        ("startDate", ("2026-01",), ("2026-01-09 ACTUAL",)),
    ]


def test_what_came_and_went_stands_alone() -> None:
    sites = [Location(facility=f"Hospital {n}", city="Exampleton") for n in range(50)]
    before, after = trial(locations=tuple(sites)), trial(locations=(*sites[1:],))
    assert told(before, after) == [("locations", ("facility: Hospital 0 · city: Exampleton",), ())]
    assert told(trial(), trial(acronym="ABC")) == [("acronym", (), ("ABC",))]


def test_a_thing_that_keeps_its_name_says_what_changed_in_it() -> None:
    before = trial(
        arm_groups=(ArmGroup("Arm A", "EXPERIMENTAL", "once a day"), ArmGroup("Arm B")),
        interventions=(Intervention("drug X", "DRUG", other_names=("X-1",)),),
    )
    after = trial(
        arm_groups=(ArmGroup("Arm B"), ArmGroup("Arm A", "EXPERIMENTAL", "twice a day")),
        interventions=(Intervention("drug X", "DRUG", other_names=("X-1", "X-2")),),
    )
    assert told(before, after) == [
        ("armGroups[Arm A].description", ("once a day",), ("twice a day",)),
        ("interventions[drug X].otherNames", (), ("X-2",)),
    ]


def test_another_sponsor_is_told_by_name() -> None:
    before = trial(lead_sponsor=Organization("Example Pharma", "INDUSTRY"))
    after = trial(lead_sponsor=Organization("Sample University", "OTHER"))
    assert told(before, after) == [
        (
            "leadSponsor",
            ("Example Pharma · orgClass: INDUSTRY",),
            ("Sample University · orgClass: OTHER",),
        )
    ]


def test_what_the_registry_derives_is_no_change() -> None:
    before = trial(condition_mesh=(MeshTerm("Old Term", "D000001"),), unread=("x: y",))
    assert told(before, trial(condition_mesh=(MeshTerm("New Term", "D000001"),))) == []
    assert told(before, before) == []


def test_the_order_of_things_says_nothing() -> None:
    assert told(trial(keywords=("a", "b", "b")), trial(keywords=("b", "a", "b"))) == []
    assert told(trial(keywords=("a", "b", "b")), trial(keywords=("b", "a"))) == [
        ("keywords", ("b",), ())
    ]
