"""Interventions and names that are no drug: kept, marked with a role and a reason, never linked."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from kg.model.drug import Role
from kg.resolve.normalise import core, only_dosing, plain, squash


class NotDrug(Struct, frozen=True):
    """Why a name means no drug, and the role such a thing plays in a trial."""

    reason: str
    role: Role


_PLACEBO = re.compile(r"\b(?:placebos?|placebo-\w+|dummy|sham)\b|placebo\b", re.IGNORECASE)
_VEHICLE = re.compile(r"^(?:\w+ )?vehicle(?: control| cream| gel| ointment)?$", re.IGNORECASE)
_SALINE = re.compile(
    r"^(?:(?:normal|isotonic|physiologic(?:al)?|sterile|buffered|phosphate|half|regular|plain|"
    r"bacteriostatic|"
    r"0\.9 ?%|nacl)[\s-]+)*(?:saline|sodium chloride(?: 0[.,]9 ?%)?|nacl|water|distilled water|"
    r"water for injection)"
    r"(?: 0[.,]9 ?%| control| flush| injection| solution)?$",
    re.IGNORECASE,
)
_CARE = re.compile(
    r"\b(?:standard|usual|routine|conventional|current|best supportive|best available|supportive|"
    r"background|local|normal)"
    r"(?:[\s-]+(?:of|medical|clinical|oncolog\w+|drug|anti\w*|first[- ]line))*[\s-]+(?:care|"
    r"treatments?|therap(?:y|ies)|practice|"
    r"management|regimens?|medications?|chemotherapy)\b|\b(?:investigator|physician|"
    r"doctor)s?'?s?[\s-]+(?:\w+ )?choice\b|"
    r"^(?:soc|bsc|tpc|sac|supportive care|palliative care|wait(?:ing)?[- ]?list.*|"
    r"watchful waiting|observation.*|"
    r"active surveillance|expectant management|(?:no|without) (?:treatment|intervention|drug|"
    r"therapy|prophylaxis).*|"
    r"nothing|none|not applicable|n/?a|(?:active |positive |negative |healthy |historical |"
    r"untreated )?"
    r"(?:controls?|comparators?)(?: group| arm| treatment| drug| vaccine)?|healthy(?: \w+)?|"
    r"non-?treatment)$",
    re.IGNORECASE,
)
_ARM = re.compile(
    r"^(?:(?:study|test|trial|investigational|experimental|active|reference|new|"
    r"assigned)[\s-]*(?:medicinal )?"
    r"(?:drugs?|products?|medications?|treatments?|formulations?|group|arm|agents?|therapy|"
    r"compound|vaccines?|interventions?)|"
    r"(?:treatment|arm|group|cohort|part|sequence|regimen|intervention|drug|period|schedule|stage|"
    r"therapy|formulation)s?"
    r"(?:[\s-]*(?:[a-z]|[0-9]+|i{1,3}|iv|[a-z][0-9]))?|experimental|active|intervention|"
    r"active treatment|other|others|"
    r"active comparator|test|reference|imp|drug product|control group|treatment (?:group|arm).*|"
    r"pharmacodynamics|"
    r"pharmacokinetics|blinded|unblinded|tablets?|capsules?|injections?|solution|cream|gel)$",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"\b(?:surger(?:y|ies)|surgical|biops(?:y|ies)|transplant(?:ation|s)?|transfusions?|"
    r"radiotherapy|radiation(?: therapy)?|"
    r"irradiation|radiosurgery|brachytherapy|chemoradiation|chemoradiotherapy|questionnaires?|"
    r"survey|"
    r"assessments?|analysis|sampling|counsel(?:l)?ing|education|exercises?|physiotherapy|"
    r"acupuncture|dialysis|ultrasound|"
    r"imaging|tomography|pet(?:/ct)?|mri|scan|psychotherapy|training|rehabilitation|biomarkers?|"
    r"pharmacolog(?:y|ical) stud(?:y|ies)|"
    r"(?:allo|auto)?[- ]?(?:sct|hsct|bmt)|laboratory|procedure|resection|prostatectomy|"
    r"\w+ectomy|\w+plasty|catheter\w*|ventilation|"
    r"diet(?:s|ary intervention)?|hyperthermia|phototherapy|"
    r"bowel preparation|flushing|monitoring|follow-?up|plasmapheresis|leukapheresis|apheresis|"
    r"discontinuation|"
    r"interruption)\b",
    re.IGNORECASE,
)
_ASSAY = re.compile(
    r"\b(?:sequencing|rna-?seq|hybridi[sz]ation|chain reaction|(?:rt-?)?pcr|cytometry|"
    r"profiling|gene mapping|genotyping|genomics|proteomics|metabolomics|western blot\w*|elisa|"
    r"immunoassay|microarray|spectrometry|blood (?:draws?|samples?|collection|tests?)|"
    r"(?:blood|urine|stool|tissue|serum) (?:sample|sampling|collection)s?|liver function tests?|"
    r"expression levels?|electrocardiogra\w+|ecg|endoscopy|colonoscopy|x-?ray|radiograph\w*)\b|"
    r"^(?:fish|(?:pregnancy|skin|breath|allergy|tolerance) tests?)$",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\b(?:interbody|fusion device|device|stent|prosthesis|brace|splint|catheter|pacemaker|"
    r"electromagnetic|laser|microneedle|shock ?wave|swt|fswt|navigation|software|app|"
    r"scaffolds?|sutures?|mesh|bandage|dressings?|hemofilt\w+|perfusion)\b",
    re.IGNORECASE,
)
_BEHAVIOUR = re.compile(
    r"\b(?:lifestyle|behaviou?r\w*|cognitive|mindfulness|yoga|walking|digital|coaching|programmes?|"
    r"programs?|workshop|motivational|meditation|reminders?|text messag\w+)\b",
    re.IGNORECASE,
)
_CLASS = re.compile(
    r"(?:\b(?:inhibitors?|antagonists?|agonists?|blockers?|blockade|modulators?|antibod(?:y|ies)|"
    r"mabs?|agents?|drugs?|medications?|"
    r"medicines?|antibiotics?|antimicrobials?|antivirals?|antiretrovirals?|antifungals?|"
    r"antihypertensives?|"
    r"antidepressants?|antipsychotics?|anti\w+tics|diuretics?|(?:cortico|"
    r"gluco)?(?:cortico)?steroids?|nsaids?|opioids?|"
    r"opiates?|analgesics?|an(?:a)?esthetics?|anticoagulants?|statins?|bisphosphonates?|vitamins|"
    r"hormones?|cytokines?|"
    r"chemotherap(?:y|ies|eutics?)|immunotherap(?:y|ies)|polychemotherapy|anthracyclines?|"
    r"taxanes?|platinums?|"
    r"fluoropyrimidines?|alkylators?|contraceptives?|supplements?|probiotics?|multivitamins?|"
    r"antioxidants?|stimulants?|"
    r"nucleosides?|immunosuppress(?:ants?|ion)|adcs?|conjugates?|vaccines|peptides|stem cells?|"
    r"t[- ]cells?|lymphocytes|"
    r"regimens?|therap(?:y|ies)|treatments?|combinations?|regulation|derivatives?|analog(?:ue)?s?|"
    r"epothilones?|epipodophyllotoxins?|[\w-]+-based|triplet|doublet|haart|arv|art|tkis?|"
    r"icis?|ssris?|ppis?|"
    r"nrtis?|nnrtis?|electrolytes?|fluids?|food|herbs?|interventions?|pharmacotherapy|"
    r"premedications?|"
    r"prophylaxis|ana?esthesia|sedation|compounds?|cocktail)$)|"
    r"(?:\b|(?<=\d))car(?:[- ]?t)?$|"
    r"^(?:inhibitors?|antagonists?|agonists?|blockers?|agents?), ",
    re.IGNORECASE,
)
_BARE_WORDS = """
adc adcs cea her2 egfr vegf pd1 pdl1 ctla4 cd19 cd20 cd22 bcma psma trop2 cldn182 claudin182
tnf tnfalpha moab mab mabs mono monoclonalantibody vaccine vaccines chemo chemotherapy
immunotherapy cart carts cartcells hormone hormones antigen antigens peptide peptides protein
proteins cells tcells lymphocytes dc blood serum plasma drug drugs generic brand brandname
various unknown unspecified none yes no other others same see na tbd the and human recombinant
rabbit mouse oral iv tablet pill capsule injection tripletherapy quadrupletherapy dualtherapy
bismuthquadrupletherapy monotherapy polytherapy combinationtherapy poly therapy treatment
medication medicine low high standard conventional control case cases healthy water saline
normalsaline air roomair sugarpill sugar lactose starch cornstarch cornstarchtablet corn abc
ace tace hipec fish pcr
combination combo mixture solution diluent adjuvant excipient egg milk juice western
westernmedicine tcm herbal chinesemedicine inhibitor steroid steroids antibiotic antibiotics
statin statins opioid opioids insulins vitamins bsa dose doses a b c d e f g h i
"""
_BARE = frozenset(_BARE_WORDS.split())
_IDENTIFIER = re.compile(
    r"(?:BB-?)?IND ?(?:#|no\.?)? ?\d[\d, ]*|NDC ?[\d-]+|(?:i{2,3}|iv|vi{0,3}|ix)|"
    r"[A-Z]\d{2}[A-Z]{2}\d{2}|(?:CAS )?\d{2,7}-\d{2}-\d|NCT ?\d{8}|"
    r"EudraCT.*",
    re.IGNORECASE,
)
_ANTI = re.compile(r"anti[- ][A-Z0-9][\w/.-]*(?: (?:mab|moab|car))?", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?:biologicals|pharma|pharmaceuticals?|inc|ltd|corp|corporation|gmbh|laboratories|labs|"
    r"biotech|"
    r"therapeutics|baxter|university|hospital)\.?$",
    re.IGNORECASE,
)
_NAMES = re.compile(r"[^\W\d_]{2}|[^\W\d_].*\d|\d.*[^\W\d_]")
_COMPANIES_WORDS = """
pfizer merck msd novartis roche sanofi gsk glaxosmithkline astrazeneca bayer abbvie amgen
takeda lilly elililly bristolmyerssquibb bms johnsonjohnson janssen genentech gilead biogen
boehringeringelheim novonordisk astellas daiichisankyo eisai ipsen servier teva allergan
celgene wyeth schering scheringplough hakko kyowa kyowahakko microgenesys cellestia
"""
_COMPANIES = frozenset(_COMPANIES_WORDS.split())
_KEPT = re.compile(
    r"esterase inhibitor|proteinase inhibitor|protease inhibitor secretory|thymocyte globulin|"
    r"immun(?:e|o) ?globulin|\bsaline hypertonic\b|hypertonic|interleukin|anti-?venom|antitoxin",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 17)
def not_a_drug(text: str) -> NotDrug | None:
    """Why the whole name means no drug; None where it may mean one.

    >>> not_a_drug("sildenafil matching placebo").role, looks_like_a_class("PD-1 inhibitor").reason
    ('PLACEBO', 'class')
    >>> not_a_drug("Best supportive care").role, not_a_drug("unhealthy")
    ('COMPARATOR', None)
    """
    text = plain(text)
    if _PLACEBO.search(text):
        return NotDrug("placebo", "PLACEBO")
    short = core(text)
    if _VEHICLE.fullmatch(short):
        return NotDrug("vehicle", "PLACEBO")
    if _SALINE.fullmatch(short) or _SALINE.fullmatch(text):
        return NotDrug("saline or water", "PLACEBO")
    if _KEPT.search(text):
        return None
    if _IDENTIFIER.fullmatch(text):
        return NotDrug("an identifier, not a name", "OTHER")
    if squash(short) in _COMPANIES or _COMPANY.search(short):
        return NotDrug("a company", "OTHER")
    if only_dosing(text):
        return NotDrug("a dose or form", "OTHER")
    if _CARE.search(short):
        return NotDrug("standard care or control", "COMPARATOR")
    if _ARM.fullmatch(short) or _ARM.fullmatch(text):
        return NotDrug("an arm, not a drug", "OTHER")
    if squash(short) in _BARE or squash(text) in _BARE or not _NAMES.search(short):
        return NotDrug("too general to name a drug", "OTHER")
    return None


@lru_cache(maxsize=1 << 17)
def looks_like_a_class(text: str) -> NotDrug | None:
    """Why a name that no vocabulary knows is rather a class or a procedure.

    >>> looks_like_a_class("antiretroviral therapy").reason, looks_like_a_class("tumor biopsy").role
    ('class', 'PROCEDURE')
    >>> [bool(looks_like_a_class(name)) for name in ("CD7 CAR-T", "CD19CAR", "Novocart")]
    [True, True, False]
    """
    short = core(text)
    if _KEPT.search(short):
        return None
    if _ASSAY.search(short):
        return NotDrug("laboratory test", "DIAGNOSTIC")
    if _PROCEDURE.search(short):
        return NotDrug("procedure", "PROCEDURE")
    if _DEVICE.search(short):
        return NotDrug("device", "OTHER")
    if _BEHAVIOUR.search(short):
        return NotDrug("behavioural", "OTHER")
    if _ANTI.fullmatch(short) or _CLASS.search(short) or _CLASS.search(plain(text)):
        return NotDrug("class", "OTHER")
    return None
