"""The results section of a made-up study."""

from __future__ import annotations

from typing import Any

from benchmarks.registry.draw import Draw
from benchmarks.registry.prose import Prose, word

Json = dict[str, Any]

_SYSTEMS = (
    "Gastrointestinal disorders", "Nervous system disorders", "Infections and infestations",
    "General disorders", "Investigations", "Cardiac disorders", "Vascular disorders",
    "Skin and subcutaneous tissue disorders", "Blood and lymphatic system disorders",
    "Respiratory, thoracic and mediastinal disorders", "Psychiatric disorders",
)  # fmt: skip
_EVENTS = (3.0, 0.6)
_GROUPS = ("000", "001")
_UNITS = ("Participants", "score on a scale", "percentage of participants", "mg/dL", "months")
_PARAMETERS = ("MEAN", "COUNT_OF_PARTICIPANTS", "MEDIAN", "NUMBER")


def results_section(draw: Draw, prose: Prose, drug: str) -> Json:
    """`resultsSection`, with tables for two arms."""
    titles = (drug, "Control")
    return {
        "participantFlowModule": {
            "groups": [
                {"id": f"FG{group}", "title": title, "description": prose.text(15)}
                for group, title in zip(_GROUPS, titles, strict=True)
            ],
            "periods": [
                {
                    "title": "Overall Study",
                    "milestones": [
                        {"type": kind, "achievements": _stats(draw, "FG", "numSubjects")}
                        for kind in ("STARTED", "COMPLETED", "NOT COMPLETED")
                    ],
                }
            ],
        },
        "outcomeMeasuresModule": {
            "outcomeMeasures": [
                _measure(draw, prose, titles, first=at == 0)
                for at in range(draw.number("outcome_measures"))
            ]
        },
        "adverseEventsModule": {
            "frequencyThreshold": "5",
            "timeFrame": prose.line(8),
            "description": prose.text(20),
            "eventGroups": [
                {"id": f"EG{group}", "title": title}
                for group, title in zip(_GROUPS, titles, strict=True)
            ],
            "seriousEvents": _events(draw, draw.number("serious_events")),
            "otherEvents": _events(draw, draw.number("other_events")),
        },
        "moreInfoModule": {
            "certainAgreement": {"piSponsorEmployee": False},
            "limitationsAndCaveats": {"description": prose.text(15)},
        },
    }


def _measure(draw: Draw, prose: Prose, titles: tuple[str, str], *, first: bool) -> Json:
    rows = 1 + int(draw.uniform() ** 3 * 8)
    return {
        "type": "PRIMARY" if first else "SECONDARY",
        "title": prose.line(max(3, draw.number("measure"))),
        "description": prose.text(draw.number("result_description")),
        "populationDescription": prose.text(12),
        "reportingStatus": "POSTED",
        "paramType": draw.pick(_PARAMETERS),
        "unitOfMeasure": draw.pick(_UNITS),
        "timeFrame": prose.line(max(1, draw.number("time_frame"))),
        "groups": [
            {"id": f"OG{group}", "title": title, "description": prose.text(20)}
            for group, title in zip(_GROUPS, titles, strict=True)
        ],
        "classes": [
            {
                "title": prose.line(3),
                "denoms": [{"units": "Participants", "counts": _stats(draw, "OG", "value")}],
                "categories": [{"measurements": _stats(draw, "OG", "value", spread=True)}],
            }
            for _ in range(rows)
        ],
    }


def _stats(draw: Draw, prefix: str, name: str, *, spread: bool = False) -> list[Json]:
    more = {"spread": "1.5"} if spread else {}
    return [
        {"groupId": prefix + group, name: str(int(draw.uniform() * 500)), **more}
        for group in _GROUPS
    ]


def _events(draw: Draw, count: int) -> list[Json]:
    ranks = dict.fromkeys(draw.rank(*_EVENTS) for _ in range(count))
    return [
        {
            "term": f"{word(rank).capitalize()} {word(rank // 3)}",
            "organSystem": _SYSTEMS[rank % len(_SYSTEMS)],
            "sourceVocabulary": "MedDRA 26.0",
            "assessmentType": "SYSTEMATIC_ASSESSMENT",
            "stats": [
                {
                    "groupId": f"EG{group}",
                    "numEvents": int(draw.uniform() * 9),
                    "numAffected": int(draw.uniform() * 9),
                    "numAtRisk": 120,
                }
                for group in _GROUPS
            ],
        }
        for rank in ranks
    ]
