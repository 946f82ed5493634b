"""One made-up study, in the form of the registry's API v2."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.registry import things
from benchmarks.registry.draw import Draw
from benchmarks.registry.parts import arms_and_interventions, locations, mesh_module, outcomes
from benchmarks.registry.prose import Prose, word
from benchmarks.registry.results import results_section

Json = dict[str, Any]

TODAY = date(2026, 10, 31)
"""The day of the made-up registry's first edition."""
_OPEN = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION"})
_ENDED_EARLY = frozenset({"TERMINATED", "WITHDRAWN", "SUSPENDED"})
_PEOPLE = 60_000


def nct_id(number: int) -> str:
    """The made-up id of a study, in a range where no real one is.

    >>> nct_id(12)
    'NCT90000012'
    """
    return f"NCT9{number:07}"


def study(number: int, seed: int) -> Json:
    """The study of this number: the same for the same seed, whatever else is made."""
    return _Study(number, seed).whole()


class _Study:
    """One study while it is made."""

    def __init__(self, number: int, seed: int) -> None:
        self.nct_id = nct_id(number)
        self.draw = draw = Draw((seed << 32) + number)
        self.industry = draw.kind == "industry"
        self.conditions = [self._condition() for _ in range(max(1, draw.number("conditions")))]
        self.drugs = [self._drug() for _ in range(max(1, draw.number("interventions")))]
        said = tuple(
            [names[0] for names, _ in self.conditions[:2]] + [one.name for one in self.drugs[:2]]
        )
        self.prose = Prose(draw, said[:1] + said[-1:], said)
        self.home = draw.code("home_country") or "United States"
        self.sponsor = self._sponsor(self.industry)
        self._dates()

    def _condition(self) -> tuple[tuple[str, ...], things.Mesh | None]:
        found = things.condition(self.draw.rank(*CONDITIONS))
        return found.names, found.mesh

    def _drug(self) -> things.Drug:
        return things.drug(self.draw.rank(*DRUGS))

    def _sponsor(self, industry: bool) -> str:
        return things.sponsor(self.draw.rank(*SPONSORS), industry)

    def _person(self) -> str:
        draw = self.draw
        at = int(draw.uniform() * _PEOPLE) * 7
        return f"{word(at).capitalize()} {word(at // 3 + 11).capitalize()}, MD"

    def _dates(self) -> None:
        draw = self.draw
        self.status = draw.code("overall_status") or "UNKNOWN"
        year = int(draw.code("first_year"))
        if self.status in _OPEN:
            year = max(year, 2023 + int(draw.uniform() * 4))
        latest = (TODAY - date(year, 1, 1)).days
        self.first = date(year, 1, 1) + timedelta(int(draw.uniform() * min(365, latest)))
        self.start = self.first + timedelta(int(draw.uniform() * 240) - 120)
        self.primary = self.start + timedelta(120 + int(draw.uniform() ** 2 * 1800))
        self.completion = self.primary + timedelta(int(draw.uniform() ** 3 * 900))
        span = (TODAY - self.first).days
        self.updated = self.first + timedelta(int(span * (1 - draw.uniform() ** 2)))

    def whole(self) -> Json:
        draw = self.draw
        arms = arms_and_interventions(draw, self.prose, self.drugs)
        protocol: Json = {
            "identificationModule": self._identification(),
            "statusModule": self._status(),
            "sponsorCollaboratorsModule": self._sponsors(),
            "oversightModule": _only(
                oversightHasDmc=_flag(draw.code("has_dmc")),
                isFdaRegulatedDrug=_flag(draw.code("is_fda_regulated_drug")),
                isFdaRegulatedDevice=_flag(draw.code("is_fda_regulated_device")),
            ),
            "descriptionModule": _only(
                briefSummary=self.prose.text(draw.number("brief_summary")),
                detailedDescription=self.prose.text(draw.number("detailed_description")),
            ),
            "conditionsModule": _only(
                conditions=_once(draw.pick(names) for names, _ in self.conditions),
                keywords=self._keywords(),
            ),
            "designModule": self._design(),
            "armsInterventionsModule": arms,
            "outcomesModule": outcomes(draw, self.prose),
            "eligibilityModule": self._eligibility(),
            "contactsLocationsModule": self._contacts_locations(),
            "referencesModule": self._references(),
            "ipdSharingStatementModule": _only(
                ipdSharing=draw.code("ipd_sharing"),
                description=self.prose.text(draw.number("ipd_description")),
            ),
        }
        whole: Json = {"protocolSection": {name: part for name, part in protocol.items() if part}}
        has_results = draw.code("has_results") == "True"
        if has_results:
            whole["resultsSection"] = results_section(draw, self.prose, self.drugs[0].name)
        whole["derivedSection"] = _only(
            miscInfoModule={"versionHolder": TODAY.isoformat()},
            conditionBrowseModule=mesh_module(one for _, one in self.conditions if one),
            interventionBrowseModule=mesh_module(one.mesh for one in self.drugs if one.mesh),
        )
        whole["hasResults"] = has_results
        return whole

    def _identification(self) -> Json:
        draw, condition = self.draw, self.conditions[0][0][0]
        drug = self.drugs[0].name
        first, second = draw.number("brief_title"), draw.number("official_title")
        own = word(int(draw.uniform() * 5000))[:4].upper() + f"-{int(draw.uniform() * 9999):04}"
        return _only(
            nctId=self.nct_id,
            orgStudyIdInfo={"id": own},
            secondaryIdInfos=[self._secondary() for _ in range(draw.number("secondary_ids"))],
            organization={"fullName": self.sponsor, "class": self._class()},
            briefTitle=f"{self.prose.line(max(1, first - 5))} of {drug} in {condition}",
            officialTitle=second
            and f"{self.prose.line(max(1, second - 5))} of {drug} in Patients With {condition}",
            acronym=draw.code("acronym") and word(int(draw.uniform() * 90_000)).upper(),
        )

    def _secondary(self) -> Json:
        draw = self.draw
        kind = draw.code("secondary_id_type")
        number = int(draw.uniform() * 1_000_000)
        if kind == "EUDRACT_NUMBER":
            value = f"{2004 + number % 20}-{number:06}-{number % 90 + 10}"
        else:
            value = f"{word(number % 3000)[:3].upper()}{number:06}"
        return _only(id=value, type=kind)

    def _class(self) -> str:
        return self.draw.code("sponsor_class", self.draw.kind) or "OTHER"

    def _status(self) -> Json:
        draw = self.draw
        precise = draw.code("start_date") == "10"
        posted = self.first + timedelta(4)
        return _only(
            statusVerifiedDate=self.updated.isoformat()[:7],
            overallStatus=self.status,
            lastKnownStatus="RECRUITING" if self.status == "UNKNOWN" else None,
            whyStopped=self.status in _ENDED_EARLY
            and self.prose.line(max(1, draw.number("why_stopped"))),
            expandedAccessInfo={"hasExpandedAccess": False},
            startDateStruct=_dated(self.start, precise),
            primaryCompletionDateStruct=_dated(self.primary, precise),
            completionDateStruct=_dated(self.completion, precise),
            studyFirstSubmitDate=self.first.isoformat(),
            studyFirstSubmitQcDate=self.first.isoformat(),
            studyFirstPostDateStruct={"date": posted.isoformat(), "type": "ACTUAL"},
            lastUpdateSubmitDate=self.updated.isoformat(),
            lastUpdatePostDateStruct={
                "date": (self.updated + timedelta(3)).isoformat(),
                "type": "ACTUAL",
            },
        )

    def _sponsors(self) -> Json:
        draw = self.draw
        kind = draw.code("responsible_party")
        party: Json = {"type": kind}
        if kind and kind != "SPONSOR":
            party |= {
                "investigatorFullName": self._person(),
                "investigatorTitle": "Professor",
                "investigatorAffiliation": self.sponsor,
            }
        helpers = [
            {"name": self._sponsor(draw.chance(0.4)), "class": "OTHER"}
            for _ in range(draw.number("collaborators"))
        ]
        return _only(
            responsibleParty=party if kind else None,
            leadSponsor={"name": self.sponsor, "class": self._class()},
            collaborators=helpers,
        )

    def _keywords(self) -> list[str]:
        draw = self.draw
        found = []
        for _ in range(draw.number("keywords")):
            rank = draw.rank(*KEYWORDS)
            if rank % 3 == 0:
                found.append(draw.pick(things.condition(rank // 3).names))
            else:
                words = max(1, draw.number("keyword"))
                found.append(" ".join(word(rank * 5 + at) for at in range(words)))
        return _once(found)

    def _design(self) -> Json:
        draw = self.draw
        masking, *who = draw.code("masking").split("|")
        kind = draw.code("study_type")
        info = _only(
            allocation=draw.code("allocation"),
            interventionModel=draw.code("intervention_model"),
            primaryPurpose=draw.code("primary_purpose"),
            observationalModel=draw.code("observational_model"),
            timePerspective=draw.code("time_perspective"),
            maskingInfo=_only(masking=masking, whoMasked=who),
        )
        return _only(
            studyType=kind,
            phases=[code for code in draw.code("phases").split("|") if code],
            patientRegistry=_flag(draw.code("patient_registry")),
            designInfo=info,
            enrollmentInfo=_only(
                count=0 if self.status == "WITHDRAWN" else draw.number("enrollment"),
                type=draw.code("enrollment_type"),
            ),
        )

    def _eligibility(self) -> Json:
        draw, prose = self.draw, self.prose
        lists = []
        for heading, name in (("Inclusion", "inclusion"), ("Exclusion", "exclusion")):
            items = [
                f"* {prose.line(max(2, draw.number('criterion')))}"
                for _ in range(draw.number(name))
            ]
            if items:
                lists.append("\n".join((f"{heading} Criteria:\n", *items)))
        return _only(
            eligibilityCriteria="\n\n".join(lists) or prose.text(40),
            healthyVolunteers=_flag(draw.code("healthy_volunteers")),
            sex=draw.code("sex") or "ALL",
            minimumAge=draw.code("minimum_age"),
            maximumAge=draw.code("maximum_age"),
            stdAges=[age for age in draw.code("std_ages").split("|") if age],
            samplingMethod=draw.code("sampling_method"),
            studyPopulation=draw.kind == "observational"
            and prose.text(draw.number("study_population")),
        )

    def _contacts_locations(self) -> Json:
        draw = self.draw
        officials = [
            _only(name=self._person(), affiliation=self.sponsor, role=draw.code("official_role"))
            for _ in range(draw.number("officials"))
        ]
        contacts = [
            {
                "name": self._person(),
                "role": "CONTACT",
                "phone": f"+1 555 {int(draw.uniform() * 9999999):07}",
                "email": "contact@registry.example",
            }
            for _ in range(2 if self.status in _OPEN else 0)
        ]
        return _only(
            centralContacts=contacts,
            overallOfficials=officials,
            locations=locations(draw, self.home, self.status in _OPEN, self._person),
        )

    def _references(self) -> Json:
        draw, prose = self.draw, self.prose
        found = []
        for _ in range(draw.number("references")):
            number = 10_000_000 + int(draw.uniform() * 30_000_000)
            title = prose.line(max(4, draw.number("citation") - 12))
            by = f"{word(number % 9000).capitalize()} A, {word(number % 8000).capitalize()} B."
            where = f"{prose.line(2)}. {2000 + number % 26} Jan;{number % 90}({number % 12})"
            end = f" doi: 10.{number % 9000 + 1000}/{number}." if draw.chance(0.6) else ""
            found.append(
                _only(
                    pmid=draw.chance(0.95) and str(number),
                    type=draw.code("reference_type"),
                    citation=f"{by} {title}. {where}:{number % 999}-{number % 999 + 8}.{end}",
                )
            )
        links = [
            {"label": prose.line(3), "url": f"https://registry.example/{word(at + 90)}"}
            for at in range(draw.number("links"))
        ]
        return _only(references=found, seeAlsoLinks=links)


CONDITIONS, DRUGS, SPONSORS, KEYWORDS = (12.0, 0.45), (14.0, 0.5), (8.0, 0.4), (300.0, 0.35)
"""Scale and shape of how popular each kind of thing is."""


def _only(**parts: Any) -> Json:
    """The parts that say something."""
    return {
        name: part
        for name, part in parts.items()
        if part or (part is not None and name in _SAY_WHEN_ZERO)
    }


_SAY_WHEN_ZERO = frozenset(
    {
        "count",
        "oversightHasDmc",
        "isFdaRegulatedDrug",
        "isFdaRegulatedDevice",
        "healthyVolunteers",
    }
)


def _flag(code: str) -> bool | None:
    return {"True": True, "False": False}.get(code)


def _once(values: Any) -> list[str]:
    return list(dict.fromkeys(values))


def _dated(day: date, precise: bool) -> Json:
    text = day.isoformat()
    return {
        "date": text if precise else text[:7],
        "type": "ACTUAL" if day <= TODAY else "ESTIMATED",
    }
