import pytest

from kg.resolve.not_drugs import looks_like_a_class, not_a_drug


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Placebo", "PLACEBO"),
        ("matching placebo", "PLACEBO"),
        ("examplinib matching placebo 10 mg", "PLACEBO"),
        ("EXM-1234-Placebo", "PLACEBO"),
        ("Sham injection", "PLACEBO"),
        ("Vehicle cream", "PLACEBO"),
        ("0.9% sodium chloride injection", "PLACEBO"),
        ("Normal saline", "PLACEBO"),
        ("Standard of care", "COMPARATOR"),
        ("best supportive care", "COMPARATOR"),
        ("Physician's choice chemotherapy", "COMPARATOR"),
        ("Observation", "COMPARATOR"),
        ("Healthy", "COMPARATOR"),
        ("triple therapy", "OTHER"),
        ("chemotherapy", "OTHER"),
        ("ADC", "OTHER"),
        ("HER2", "OTHER"),
        ("Arm A", "OTHER"),
        ("study drug", "OTHER"),
        ("IND #7089", "OTHER"),
        ("L01XA03", "OTHER"),
    ],
)
def test_no_drugs_keep_a_role_and_a_reason(name, role):
    found = not_a_drug(name)
    assert found is not None
    assert found.role == role
    assert found.reason


@pytest.mark.parametrize(
    "name",
    ["unhealthy", "docetaxel", "SAR408701", "hypertonic saline", "C1 esterase inhibitor",
     "anti-thymocyte globulin", "sodium bicarbonate", "examplinib tablets", "L-778,123"],
)  # fmt: skip
def test_drugs_pass(name):
    assert not_a_drug(name) is None


@pytest.mark.parametrize(
    "name",
    ["PD-1 inhibitor", "antiretroviral therapy", "anti-CD20", "T cells", "monoclonal antibody"],
)
def test_classes(name):
    assert looks_like_a_class(name).reason == "class"


@pytest.mark.parametrize("name", ["tumor biopsy", "radiation therapy", "questionnaires"])
def test_procedures(name):
    assert looks_like_a_class(name).role == "PROCEDURE"


@pytest.mark.parametrize("name", ["docetaxel", "anti-thymocyte globulin", "EXM-1234"])
def test_drugs_are_no_class(name):
    assert looks_like_a_class(name) is None
