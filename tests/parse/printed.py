"""Prints a study of API v2 as a text page of the known layout, to read it back."""

from __future__ import annotations

from typing import Any

Study = dict[str, Any]


def page(study: Study) -> str:
    """The page of a study."""
    protocol = study["protocolSection"]

    def module(name: str) -> Study:
        found: Study = protocol.get(f"{name}Module", {})
        return found

    ids, status, design = module("identification"), module("status"), module("design")
    info, who = design.get("designInfo", {}), module("sponsorCollaborators")
    arms, eligibility = module("armsInterventions"), module("eligibility")
    contacts = module("contactsLocations")
    party = who.get("responsibleParty", {})
    masking = info.get("maskingInfo", {})
    interventions = arms.get("interventions", [])
    sections = [
        [ids["briefTitle"], f"NCT ID: {ids['nctId']}"],
        ["Study Results", "Results available" if study["hasResults"] else "Results pending"],
        [
            "Basic Information",
            "Get a view of the study.",
            *_labelled("Recruitment Status", status.get("overallStatus")),
            *_labelled("Clinical Phase", "/".join(design.get("phases", []))),
            *_labelled("Total Enrollment", _participants(design)),
            *_labelled("Study Classification", design.get("studyType")),
            *_labelled("Study Start Date", _date(status, "start")),
            *_labelled("Study Completion Date", _date(status, "completion")),
        ],
        _text("Brief Summary", "Review the", module("description").get("briefSummary")),
        _text(
            "Detailed Description", "Dive into", module("description").get("detailedDescription")
        ),
        ["Conditions", "See the conditions.", *module("conditions").get("conditions", [])],
        ["Keywords", "Explore study keywords.", *module("conditions").get("keywords", [])],
        [
            "Study Design",
            "Understand how the trial is built.",
            *_labelled("Allocation Method", info.get("allocation")),
            *_labelled("Intervention Model", info.get("interventionModel")),
            *_labelled("Observational Model Type", info.get("observationalModel")),
            *_labelled("Primary Study Purpose", info.get("primaryPurpose")),
            *_labelled("Study Time Perspective", info.get("timePerspective")),
            *_labelled("Blinding Strategy", masking.get("masking")),
            *([" ".join(masking["whoMasked"])] if masking.get("whoMasked") else []),
        ],
        ["Study Groups", "Review each arm.", *_groups(arms)],
        [
            "Interventions",
            "Learn about the drugs.",
            *(
                line
                for one in interventions
                for line in (
                    one["name"],
                    one.get("description"),
                    f"Intervention Type {one['type']}",
                )
            ),
        ],
        [
            "Eligibility Criteria",
            "Check the rules.",
            eligibility.get("eligibilityCriteria"),
            *_labelled("Minimum Eligible Age", eligibility.get("minimumAge")),
            *_labelled("Maximum Eligible Age", eligibility.get("maximumAge")),
            *_labelled("Eligible Sex", eligibility.get("sex")),
            *_labelled(
                "Accepts Healthy Volunteers",
                {True: "Yes", False: "No"}.get(eligibility.get("healthyVolunteers")),
            ),
        ],
        [
            "Sponsors",
            "Meet the sponsors.",
            *_sponsor(who["leadSponsor"], "lead"),
            *(x for one in who.get("collaborators", []) for x in _sponsor(one, "collaborator")),
        ],
        [
            "Responsible Party",
            "Identify the party.",
            party.get("investigatorFullName"),
            party.get("investigatorTitle"),
            party.get("investigatorAffiliation"),
            f"Responsibility Role {party['type']}" if "type" in party else None,
        ],
        [
            "Principal Investigators",
            "Learn about the people.",
            *(
                line
                for one in contacts.get("overallOfficials", [])
                for line in (one["name"], f"Role: {one['role']}", one.get("affiliation"))
            ),
        ],
        [
            "Locations",
            "Explore where the study is.",
            *(x for one in contacts.get("locations", []) for x in _location(one)),
        ],
        [
            "Countries",
            "Review the countries.",
            *dict.fromkeys(one["country"] for one in contacts.get("locations", [])),
        ],
        [
            "References",
            "Explore related publications.",
            *(
                line
                for one in module("references").get("references", [])
                for line in (
                    one["citation"],
                    f"Reference Type {one['type']}"
                    + (f"\nPMID: {one['pmid']} (View on PubMed)" if "pmid" in one else ""),
                )
            ),
        ],
    ]
    kept = [[line for line in section if line] for section in sections]
    printed = [section for section in kept if len(section) > 2 or section[:1] == ["Study Results"]]
    return "\n\n".join(line for section in [kept[0], *printed] for line in section) + "\n"


def _labelled(label: str, value: str | None) -> list[str]:
    return [label, value] if value else []


def _text(heading: str, opening: str, text: str | None) -> list[str]:
    return [heading, f"{opening} study.", text] if text else []


def _participants(design: Study) -> str | None:
    count = design.get("enrollmentInfo", {}).get("count")
    return None if count is None else f"{count} participants"


def _date(status: Study, name: str) -> str | None:
    date: str | None = status.get(f"{name}DateStruct", {}).get("date")
    return date


def _groups(arms: Study) -> list[str | None]:
    lines: list[str | None] = []
    for arm in arms.get("armGroups", []):
        lines += [arm["label"], arm.get("description")]
        lines += [f"Group Type {arm['type']}"] if "type" in arm else []
        for one in arms.get("interventions", []):
            if arm["label"] in one.get("armGroupLabels", []):
                lines += [one["name"], f"Intervention Type {one['type']}", one.get("description")]
    return lines


def _sponsor(one: Study, role: str) -> list[str]:
    return [one["name"], one["class"], f"Sponsor Role {role}"]


def _location(one: Study) -> list[str]:
    place = ", ".join(one[part] for part in ("city", "state", "country") if one.get(part))
    status = f"Site Status {one['status']}" if one.get("status") else "Site Status"
    return [*([one["facility"]] if one.get("facility") else []), place, status]
