"""A made-up study in the registry's older XML."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

Json = dict[str, Any]

_DATES = {
    "studyFirstSubmitDate": "study_first_submitted",
    "studyFirstSubmitQcDate": "study_first_submitted_qc",
    "lastUpdateSubmitDate": "last_update_submitted",
}
_DATE_STRUCTS = {
    "startDateStruct": "start_date",
    "primaryCompletionDateStruct": "primary_completion_date",
    "completionDateStruct": "completion_date",
    "studyFirstPostDateStruct": "study_first_posted",
    "lastUpdatePostDateStruct": "last_update_posted",
}
_MASKINGS = {"NONE": "None (Open Label)"}
_MODELS = {
    "PARALLEL": "Parallel Assignment",
    "SINGLE_GROUP": "Single Group Assignment",
    "CROSSOVER": "Crossover Assignment",
    "FACTORIAL": "Factorial Assignment",
    "SEQUENTIAL": "Sequential Assignment",
}
_STATUSES = {
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "UNKNOWN": "Unknown status",
    "ENROLLING_BY_INVITATION": "Enrolling by invitation",
    "NOT_YET_RECRUITING": "Not yet recruiting",
}


def legacy_xml(study: Json) -> bytes:
    """The same study as XML; the older format has no MeSH ids and no positions of places."""
    lines = "\n".join(_study(study))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{lines}\n'.encode()


def _element(tag: str, value: object, indent: str = "  ", **attributes: str) -> Iterator[str]:
    """One line, where there is something to say."""
    if value is not None and value != "":
        marks = "".join(f' {name}="{text}"' for name, text in attributes.items())
        yield f"{indent}<{tag}{marks}>{escape(str(value))}</{tag}>"


def _block(tag: str, text: str | None) -> Iterator[str]:
    if text:
        yield f"  <{tag}>\n    <textblock>\n{escape(text)}\n    </textblock>\n  </{tag}>"


def _inside(tag: str, *parts: Iterator[str]) -> Iterator[str]:
    """An element of elements, left out where it would be empty."""
    lines = [line for part in parts for line in part]
    if lines:
        yield f"  <{tag}>"
        yield from lines
        yield f"  </{tag}>"


def _words(code: str | None) -> str | None:
    """A code as words.

    >>> _words("ACTIVE_COMPARATOR"), _words("N/A")
    ('Active Comparator', 'N/A')
    """
    return code.replace("_", " ").title() if code and code != "NA" else code and "N/A"


def _date(text: str) -> str:
    """A date as the older format writes it.

    >>> _date("2020-03-09"), _date("2020-03")
    ('March 9, 2020', 'March 2020')
    """
    year, month, *day = map(int, text.split("-"))
    name = date(2000, month, 1).strftime("%B")
    return f"{name} {day[0]}, {year}" if day else f"{name} {year}"


def _yes(value: bool | None) -> str | None:
    return None if value is None else ("Yes" if value else "No")


def _study(study: Json) -> Iterator[str]:
    protocol = study["protocolSection"]
    identity = protocol["identificationModule"]
    status = protocol["statusModule"]
    yield '<clinical_study rank="1">'
    yield from _inside(
        "id_info",
        _element("org_study_id", identity["orgStudyIdInfo"]["id"]),
        *(_element("secondary_id", one["id"]) for one in identity.get("secondaryIdInfos", ())),
        _element("nct_id", identity["nctId"]),
    )
    yield from _element("brief_title", identity["briefTitle"])
    yield from _element("acronym", identity.get("acronym"))
    yield from _element("official_title", identity.get("officialTitle"))
    yield from _sponsors(protocol["sponsorCollaboratorsModule"])
    yield from _element("source", identity["organization"]["fullName"])
    oversight = protocol.get("oversightModule", {})
    yield from _inside(
        "oversight_info",
        _element("has_dmc", _yes(oversight.get("oversightHasDmc"))),
        _element("is_fda_regulated_drug", _yes(oversight.get("isFdaRegulatedDrug"))),
        _element("is_fda_regulated_device", _yes(oversight.get("isFdaRegulatedDevice"))),
    )
    description = protocol["descriptionModule"]
    yield from _block("brief_summary", description.get("briefSummary"))
    yield from _block("detailed_description", description.get("detailedDescription"))
    yield from _status(status)
    yield from _design(protocol["designModule"])
    yield from _outcomes(protocol["outcomesModule"] if "outcomesModule" in protocol else {})
    given = protocol["designModule"].get("enrollmentInfo", {})
    kind = {"type": given["type"].title()} if given.get("type") else {}
    yield from _element("enrollment", given.get("count"), **kind)
    conditions = protocol["conditionsModule"]
    for condition in conditions.get("conditions", ()):
        yield from _element("condition", condition)
    yield from _arms(protocol.get("armsInterventionsModule", {}))
    yield from _eligibility(protocol["eligibilityModule"])
    contacts = protocol.get("contactsLocationsModule", {})
    for one in contacts.get("overallOfficials", ()):
        yield from _person("overall_official", one)
    yield from _locations(contacts.get("locations", ()))
    yield from _references(protocol.get("referencesModule", {}))
    sharing = protocol.get("ipdSharingStatementModule", {})
    yield from _dates(status)
    for keyword in conditions.get("keywords", ()):
        yield from _element("keyword", keyword)
    for tag, name in (
        ("condition_browse", "conditionBrowseModule"),
        ("intervention_browse", "interventionBrowseModule"),
    ):
        found = study["derivedSection"].get(name, {}).get("meshes", ())
        yield from _inside(tag, *(_element("mesh_term", one["term"]) for one in found))
    yield from _inside(
        "patient_data",
        _element("sharing_ipd", _words(sharing.get("ipdSharing"))),
        _element("ipd_description", sharing.get("description")),
    )
    if "resultsSection" in study:
        yield from _results(study["resultsSection"])
    yield "</clinical_study>"


def _sponsors(given: Json) -> Iterator[str]:
    def agency(tag: str, one: Json) -> Iterator[str]:
        yield from _inside(
            tag,
            _element("agency", one["name"]),
            _element("agency_class", "Industry" if one["class"] == "INDUSTRY" else one["class"]),
        )

    helpers = (agency("collaborator", one) for one in given.get("collaborators", ()))
    yield from _inside("sponsors", agency("lead_sponsor", given["leadSponsor"]), *helpers)


def _status(status: Json) -> Iterator[str]:
    code = status["overallStatus"]
    yield from _element("overall_status", _STATUSES.get(code) or _words(code))
    yield from _element("last_known_status", _words(status.get("lastKnownStatus")))
    yield from _element("why_stopped", status.get("whyStopped"))
    for name in ("startDateStruct", "completionDateStruct", "primaryCompletionDateStruct"):
        yield from _struct(status, name)


def _dates(status: Json) -> Iterator[str]:
    yield from _element("verification_date", _date(status["statusVerifiedDate"]))
    for name, tag in _DATES.items():
        yield from _element(tag, _date(status[name]))
    for name in ("studyFirstPostDateStruct", "lastUpdatePostDateStruct"):
        yield from _struct(status, name)


def _struct(status: Json, name: str) -> Iterator[str]:
    if found := status.get(name):
        kind = "Actual" if found["type"] == "ACTUAL" else "Anticipated"
        yield from _element(_DATE_STRUCTS[name], _date(found["date"]), type=kind)


def _design(design: Json) -> Iterator[str]:
    phases = [
        "N/A" if one == "NA" else one.replace("_PHASE", " Phase ").replace("PHASE", "Phase ")
        for one in design.get("phases", ())
    ]
    yield from _element("phase", "/".join(one.replace("EARLY", "Early") for one in phases))
    registry = " [Patient Registry]" if design.get("patientRegistry") else ""
    yield from _element("study_type", f"{_words(design['studyType'])}{registry}")
    yield from _element("has_expanded_access", "No")
    info = design.get("designInfo", {})
    blind = info.get("maskingInfo", {})
    masking, who = blind.get("masking"), blind.get("whoMasked", ())
    people = ", ".join(_words(one) or "" for one in who)
    shown = _MASKINGS.get(masking) or (masking and _words(masking) + f" ({people})" * bool(people))
    yield from _inside(
        "study_design_info",
        _element("allocation", _words(info.get("allocation"))),
        _element("intervention_model", _MODELS.get(info.get("interventionModel", ""))),
        _element("primary_purpose", _words(info.get("primaryPurpose"))),
        _element("observational_model", _words(info.get("observationalModel"))),
        _element("time_perspective", _words(info.get("timePerspective"))),
        _element("masking", shown),
    )


def _outcomes(given: Json) -> Iterator[str]:
    for kind in ("primary", "secondary", "other"):
        for one in given.get(f"{kind}Outcomes", ()):
            yield from _inside(
                f"{kind}_outcome",
                _element("measure", one["measure"]),
                _element("time_frame", one.get("timeFrame")),
                _element("description", one.get("description")),
            )


def _arms(given: Json) -> Iterator[str]:
    for one in given.get("armGroups", ()):
        yield from _inside(
            "arm_group",
            _element("arm_group_label", one["label"]),
            _element("arm_group_type", _words(one.get("type"))),
            _element("description", one.get("description")),
        )
    for one in given.get("interventions", ()):
        yield from _inside(
            "intervention",
            _element("intervention_type", _words(one["type"])),
            _element("intervention_name", one["name"]),
            _element("description", one.get("description")),
            *(_element("arm_group_label", label) for label in one.get("armGroupLabels", ())),
            *(_element("other_name", name) for name in one.get("otherNames", ())),
        )


def _eligibility(given: Json) -> Iterator[str]:
    healthy = {True: "Accepts Healthy Volunteers", False: "No"}.get(given.get("healthyVolunteers"))
    yield from _inside(
        "eligibility",
        _block("study_pop", given.get("studyPopulation")),
        _element("sampling_method", _words(given.get("samplingMethod"))),
        _block("criteria", given.get("eligibilityCriteria")),
        _element("gender", _words(given.get("sex"))),
        _element("minimum_age", given.get("minimumAge") or "N/A"),
        _element("maximum_age", given.get("maximumAge") or "N/A"),
        _element("healthy_volunteers", healthy),
    )


def _person(tag: str, one: Json) -> Iterator[str]:
    yield from _inside(
        tag,
        _element("last_name", one["name"]),
        _element("role", _words(one.get("role"))),
        _element("affiliation", one.get("affiliation")),
    )


def _locations(given: list[Json]) -> Iterator[str]:
    for one in given:
        address = _inside(
            "address",
            _element("city", one["city"]),
            _element("state", one.get("state")),
            _element("zip", one.get("zip")),
            _element("country", one["country"]),
        )
        yield from _inside(
            "location",
            _inside("facility", _element("name", one.get("facility")), address),
            _element("status", _words(one.get("status"))),
            *(_person("investigator", person) for person in one.get("contacts", ())),
        )
    countries = dict.fromkeys(one["country"] for one in given)
    yield from _inside("location_countries", *(_element("country", name) for name in countries))


def _references(given: Json) -> Iterator[str]:
    for one in given.get("seeAlsoLinks", ()):
        yield from _inside(
            "link", _element("url", one["url"]), _element("description", one["label"])
        )
    found = given.get("references", ())
    for tag in ("reference", "results_reference"):
        for one in found:
            if (one.get("type") == "RESULT") == (tag == "results_reference"):
                yield from _inside(
                    tag,
                    _element("citation", one["citation"]),
                    _element("PMID", one.get("pmid")),
                )


def _results(section: Json) -> Iterator[str]:
    yield "  <clinical_results>"
    measures = (
        _inside(
            "outcome",
            _element("type", _words(one["type"])),
            _element("title", one["title"]),
            _element("description", one["description"]),
            _element("time_frame", one["timeFrame"]),
            _element("population", one["populationDescription"]),
            _inside(
                "measure",
                _element("title", one["title"]),
                _element("units", one["unitOfMeasure"]),
                _element("param", _words(one["paramType"])),
            ),
        )
        for one in section["outcomeMeasuresModule"]["outcomeMeasures"]
    )
    yield from _inside("outcome_list", *measures)
    events = section["adverseEventsModule"]
    yield from _inside(
        "reported_events",
        _element("time_frame", events["timeFrame"]),
        _element("desc", events["description"]),
        _events("serious_events", events["seriousEvents"]),
        _events("other_events", events["otherEvents"]),
    )
    limits = section["moreInfoModule"]["limitationsAndCaveats"]["description"]
    yield from _element("limitations_and_caveats", limits)
    yield "  </clinical_results>"


def _events(tag: str, events: list[Json]) -> Iterator[str]:
    by_system: dict[str, list[Json]] = {}
    for one in events:
        by_system.setdefault(one["organSystem"], []).append(one)
    categories = (
        _inside(
            "category",
            _element("title", system),
            _inside(
                "event_list",
                *(
                    _inside(
                        "event",
                        _element("sub_title", one["term"], vocab=one["sourceVocabulary"]),
                        _element("assessment", "Systematic Assessment"),
                    )
                    for one in found
                ),
            ),
        )
        for system, found in by_system.items()
    )
    yield from _inside(tag, _inside("category_list", *categories))
