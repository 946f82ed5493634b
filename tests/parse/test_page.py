"""The text page: every section by itself, sections out of place, hostile pages."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.model.trial import (
    ArmGroup,
    AssertedRelation,
    Document,
    Identifier,
    Link,
    Location,
    Official,
    Organization,
    PartialDate,
    Reference,
    ResponsibleParty,
    Trial,
)
from kg.parse.page import parse_page
from kg.parse.page_sections import OPENINGS

HEAD = "A study\n\nNCT ID: NCT99000001\n\n"
PAGE = Path(__file__).parents[1] / "data" / "page" / "NCT99000101.txt"


def page(*blocks: str) -> Trial:
    return parse_page((HEAD + "\n\n".join(blocks) + "\n").encode(), "a.txt")


@pytest.fixture(scope="module")
def observational() -> Trial:
    return parse_page(PAGE.read_bytes(), PAGE.name)


def test_the_real_page_is_read_whole(records: Path) -> None:
    file = records / "page" / "NCT03324113.txt"
    trial = parse_page(file.read_bytes(), file.name)
    assert trial.unread == ()
    assert (trial.nct_id, trial.has_results, trial.phases) == ("NCT03324113", False, ("PHASE1",))
    assert trial.status.overall_status == "COMPLETED"
    assert trial.status.start_date == PartialDate("2017-10-17")
    assert trial.status.completion_date == PartialDate("2022-12-26")
    assert trial.status.last_update_post_date == PartialDate("2025-08-05")
    assert trial.design.enrollment_count == 34
    assert (trial.design.allocation, trial.design.masking) == ("NA", "NONE")
    assert [arm.label for arm in trial.arm_groups] == ["SAR408701 Monotherapy"]
    names = ["SAR408701", "dexamethasone", "naphazoline", "diphenhydramine"]
    assert [one.name for one in trial.interventions] == names
    assert {one.arm_group_labels for one in trial.interventions} == {("SAR408701 Monotherapy",)}
    assert len(trial.eligibility.inclusion) == 4
    assert len(trial.eligibility.exclusion) == 11
    assert [place.city for place in trial.locations] == ["Nagoya", "Kashiwa-shi", "Sunto-gun"]
    assert trial.countries == ("Japan",)
    assert trial.references[0].pmid == "40413667"
    assert trial.references[0].doi == "10.1007/s10147-025-02784-4"
    assert [one.source for one in trial.identifiers] == [
        "ORG_STUDY_ID",
        "SECONDARY_ID",
        "SECONDARY_ID",
    ]
    assert [one.phases for one in trial.asserted_related] == [
        ("PHASE1", "PHASE2"),
        ("PHASE1",),
        ("PHASE1",),
    ]


def test_headings_inside_free_text_are_text(observational: Trial) -> None:
    assert observational.brief_summary == (
        "Background\nConditions\nConditions such as X are rare.\nReferences\nSee text."
    )
    assert observational.conditions == ("X Disease", "Y Disease")


def test_an_unknown_section_is_kept_by_name(observational: Trial) -> None:
    assert observational.unread == ("Genetic Panel: BRCA1",)
    assert observational.keywords == ("gene, rare", "natural history")


def test_values_that_say_nothing_are_absent(observational: Trial) -> None:
    assert observational.phases == ()
    assert observational.status.last_update_post_date is None
    assert observational.detailed_description is None
    assert observational.eligibility.maximum_age is None


def test_observational_design(observational: Trial) -> None:
    design = observational.design
    assert design.observational_models == ("COHORT",)
    assert design.time_perspectives == ("PROSPECTIVE",)
    assert (design.masking, design.who_masked) == ("DOUBLE", ("PARTICIPANT", "INVESTIGATOR"))
    assert (design.biospec_retention, design.biospec_description) == (
        "SAMPLES_WITH_DNA",
        "Blood and tissue.",
    )
    assert design.enrollment_count == 1200


def test_arms_without_a_type_keep_their_interventions(observational: Trial) -> None:
    assert observational.arm_groups == (
        ArmGroup("Cases", None, "People with X.\n* bullet"),
        ArmGroup("Controls", None, "People without X"),
    )
    given_in = {one.name: one.arm_group_labels for one in observational.interventions}
    assert given_in == {"Drug A": ("Cases",), "Placebo": ("Cases", "Controls")}
    assert observational.interventions[0].description == "10 mg daily\nRoute: oral"


def test_sponsors(observational: Trial) -> None:
    assert observational.lead_sponsor == Organization("Company B", "INDUSTRY")
    assert observational.collaborators == (Organization("Univ A", "OTHER"), Organization("Nobody"))


def test_people(observational: Trial) -> None:
    assert observational.responsible_party == ResponsibleParty(
        "PRINCIPAL_INVESTIGATOR", "Jane Doe", "Professor"
    )
    assert observational.officials == (
        Official("Jane Doe, MD", "PRINCIPAL_INVESTIGATOR", "Univ A"),
        Official("John Roe", "STUDY_CHAIR"),
    )


def test_places_and_their_status_without_contacts(observational: Trial) -> None:
    assert observational.locations == (
        Location("Hospital One", "RECRUITING", "Seoul", country="Korea, Republic of"),
        Location(
            "Hospital Two", "NOT_YET_RECRUITING", "Boston", "Massachusetts", None, "United States"
        ),
        Location(None, None, "Paris", country="France"),
    )
    assert observational.countries == ("United States", "France", "Korea, Republic of")


def test_references_identifiers_and_related_trials(observational: Trial) -> None:
    assert observational.references == (
        Reference("Doe J. One. J. 2020. doi: 10.1000/abc.", "123", "10.1000/abc", "BACKGROUND"),
        Reference("Roe J. Two.", type="DERIVED"),
    )
    assert observational.identifiers == (
        Identifier("ABC", "ORG_STUDY_ID"),
        Identifier("ABC-1", "SECONDARY_ID", "EUDRACT_NUMBER"),
    )
    assert observational.asserted_related == (
        AssertedRelation("NCT99000102", "Some trial", "COMPLETED", ("NA",)),
        AssertedRelation("NCT99000103", "Other trial", "UNKNOWN"),
    )


def test_typed_arms_are_cut_where_descriptions_end() -> None:
    trial = page(
        "Interventions",
        "Drug A\n\n5 mg\n\nIntervention Type DRUG\n\nDrug A\n\n10 mg\n\nIntervention Type DRUG",
        "Study Groups",
        "Low dose\n\nDaily.\n\nGroup Type EXPERIMENTAL\n\nDrug A\n\nIntervention Type DRUG\n\n5 mg",
        "High dose\n\nGroup Type EXPERIMENTAL\n\nDrug A\n\nIntervention Type DRUG\n\n10 mg",
        "Nothing\n\nGroup Type NO_INTERVENTION",
    )
    assert trial.arm_groups == (
        ArmGroup("Low dose", "EXPERIMENTAL", "Daily."),
        ArmGroup("High dose", "EXPERIMENTAL"),
        ArmGroup("Nothing", "NO_INTERVENTION"),
    )
    assert [(one.description, one.arm_group_labels) for one in trial.interventions] == [
        ("5 mg", ("Low dose",)),
        ("10 mg", ("High dose",)),
    ]


def test_arms_without_a_list_of_interventions_still_come_apart() -> None:
    trial = page(
        "Study Groups",
        "Arm 1\n\nFirst.\n\nGroup Type EXPERIMENTAL\n\nDrug A\n\nIntervention Type DRUG",
        "Arm 2\n\nSecond.\n\nGroup Type OTHER\n\nDrug B\n\nIntervention Type DRUG\n\nA tablet.",
    )
    assert [arm.label for arm in trial.arm_groups] == ["Arm 1", "Arm 2"]
    assert [(one.name, one.description) for one in trial.interventions] == [
        ("Drug A", None),
        ("Drug B", "A tablet."),
    ]


def test_an_intervention_before_any_arm_is_kept() -> None:
    trial = page("Study Groups", "Drug A\n\nIntervention Type DRUG\n\nGroup Type OTHER")
    assert trial.arm_groups == ()
    assert [(one.name, one.arm_group_labels) for one in trial.interventions] == [("Drug A", ())]


GROUP_LINES = ["Arm", "A tablet.", "Drug A", "Intervention Type DRUG", "Group Type OTHER", ""]


@given(st.lists(st.sampled_from(GROUP_LINES), max_size=20))
def test_any_order_of_lines_in_the_study_groups_is_read(lines: list[str]) -> None:
    page("Study Groups", *lines)


def test_cohorts_without_interventions_come_apart() -> None:
    trial = page("Study Groups", "Cohort 1\n\nPeople seen early.\n\nCohort 2\n\nPeople seen late.")
    assert [arm.label for arm in trial.arm_groups] == ["Cohort 1", "Cohort 2"]


def test_interventions_without_study_groups() -> None:
    trial = page("Interventions", "Drug A\n\n* 5 mg\n* daily\n\nIntervention Type DRUG")
    assert trial.interventions[0].description == "* 5 mg\n* daily"


def test_a_page_without_instructions_is_read_by_its_headings_alone() -> None:
    trial = page("Brief Summary", "Short.", "Conditions", "Asthma", "Countries", "Japan\nPeru")
    assert (trial.brief_summary, trial.conditions) == ("Short.", ("Asthma",))
    assert trial.countries == ("Japan", "Peru")


def test_an_unknown_label_is_kept_by_name() -> None:
    trial = page("Study Design", "Allocation Method", "RANDOMIZED", "Moon Phase", "FULL")
    assert trial.design.allocation == "RANDOMIZED"
    assert trial.unread == ("Study Design: Moon Phase", "Study Design: FULL")


def test_what_explains_a_code_is_its_description() -> None:
    trial = page("Study Design", "Blinding Strategy", "SINGLE", "Assessor", "Kept by a pharmacist")
    assert trial.design.masking == "SINGLE"
    trial = page("Study Design", "Intervention Model", "PARALLEL", "Two arms side by side")
    assert trial.design.intervention_model_description == "Two arms side by side"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Results pending", False), ("Results not available", False), ("Results available", True)],
)
def test_results_status(words: str, expected: bool) -> None:
    assert page("Study Results", words, "More words.").has_results is expected


def test_links_documents_and_site_investigators() -> None:
    trial = page(
        "Related Links",
        "https://example.org/a\n\nThe sponsor's page",
        "Provided Documents",
        "Document Type: Study Protocol\n\nView Document",
        "Locations",
        "Clinic\n\nLima, Peru\n\nSite Status\n\nJane Doe\n\nRole: SUB_INVESTIGATOR",
    )
    assert trial.links == (Link("https://example.org/a", "The sponsor's page"),)
    assert trial.documents == (Document("Study Protocol"),)
    assert trial.locations[0].investigators == (Official("Jane Doe", "SUB_INVESTIGATOR"),)
    assert trial.countries == ("Peru",)


def test_order_of_sections_does_not_matter() -> None:
    blocks = PAGE.read_text("utf-8").split("\nSponsors\n")
    moved = blocks[1].split("\nResponsible Party\n")
    turned = f"{blocks[0]}\nResponsible Party\n{moved[1]}\n\nSponsors\n{moved[0]}"
    assert parse_page(turned.encode(), "a.txt") == parse_page(PAGE.read_bytes(), "a.txt")


def test_line_ends_and_byte_order_mark_do_not_matter() -> None:
    content = PAGE.read_bytes()
    windows = b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    assert parse_page(windows, "a.txt") == parse_page(content, "a.txt")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "line NCT ID"),
        (b"no id here", "line NCT ID"),
        (b"NCT ID: NCT123", "line NCT ID"),
        (b"\xff\xfe\x00", "byte 0"),
        (f"{HEAD}Basic Information\n\nTotal Enrollment\n\nmany".encode(), "Total Enrollment"),
        (f"{HEAD}Basic Information\n\nStudy Start Date\n\nsoon".encode(), "Study Start Date"),
    ],
)
def test_what_cannot_be_read_is_named(content: bytes, place: str) -> None:
    with pytest.raises(RecordError) as error:
        parse_page(content, "a.txt")
    assert error.value.place == place


@given(st.binary())
def test_any_bytes_are_read_or_rejected(content: bytes) -> None:
    with contextlib.suppress(RecordError):
        parse_page(b"NCT ID: NCT99000001\n" + content, "a.txt")


LINES = [line for line in PAGE.read_text("utf-8").splitlines() if line]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20) | st.just(""), max_size=60))
def test_any_mixture_of_lines_is_read_or_rejected(lines: list[str]) -> None:
    text = HEAD + "\n".join(lines)
    try:
        trial = parse_page(text.encode("utf-8", "surrogatepass"), "a.txt")
    except RecordError:
        return
    assert trial.nct_id.startswith("NCT")


@given(
    st.sampled_from(sorted(OPENINGS)),
    st.lists(st.sampled_from([line for line in LINES if line not in OPENINGS]), max_size=12),
)
def test_any_lines_in_any_section_are_read_or_rejected(heading: str, lines: list[str]) -> None:
    with contextlib.suppress(RecordError):
        page(heading, *lines)
