"""A combination of which only some parts are known says so."""

import pytest

from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution

from .tiny import ONCOLOGY, drug, trial


def reasons(name, type="DRUG"):
    collector = Collector()
    one = trial(1, drug(name, type=type))
    collector.add(one)
    found = Resolution(collector, ONCOLOGY).ground(one).groundings
    return [(grounding.status, grounding.reason) for grounding in found]


def test_an_ambiguous_part_leaves_the_other_partial():
    found = reasons("docetaxel + EXM")
    assert ("ACCEPTED", "partial: 1 of 2 parts known") in found
    assert ("REFUSED", "ambiguous") in found


def test_a_class_is_no_known_part():
    assert ("ACCEPTED", "partial: 1 of 2 parts known") in reasons("docetaxel + PD-1 inhibitor")


def test_a_part_that_only_a_drug_type_would_ground():
    found = reasons("docetaxel + samplimab", type="OTHER")
    assert found == [("ACCEPTED", "partial: 1 of 2 parts known")]


@pytest.mark.parametrize("name", ["docetaxel", "docetaxel + carboplatin", "docetaxel + placebo"])
def test_nothing_is_missing(name):
    assert {reason for status, reason in reasons(name) if status == "ACCEPTED"} == {None}
