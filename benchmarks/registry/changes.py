"""A day's changes to the made-up registry."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.registry.draw import Draw
from benchmarks.registry.parts import locations
from benchmarks.registry.study import TODAY, Json, study

NEW = 10
"""One in so many is a new study, the others are newer versions."""
_LATER = {
    "NOT_YET_RECRUITING": "RECRUITING",
    "RECRUITING": "ACTIVE_NOT_RECRUITING",
    "ENROLLING_BY_INVITATION": "ACTIVE_NOT_RECRUITING",
    "ACTIVE_NOT_RECRUITING": "COMPLETED",
}


def changes(number: int, seed: int, of: int, day: int) -> Json:
    """The change of this number on that day, to a registry of `of` studies."""
    if number % NEW == NEW - 1:
        return study(of + (day - 1) * 10_000 + number, seed)
    # A step that shares no factor with the size meets every study once before any twice.
    step = next(step for step in range(of * 5 // 8 | 1, 2 * of + 3) if _coprime(step, of))
    return newer(study((number * step + day * 7919) % of, seed), seed, day)


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1


def newer(whole: Json, seed: int, day: int) -> Json:
    """A later version of a study: its status, dates, enrolment or places have moved on."""
    protocol = whole["protocolSection"]
    identity = protocol["identificationModule"]["nctId"]
    random = Random(f"{seed} {day} {identity}")
    status, design = protocol["statusModule"], protocol["designModule"]
    updated = (TODAY + timedelta(day)).isoformat()
    status["lastUpdateSubmitDate"] = updated
    status["lastUpdatePostDateStruct"] = {"date": updated, "type": "ACTUAL"}
    status["statusVerifiedDate"] = updated[:7]
    kind = random.random()
    if kind < 0.4:
        status["overallStatus"] = _LATER.get(status["overallStatus"], status["overallStatus"])
    if 0.3 < kind < 0.6:
        count = design.get("enrollmentInfo", {}).get("count", 0) + random.randrange(1, 60)
        design["enrollmentInfo"] = {"count": count, "type": "ACTUAL"}
    if 0.5 < kind < 0.8:
        later = (TODAY + timedelta(random.randrange(30, 700))).isoformat()
        status["completionDateStruct"] = {"date": later, "type": "ESTIMATED"}
    if kind > 0.7:
        module = protocol.setdefault("contactsLocationsModule", {})
        old = module.get("locations", [])
        home = old[0]["country"] if old else "United States"
        draw = Draw(random.getrandbits(48))
        known = {(place.get("facility"), place["city"]) for place in old}
        more = locations(draw, home, True, lambda: "Added Investigator, MD")
        module["locations"] = old + [
            place for place in more if (place.get("facility"), place["city"]) not in known
        ]
    return whole
