"""The order that the project promises for NCT03324113, on made-up trials around the examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model.drug import Role
from kg.model.record import RawRecord
from kg.model.trial import Eligibility, Intervention, Trial
from kg.parse import parse
from kg.related.answer import Answer, answer
from kg.related.common import ROLE_WEIGHT
from kg.related.index import Index
from kg.related.question import like_drug, like_trials
from kg.related.rank import shares
from kg.resources import folder
from tests.related.corpus import drug_trial, index, nct

SEED = "NCT03324113"
SAME_DRUG = {"NCT02187848", "NCT04154956", "NCT04394624"}
OTHER_CEACAM5 = {nct(1), nct(2)}
NEAR = {nct(3), nct(4)}
GENERIC = [
    drug_trial(
        number,
        f"First Study of XYZ-{number} in Patients With Advanced Malignant Solid Tumors",
        f"XYZ-{number}",
        "dexamethasone",
        "diphenhydramine",
        "placebo",
        sponsor="Sanofi",
        conditions=("Neoplasm Malignant",),
        brief_summary="Dose of the drug alone, limiting toxicities, safety and pharmacokinetics.",
    )
    for number in range(100, 120)
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Index:
    examples = folder("examples")
    trials = [
        parse(RawRecord(name, form, (examples / name).read_bytes()))  # type: ignore[arg-type]
        for name, form in (
            ("NCT03324113.txt", "ctgov-text-page"),
            ("NCT02187848.xml", "ctgov-legacy-xml"),
            ("NCT04154956.xml", "ctgov-legacy-xml"),
            ("NCT04394624.xml", "ctgov-legacy-xml"),
        )
    ]
    others = [
        drug_trial(1, "Labetuzumab Govitecan in Colorectal Cancer", "labetuzumab govitecan"),
        drug_trial(2, "Arcitumomab Imaging of Colon Cancer", "arcitumomab"),
        drug_trial(3, "Mirvetuximab Soravtansine in Ovarian Cancer", "mirvetuximab soravtansine"),
        drug_trial(
            4,
            "Chemotherapy in Colon Cancer",
            "irinotecan",
            eligibility=Eligibility(criteria="* Tumor expresses CEACAM5 on half of the cells"),
        ),
    ]
    path = tmp_path_factory.mktemp("seed")
    return index(path, [*trials, *others, *GENERIC])


@pytest.fixture(scope="module")
def found(graph: Index) -> Answer:
    return answer(graph, like_trials(graph, [SEED]), asked=SEED, share=shares({}), k=40)


def place(found: Answer, wanted: set[str]) -> tuple[int, int]:
    places = [n for n, one in enumerate(found.related) if one.nct_id in wanted]
    assert len(places) == len(wanted)
    return min(places), max(places)


def test_the_same_drug_under_either_name_comes_first(found: Answer) -> None:
    assert {one.nct_id for one in found.related[:3]} == SAME_DRUG
    for one in found.related[:3]:
        assert {"same-drug", "same-target", "same-programme"} <= set(one.relations)
        assert one.reasons[0].label.lower() == "tusamitamab ravtansine"
        assert one.reasons[0].iri == "https://w3id.org/trialkg/drug/unii-DSS3BE2ZXN"


def test_then_other_drugs_against_the_target_with_that_reason(found: Answer) -> None:
    assert place(found, OTHER_CEACAM5) == (3, 4)
    for one in found.related[3:5]:
        assert one.reasons[0].label == "CEACAM5"
        assert "same-target" in one.relations
        assert "same-drug" not in one.relations


def test_then_the_same_kind_of_toxin_and_those_selected_for_the_target(found: Answer) -> None:
    assert place(found, NEAR) == (5, 6)
    reasons = {one.nct_id: one.reasons[0] for one in found.related[5:7]}
    assert reasons[nct(3)].kind == "payload"
    assert reasons[nct(4)].label == "CEACAM5"


def test_premedication_placebo_and_a_big_sponsor_are_no_reasons(found: Answer) -> None:
    for one in found.related[7:]:
        assert not {"drug", "target", "sponsor"} & {r.kind for r in one.reasons if r.weight > 0.01}
        assert not {"same-drug", "same-programme", "same-target"} & set(one.relations)


def test_asked_by_the_drug_its_own_trials_come_first(graph: Index) -> None:
    iri = "https://w3id.org/trialkg/drug/unii-DSS3BE2ZXN"
    question = like_drug(graph, "tusamitamab ravtansine", iri)
    asked = answer(graph, question, asked="", share=shares({}), k=6)
    assert {one.nct_id for one in asked.related[:4]} == {SEED, *SAME_DRUG}
    assert {one.nct_id for one in asked.related[4:]} == OTHER_CEACAM5
    assert asked.trial is None
    assert "same-drug" in asked.related[0].relations


@pytest.mark.parametrize("role", ["PLACEBO", "RESCUE", "PROCEDURE"])
def test_some_roles_count_nothing(role: Role) -> None:
    assert ROLE_WEIGHT[role] == 0


def test_a_placebo_in_common_relates_nothing(tmp_path: Path) -> None:
    def placebo(number: int, title: str) -> Trial:
        given = Intervention("Matching placebo", "DRUG"), Intervention("Normal saline", "DRUG")
        return Trial(nct_id=nct(number), brief_title=title, interventions=given)

    trials = [placebo(1, "Asthma in adults"), placebo(2, "Eczema of hands")]
    made = index(tmp_path, trials)
    related = answer(made, like_trials(made, [nct(1)]), asked="", share=shares({})).related
    assert all(reason.kind == "text" for one in related for reason in one.reasons)


def test_a_backbone_counts_in_full_only_where_nothing_else_is_studied(tmp_path: Path) -> None:
    trials = [
        drug_trial(1, "Docetaxel for one", "docetaxel"),
        drug_trial(2, "Docetaxel for two", "docetaxel"),
        drug_trial(3, "Osimertinib and docetaxel", "osimertinib", "docetaxel"),
    ]
    made = index(tmp_path, trials)
    related = answer(made, like_trials(made, [nct(1)]), asked="", share=shares({})).related
    weights = {
        one.nct_id: sum(reason.weight for reason in one.reasons if reason.kind == "drug")
        for one in related
    }
    assert weights[nct(3)] < 0.2 * weights[nct(2)]
