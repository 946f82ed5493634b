"""The registry's older XML (`<clinical_study>`), as it was served until 2024.

Nothing is fetched and nothing is expanded: a document type declaration, the only way to an
entity, is refused. What is left out of the record, and why, stands in the coverage table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from kg.errors import RecordError
from kg.model.trial import (
    ArmGroup,
    AvailIpd,
    Design,
    Document,
    Eligibility,
    Identifier,
    Intervention,
    IpdSharing,
    Link,
    Location,
    MeshTerm,
    Official,
    Organization,
    Outcome,
    Oversight,
    PartialDate,
    Reference,
    ResponsibleParty,
    Status,
    Trial,
)
from kg.parse import codes, xml_values
from kg.parse.criteria import split
from kg.parse.dates import partial_date
from kg.parse.legacy_results import results
from kg.parse.references import doi
from kg.parse.study_values import once
from kg.parse.text import clean, paragraphs
from kg.parse.xml_values import Block

_NCT_ID = re.compile(r"NCT\d{8}", re.ASCII)
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_NO_LIMIT = frozenset({"n/a", "na", "none", "no limit"})
_EXPANDED_ACCESS = ("INDIVIDUAL", "INTERMEDIATE", "TREATMENT")


def parse_xml(content: bytes, where: str) -> Trial:
    """The trial a legacy XML record tells of.

    >>> parse_xml(b"<clinical_study><id_info><nct_id>NCT99000001</nct_id></id_info>"
    ...           b"<phase>Phase 1/Phase 2</phase></clinical_study>", "a.xml").phases
    ('PHASE1', 'PHASE2')
    """
    return _Study(xml_values.study(content, where), where).trial()


class _Study:
    """One `<clinical_study>` while it is read."""

    def __init__(self, root: Element, where: str) -> None:
        self.root = Block(root)
        self.nct_id = where
        self.nct_id = self._nct_id()

    def _nct_id(self) -> str:
        found = self.text("id_info/nct_id")
        if found is None or not _NCT_ID.fullmatch(found):
            shown = "none" if found is None else repr(found[:80])
            raise self._error("id_info/nct_id", shown, "an NCT id such as NCT01234567")
        return found

    def _error(self, path: str, found: str, expected: str) -> RecordError:
        return RecordError(self.nct_id, f"/clinical_study/{path}", found, expected)

    def text(self, path: str) -> str | None:
        """A one-line value."""
        return clean(self.root.findtext(path))

    def prose(self, path: str) -> str | None:
        """Long text."""
        return paragraphs(self.root.findtext(path))

    def texts(self, path: str) -> tuple[str, ...]:
        """Every value of a repeated element, in order."""
        return xml_values.texts(self.root, path)

    def code(self, path: str, scheme: str) -> str | None:
        return codes.code(scheme, self.text(path))

    def yes(self, path: str) -> bool | None:
        return codes.yes_no(self.text(path))

    def number(self, path: str) -> int | None:
        found = self.text(path)
        if found is None:
            return None
        if not _NUMBER.fullmatch(found):
            raise self._error(path, repr(found[:80]), "a number")
        return int(found)

    def date(self, *paths: str) -> PartialDate | None:
        """The date of the first of these elements that is there: names changed in 2017."""
        for path in paths:
            element = self.root.find(path)
            if element is not None and element.text:
                return partial_date(
                    clean(element.text),
                    element.get("type"),
                    record=self.nct_id,
                    place=f"/clinical_study/{path}",
                )
        return None

    def trial(self) -> Trial:
        reported = self.root.find("clinical_results")
        locations = once(self._locations())
        mentioned = (place.country for place in locations if place.country)
        return Trial(
            nct_id=self.nct_id,
            brief_title=self.text("brief_title"),
            official_title=self.text("official_title"),
            acronym=self.text("acronym"),
            brief_summary=self.prose("brief_summary/textblock"),
            detailed_description=self.prose("detailed_description/textblock"),
            organization=_organization(self.text("source"), None),
            identifiers=self._identifiers(),
            status=self._status(),
            design=self._design(),
            eligibility=self._eligibility(),
            oversight=Oversight(
                has_dmc=self.yes("oversight_info/has_dmc"),
                is_fda_regulated_drug=self.yes("oversight_info/is_fda_regulated_drug"),
                is_fda_regulated_device=self.yes("oversight_info/is_fda_regulated_device"),
                is_unapproved_device=self.yes("oversight_info/is_unapproved_device"),
                is_ppsd=self.yes("oversight_info/is_ppsd"),
                is_us_export=self.yes("oversight_info/is_us_export"),
            ),
            ipd_sharing=IpdSharing(
                sharing=self.code("patient_data/sharing_ipd", "ipd-sharing"),
                description=self.prose("patient_data/ipd_description"),
                info_types=tuple(
                    codes.code("ipd-info-type", one) or one
                    for one in self.texts("patient_data/ipd_info_type")
                ),
                time_frame=self.prose("patient_data/ipd_time_frame"),
                access_criteria=self.prose("patient_data/ipd_access_criteria"),
                url=self.text("patient_data/ipd_url"),
            ),
            lead_sponsor=next(self._agencies("sponsors/lead_sponsor"), None),
            collaborators=once(self._agencies("sponsors/collaborator")),
            responsible_party=self._responsible_party(),
            officials=once(_officials(self.root, "overall_official")),
            conditions=self.texts("condition"),
            keywords=self.texts("keyword"),
            arm_groups=once(self._arm_groups()),
            interventions=once(self._interventions()),
            outcomes=once(self._outcomes()),
            locations=locations,
            countries=once((*mentioned, *self.texts("location_countries/country"))),
            removed_countries=self.texts("removed_countries/country"),
            references=once(
                (
                    *self._references("reference", None),
                    *self._references("results_reference", "RESULT"),
                )
            ),
            links=once(self._links()),
            avail_ipds=once(
                AvailIpd(
                    type=xml_values.text(one, "doc_type"),
                    id=xml_values.text(one, "doc_id"),
                    url=xml_values.text(one, "doc_url"),
                    comment=xml_values.prose(one, "doc_comment"),
                )
                for one in self.root.iterfind("study_docs/study_doc")
            ),
            documents=once(self._documents()),
            condition_mesh=self._mesh("condition_browse"),
            intervention_mesh=self._mesh("intervention_browse"),
            has_results=reported is not None,
            results=None if reported is None else results(reported),
        )

    def _identifiers(self) -> tuple[Identifier, ...]:
        sources = {
            "org_study_id": "ORG_STUDY_ID",
            "secondary_id": "SECONDARY_ID",
            "nct_alias": "NCT_ID_ALIAS",
        }
        return tuple(
            Identifier(one, source)
            for tag, source in sources.items()
            for one in self.texts(f"id_info/{tag}")
        )

    def _status(self) -> Status:
        return Status(
            overall_status=self.code("overall_status", "overall-status"),
            last_known_status=self.code("last_known_status", "overall-status"),
            why_stopped=self.text("why_stopped"),
            has_expanded_access=self.yes("has_expanded_access"),
            status_verified_date=self.date("verification_date"),
            start_date=self.date("start_date"),
            primary_completion_date=self.date("primary_completion_date"),
            completion_date=self.date("completion_date"),
            study_first_submit_date=self.date("study_first_submitted", "firstreceived_date"),
            study_first_submit_qc_date=self.date("study_first_submitted_qc"),
            study_first_post_date=self.date("study_first_posted"),
            results_first_submit_date=self.date(
                "results_first_submitted", "firstreceived_results_date"
            ),
            results_first_submit_qc_date=self.date("results_first_submitted_qc"),
            results_first_post_date=self.date("results_first_posted"),
            disp_first_submit_date=self.date(
                "disposition_first_submitted", "firstreceived_results_disposition_date"
            ),
            disp_first_submit_qc_date=self.date("disposition_first_submitted_qc"),
            disp_first_post_date=self.date("disposition_first_posted"),
            last_update_submit_date=self.date("last_update_submitted", "lastchanged_date"),
            last_update_post_date=self.date("last_update_posted"),
        )

    def _design(self) -> Design:
        info = "study_design_info/"
        kind = self.text("study_type")
        masking, who_masked = codes.masking(self.text(info + "masking"))
        enrollment, count = self.root.find("enrollment"), self.number("enrollment")
        return Design(
            study_type=codes.code("study-type", kind),
            phases=codes.codes("phase", self.text("phase")),
            patient_registry=True if kind and "patient registry" in kind.lower() else None,
            target_duration=self.text("target_duration"),
            allocation=self.code(info + "allocation", "allocation"),
            intervention_model=self.code(info + "intervention_model", "intervention-model"),
            intervention_model_description=self.prose(info + "intervention_model_description"),
            primary_purpose=self.code(info + "primary_purpose", "primary-purpose"),
            observational_models=codes.codes(
                "observational-model", self.text(info + "observational_model")
            ),
            time_perspectives=codes.codes("time-perspective", self.text(info + "time_perspective")),
            masking=masking,
            masking_description=self.prose(info + "masking_description"),
            who_masked=who_masked,
            biospec_retention=self.code("biospec_retention", "biospec-retention"),
            biospec_description=self.prose("biospec_descr/textblock"),
            enrollment_count=None if count == codes.UNKNOWN_ENROLLMENT else count,
            enrollment_type=None
            if enrollment is None
            else codes.code("date-type", enrollment.get("type")),
            expanded_access_types=tuple(
                kind
                for kind in _EXPANDED_ACCESS
                if self.yes(f"expanded_access_info/expanded_access_type_{kind.lower()}")
            ),
            number_of_arms=self.number(
                "number_of_arms" if self.text("number_of_arms") else "number_of_groups"
            ),
        )

    def _eligibility(self) -> Eligibility:
        criteria = self.prose("eligibility/criteria/textblock")
        inclusion, exclusion = split(criteria)
        volunteers = self.text("eligibility/healthy_volunteers")
        accepts = volunteers is not None and volunteers.startswith("Accepts")
        return Eligibility(
            criteria=criteria,
            inclusion=inclusion,
            exclusion=exclusion,
            healthy_volunteers=True if accepts else codes.yes_no(volunteers),
            sex=self.code("eligibility/gender", "sex"),
            gender_based=self.yes("eligibility/gender_based"),
            gender_description=self.prose("eligibility/gender_description"),
            minimum_age=_age(self.text("eligibility/minimum_age")),
            maximum_age=_age(self.text("eligibility/maximum_age")),
            study_population=self.prose("eligibility/study_pop/textblock"),
            sampling_method=self.code("eligibility/sampling_method", "sampling-method"),
        )

    def _agencies(self, path: str) -> Iterator[Organization]:
        for one in self.root.iterfind(path):
            found = _organization(
                xml_values.text(one, "agency"), xml_values.text(one, "agency_class")
            )
            if found is not None:
                yield found

    def _responsible_party(self) -> ResponsibleParty | None:
        party = ResponsibleParty(
            type=self.code("responsible_party/responsible_party_type", "responsible-party-type"),
            investigator_full_name=self.text("responsible_party/investigator_full_name"),
            investigator_title=self.text("responsible_party/investigator_title"),
            investigator_affiliation=self.text("responsible_party/investigator_affiliation"),
            old_name_title=self.text("responsible_party/name_title"),
            old_organization=self.text("responsible_party/organization"),
        )
        return None if party == ResponsibleParty() else party

    def _arm_groups(self) -> Iterator[ArmGroup]:
        for one in self.root.iterfind("arm_group"):
            if label := xml_values.text(one, "arm_group_label"):
                kind = codes.code("arm-group-type", xml_values.text(one, "arm_group_type"))
                yield ArmGroup(label, kind, xml_values.prose(one, "description"))

    def _interventions(self) -> Iterator[Intervention]:
        for one in self.root.iterfind("intervention"):
            if name := xml_values.text(one, "intervention_name"):
                yield Intervention(
                    name=name,
                    type=codes.code("intervention-type", xml_values.text(one, "intervention_type")),
                    description=xml_values.prose(one, "description"),
                    other_names=xml_values.texts(one, "other_name"),
                    arm_group_labels=xml_values.texts(one, "arm_group_label"),
                )

    def _outcomes(self) -> Iterator[Outcome]:
        for kind in ("PRIMARY", "SECONDARY", "OTHER"):
            for one in self.root.iterfind(f"{kind.lower()}_outcome"):
                if measure := xml_values.text(one, "measure"):
                    description = xml_values.prose(one, "description")
                    yield Outcome(kind, measure, xml_values.text(one, "time_frame"), description)

    def _locations(self) -> Iterator[Location]:
        tags = ("name", "status", "city", "state", "zip", "country")
        for one in self.root.iterfind("location"):
            said = {part.tag: clean(part.text) for part in one.iter(*tags)}
            yield Location(
                facility=said.get("name"),
                status=codes.code("overall-status", said.get("status")),
                city=said.get("city"),
                state=said.get("state"),
                zip=said.get("zip"),
                country=said.get("country"),
                investigators=once(_officials(one, "investigator")),
            )

    def _references(self, tag: str, kind: str | None) -> Iterator[Reference]:
        for one in self.root.iterfind(tag):
            citation = xml_values.text(one, "citation")
            pmid = xml_values.text(one, "PMID")
            if citation or pmid:
                yield Reference(citation, pmid, doi(citation), kind)

    def _links(self) -> Iterator[Link]:
        for one in self.root.iterfind("link"):
            if url := xml_values.text(one, "url"):
                yield Link(url, xml_values.text(one, "description"))

    def _documents(self) -> Iterator[Document]:
        path = "provided_document_section/provided_document"
        for one in self.root.iterfind(path):
            url = xml_values.text(one, "document_url")
            date = xml_values.text(one, "document_date")
            yield Document(
                label=xml_values.text(one, "document_type") or url or "document",
                date=partial_date(
                    date, record=self.nct_id, place=f"/clinical_study/{path}/document_date"
                ),
                has_protocol=codes.yes_no(xml_values.text(one, "document_has_protocol")),
                has_sap=codes.yes_no(xml_values.text(one, "document_has_sap")),
                has_icf=codes.yes_no(xml_values.text(one, "document_has_icf")),
                filename=url.rpartition("/")[2] or None if url else None,
                url=url,
            )

    def _mesh(self, tag: str) -> tuple[MeshTerm, ...]:
        return tuple(MeshTerm(term) for term in self.texts(f"{tag}/mesh_term"))


def _organization(name: str | None, kind: str | None) -> Organization | None:
    return Organization(name, codes.code("organization-class", kind)) if name else None


def _officials(element: Element | Block, tag: str) -> Iterator[Official]:
    """People by name; the name's parts, where the record parts it, joined as the registry does."""
    for one in element.iterfind(tag):
        names = [xml_values.text(one, part) for part in ("first_name", "middle_name", "last_name")]
        name = clean(" ".join(part for part in names if part))
        if name:
            degrees = xml_values.text(one, "degrees")
            role = codes.code("official-role", xml_values.text(one, "role"))
            affiliation = xml_values.text(one, "affiliation")
            yield Official(f"{name}, {degrees}" if degrees else name, role, affiliation)


def _age(text: str | None) -> str | None:
    """An age; None for "N/A", which says that there is no limit."""
    return None if text is None or text.casefold() in _NO_LIMIT else text
