"""Legacy XML: older wordings, personal data left out, and documents that mean harm."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path
from time import process_time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.errors import RecordError
from kg.model.trial import (
    AdverseEvent,
    AvailIpd,
    Document,
    Identifier,
    Location,
    MeshTerm,
    Official,
    OutcomeMeasure,
    PartialDate,
    Reference,
    ResponsibleParty,
    Trial,
)
from kg.parse.legacy_xml import parse_xml

SAME = Path(__file__).parents[1] / "data" / "same-trial" / "legacy.xml"


def study(inside: str) -> Trial:
    ids = "<id_info><nct_id>NCT99000001</nct_id></id_info>"
    return parse_xml(f"<clinical_study>{ids}{inside}</clinical_study>".encode(), "a.xml")


def rejected(content: bytes) -> RecordError:
    with pytest.raises(RecordError) as error:
        parse_xml(content, "a.xml")
    return error.value


def test_every_real_record_is_read(records: Path) -> None:
    with zipfile.ZipFile(records / "ctgov-legacy-xml.zip") as archive:
        names = archive.namelist()
        start = process_time()
        trials = [parse_xml(archive.read(name), name) for name in names]
    assert process_time() - start < 60
    assert len({trial.nct_id for trial in trials}) == len(trials) == 5701
    assert all(trial.brief_title and trial.lead_sponsor for trial in trials)
    assert sum(len(trial.locations) for trial in trials) == 63898
    assert sum(trial.has_results is True for trial in trials) == 393
    assert sum(bool(trial.results and trial.results.outcome_measures) for trial in trials) == 393


def test_reduced_records_are_read(records: Path) -> None:
    files = sorted((records / "tusamitamab").glob("*.xml"))
    assert [parse_xml(file.read_bytes(), file.name).nct_id for file in files] == [
        file.stem for file in files
    ]
    assert len(files) == 4


def test_hard_wrapped_text_becomes_one_line_for_each_paragraph() -> None:
    trial = study(
        "<brief_summary><textblock>\n      One &lt;\n      two.&#xD;\n&#xD;\n"
        "          -  three\n             four\n    </textblock></brief_summary>"
    )
    assert trial.brief_summary == "One < two.\n* three four"


@pytest.mark.parametrize(
    ("words", "masking", "who"),
    [
        ("None (Open Label)", "NONE", ()),
        ("Double-Blind", "DOUBLE", ()),
        ("Single (Outcomes Assessor)", "SINGLE", ("OUTCOMES_ASSESSOR",)),
        ("Participant, Investigator", None, ("PARTICIPANT", "INVESTIGATOR")),
    ],
)
def test_masking_and_who_is_masked_come_apart(words: str, masking: str, who: object) -> None:
    design = study(f"<study_design_info><masking>{words}</masking></study_design_info>").design
    assert (design.masking, design.who_masked) == (masking, who)


def test_wordings_become_codes() -> None:
    trial = study(
        "<overall_status>Active, not recruiting</overall_status><phase>Phase 1/Phase 2</phase>"
        "<study_type>Observational [Patient Registry]</study_type>"
        "<sponsors><lead_sponsor><agency>A</agency><agency_class>U.S. Fed</agency_class>"
        "</lead_sponsor></sponsors>"
    )
    assert trial.status.overall_status == "ACTIVE_NOT_RECRUITING"
    assert trial.phases == ("PHASE1", "PHASE2")
    assert (trial.design.study_type, trial.design.patient_registry) == ("OBSERVATIONAL", True)
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.org_class == "FED"


def test_older_names_of_dates_are_read() -> None:
    status = study(
        "<firstreceived_date>April 5, 2005</firstreceived_date>"
        "<lastchanged_date>May 2017</lastchanged_date>"
        "<start_date type='Anticipated'>2001</start_date>"
    ).status
    assert status.study_first_submit_date == PartialDate("2005-04-05")
    assert status.last_update_submit_date == PartialDate("2017-05")
    assert status.start_date == PartialDate("2001", "ESTIMATED")


def test_references_of_results_are_told_from_the_others() -> None:
    trial = study(
        "<reference><citation>A. doi: 10.1000/X.</citation></reference>"
        "<results_reference><citation>B</citation><PMID>7</PMID></results_reference>"
    )
    assert trial.references == (
        Reference("A. doi: 10.1000/X.", doi="10.1000/x"),
        Reference("B", "7", type="RESULT"),
    )


def test_ids_mesh_terms_documents_and_offers_of_data() -> None:
    trial = study(
        "<id_info><org_study_id>X</org_study_id></id_info>"
        "<condition_browse><mesh_term>Asthma</mesh_term></condition_browse>"
        "<study_docs><study_doc><doc_type>Protocol</doc_type><doc_url>u</doc_url></study_doc>"
        "</study_docs><provided_document_section><provided_document>"
        "<document_type>Consent</document_type><document_has_icf>Yes</document_has_icf>"
        "<document_date>May 1, 2020</document_date><document_url>h/a/ICF_0.pdf</document_url>"
        "</provided_document></provided_document_section>"
    )
    assert trial.identifiers == (Identifier("X", "ORG_STUDY_ID"),)
    assert trial.condition_mesh == (MeshTerm("Asthma"),)
    assert trial.avail_ipds == (AvailIpd("Protocol", None, "u"),)
    assert trial.documents == (
        Document(
            "Consent",
            PartialDate("2020-05-01"),
            has_icf=True,
            filename="ICF_0.pdf",
            url="h/a/ICF_0.pdf",
        ),
    )


def test_people_are_kept_and_contacts_are_not() -> None:
    contact = "<last_name>Secret</last_name><phone>555</phone><email>s@x.org</email>"
    trial = study(
        f"<overall_contact>{contact}</overall_contact><location><facility><name>Clinic</name>"
        "<address><city>Lima</city><country>Peru</country></address></facility>"
        f"<status>Recruiting</status><contact>{contact}</contact>"
        "<investigator><first_name>Jane</first_name><last_name>Doe</last_name>"
        "<degrees>MD</degrees><role>Sub-Investigator</role></investigator></location>"
        "<responsible_party><name_title>Boss</name_title><organization>O</organization>"
        "</responsible_party>"
    )
    assert trial.locations == (
        Location(
            "Clinic",
            "RECRUITING",
            "Lima",
            country="Peru",
            investigators=(Official("Jane Doe, MD", "SUB_INVESTIGATOR"),),
        ),
    )
    assert trial.responsible_party == ResponsibleParty(old_name_title="Boss", old_organization="O")
    assert b"Secret" not in msgspec.json.encode(trial)
    assert b"555" not in msgspec.json.encode(trial)


def test_results_without_their_tables() -> None:
    event = "<event><sub_title vocab='V'>Nausea</sub_title><description>d</description></event>"
    trial = study(
        "<clinical_results><outcome_list><outcome><type>Other Pre-specified</type>"
        "<title>T</title><time_frame>1 year</time_frame><population>All</population>"
        "<measure><units>mg</units><param>Count of Participants</param></measure></outcome>"
        "<outcome><type>Post-Hoc</type><title>U</title></outcome></outcome_list>"
        "<reported_events><serious_events><default_vocab>M</default_vocab>"
        "<default_assessment>Systematic Assessment</default_assessment><category_list>"
        "<category><title>Total</title><event_list><event><sub_title>Total, serious</sub_title>"
        f"</event></event_list></category><category><title>Gut</title><event_list>{event}"
        "<event><sub_title>Pain</sub_title></event></event_list></category></category_list>"
        "</serious_events></reported_events>"
        "<limitations_and_caveats>Few.</limitations_and_caveats></clinical_results>"
    )
    assert trial.has_results
    assert trial.results is not None
    assert trial.results.limitations_and_caveats == "Few."
    first, second = trial.results.outcome_measures
    assert first == OutcomeMeasure(
        "OTHER_PRE_SPECIFIED",
        "T",
        None,
        "1 year",
        "All",
        "POSTED",
        "COUNT_OF_PARTICIPANTS",
        "mg",
    )
    assert (second.type, second.reporting_status) == ("POST_HOC", "NOT_POSTED")
    assert trial.results.adverse_events == (
        AdverseEvent("SERIOUS", "Nausea", "Gut", "V", "SYSTEMATIC_ASSESSMENT", "d"),
        AdverseEvent("SERIOUS", "Pain", "Gut", "M", "SYSTEMATIC_ASSESSMENT"),
    )


def test_what_says_nothing_is_absent() -> None:
    trial = study(
        "<enrollment>99999999</enrollment><acronym> </acronym><eligibility>"
        "<maximum_age>N/A</maximum_age><minimum_age>0 Years</minimum_age></eligibility>"
    )
    assert trial.design.enrollment_count is None
    assert trial.acronym is None
    assert (trial.eligibility.minimum_age, trial.eligibility.maximum_age) == ("0 Years", None)
    assert study("<enrollment>0</enrollment>").design.enrollment_count == 0


LAUGHS = b"""<?xml version="1.0"?><!-- > --><!DOCTYPE lolz [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<clinical_study><brief_title>&c;</brief_title></clinical_study>"""


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + LAUGHS,
        b'<!DOCTYPE clinical_study SYSTEM "file:///etc/passwd"><clinical_study/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://example.org/x">]><clinical_study>&x;</clinical_study>',
        b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a [+ADw-!ENTITY x "y">]><a/>',
    ],
)
def test_a_dtd_is_refused(content: bytes) -> None:
    assert "XML" in rejected(content).expected


def test_the_refusal_of_a_dtd_says_so() -> None:
    assert str(rejected(LAUGHS)) == (
        "a.xml at the prolog: found a DTD (<!DOCTYPE), expected XML without one"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"{}",
        b"<clinical_study>",
        b"<html/>",
        b"<clinical_study/>",
        b"<clinical_study><id_info><nct_id>NCT1</nct_id></id_info></clinical_study>",
        b"<clinical_study>&undefined;</clinical_study>",
        b"<a>" * 100_000,
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<!--" * 100_000,
        b"<?x ?>" * 100_000,
    ],
)
def test_what_is_no_record_is_rejected_in_one_sentence(content: bytes) -> None:
    assert "\n" not in str(rejected(content))


def test_a_bad_value_is_named_with_its_place() -> None:
    with pytest.raises(RecordError, match="NCT99000001 at /clinical_study/enrollment: found 'x'"):
        study("<enrollment>x</enrollment>")
    with pytest.raises(RecordError, match="NCT99000001 at /clinical_study/start_date: found"):
        study("<start_date>soon</start_date>")


@given(st.binary())
def test_any_bytes_are_read_or_rejected(content: bytes) -> None:
    with contextlib.suppress(RecordError):
        parse_xml(content, "a.xml")


@given(st.data())
def test_any_cut_of_a_record_is_rejected(data: st.DataObject) -> None:
    content = SAME.read_bytes().rstrip()
    rejected(content[: data.draw(st.integers(0, len(content) - 1))])


ALLOWED = st.text(st.characters(blacklist_categories=["Cs", "Cc"]))


@given(ALLOWED, ALLOWED)
def test_any_text_of_an_element_is_read(title: str, name: str) -> None:
    root = etree.fromstring(SAME.read_bytes())
    for path, text in (("brief_title", title), ("intervention/intervention_name", name)):
        element = root.find(path)
        assert element is not None
        with contextlib.suppress(ValueError):  # not a character of XML
            element.text = text
    assert parse_xml(etree.tostring(root), "a.xml").nct_id == "NCT03324113"
