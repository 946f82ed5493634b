"""Known drugs inside a description: "Avandia administration for 6-12 weeks" gives Avandia.

A word that is neither part of a known name nor one of the words below forbids it: it may be what
makes another drug ("dextran sulfate", "anti-KRAS vaccine").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

LONGEST_NAME = 4
SHORTEST = 5
_WORD = re.compile(r"[^\s,;:()\[\]+&/=\"*#]+")
_NUMBER = re.compile(r"[\d.,%x-]+(?:st|nd|rd|th|mg|ml|mcg|g|kg|h|hrs?|d|wks?)?", re.IGNORECASE)
_ADDED_WORDS = """
a an the of for with without by in on at to from as and or plus versus vs before after during until
then than when while per every each other once twice only alone also either both not no first
second third last next same various different any all usual standard routine
conventional traditional current additional extra more less additive add addition added
day days daily week weeks weekly month months monthly year years hour hours hourly minute minutes
min mins time times night nightly morning evening bedtime meal meals eating food fasting fed
breakfast dinner prior pre post early late delayed immediate continuous continuously continued
intermittent short long term course courses cycle cycles duration
dose doses dosed dosing dosage dosages half reduced
increased increasing escalating escalation escalated titrated titration adjusted fixed flat single
multiple repeated repeat loading maintenance bolus boluses level levels group groups arm arms
cohort cohorts part parts phase period sequence stage step regimen regimens schedule schedules
strategy protocol protocols treatment treatments therapy therapies therapeutic treat treated
treating use using used usage administration administered administer administering application
applied apply applications given giving give receive receiving received taking taken take intake
ingestion injection injections injected infusion infusions infused inhalation inhaler
instillation irrigation rinse rinses mouthwash gargle wash lavage drip push pump implant implants
implantation pellet pellets depot patch patches ring device pen pens solostar flexpen statdose
cartridge syringe vial prefilled pfs autoinjector applicator
oral orally intravenous iv subcutaneous sc intramuscular im topical topically local locally
systemic regional caudal epidural transforaminal interscalene block blocks spinal perineural plane
approach nasal intranasal sublingual vaginal rectal ophthalmic ocular eye intravitreal
intrathecal intraperitoneal intra-articular periarticular transdermal
tablet tablets tab tabs capsule capsules caps cap pill pills solution suspension liquid syrup
powder cream gel ointment lotion foam spray drops film emulsion form formulation
formulations product products compound compounded generic brand branded commercial reference
test study trial investigational experimental control comparator active open label
open-label blind blinded double double-blind db ol sb eow ew qd bid tid qid qod qw q2w q3w q4w prn
er xr sr cr ir dr la xl hfa odt micronized micronised encapsulated coated extended release
sustained controlled modified prolonged slow retard retarded
equivalent monotherapy combination combined co-administration coadministration coformulation co-formulation
concomitant adjuvant neoadjuvant induction consolidation salvage rescue prophylaxis prophylactic
preventive preemptive supplementation supplement supplements intervention exposure switch
switching initiation start starting stop stopping discontinuation withdrawal taper tapering
adult adults children child pediatric paediatric infant infants patient patients participants
subjects women men healthy volunteers
i ii iii iv b c d e
"""
_ADDED = frozenset(_ADDED_WORDS.split())


def known_inside(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The known names that a description holds, in order; empty where other words stand beside.

    >>> drugs = {"eligard", "sunitinib", "sorafenib", "dextran"}
    >>> known = lambda name: name.lower() in drugs
    >>> known_inside("12 months of Eligard", known), known_inside("Sunitinib-sorafenib", known)
    (('Eligard',), ('Sunitinib', 'sorafenib'))
    >>> known_inside("Dextran sulfate", known)
    ()
    """
    found: list[str] = []
    words = list(_words(text, known))
    at = 0
    while at < len(words):
        for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            if len(phrase) >= SHORTEST and phrase.lower() not in _ADDED and known(phrase):
                found.append(phrase)
                at += size
                break
        else:
            word = words[at].strip(".'-").lower()
            if word and word not in _ADDED and not _NUMBER.fullmatch(word):
                return ()
            at += 1
    return tuple(dict.fromkeys(found))


def _words(text: str, known: Callable[[str], bool]) -> Iterator[str]:
    """The words of a text; a hyphen between two known names parts them."""
    for match in _WORD.finditer(text):
        word = match[0]
        sides = word.split("-")
        if len(sides) > 1 and all(len(s) >= SHORTEST and known(s) for s in sides):
            yield from [word] if known(word) else sides
        else:
            yield word
