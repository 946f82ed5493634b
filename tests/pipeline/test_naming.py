"""Names are read alike by one process and by several."""

from __future__ import annotations

import pytest
from pytest import MonkeyPatch

from kg.model.trial import Intervention, Trial
from kg.pipeline import naming
from kg.pipeline.clock import Clock
from kg.pipeline.naming import NameReading
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.reading import Reader
from kg.resolve.resolution import Resolution

NAMES = {
    "dexamethasone sodium phosphate": (),
    "liposomal doxorubicin": ("Doxil", "DOXIL", "Caelyx"),
    "SAR408701": ("tusamitamab ravtansine", "Doxil"),
    "Cyclophosphamide": ("CTX",),
    "cefazolin sodium": ("CTX",),
    "Placebo (SAR408701)": (),
    "examplinib hydrochloride + Keytruda": ("ABC-1234",),
    "an infusion of morphine sulfate for pain": (),
}


@pytest.fixture
def collector() -> Collector:
    found = Collector()
    for number, (name, others) in enumerate(NAMES.items()):
        for nct_id in (f"NCT9900000{number}", f"NCT9900001{number}"):
            given = (Intervention(name=name, type="DRUG", other_names=others),)
            found.add(Trial(nct_id=nct_id, interventions=given))
    return found


def test_several_processes_read_as_one(monkeypatch: MonkeyPatch, collector: Collector) -> None:
    alone = Resolution(collector, Bundled())
    monkeypatch.setattr(naming, "ALONE", 0)
    monkeypatch.setattr(naming, "MOST_TEXTS", 2)
    clock = Clock()
    shared = Resolution(collector, Bundled(), read_all=NameReading(clock, 2))
    assert clock.cpu_seconds["resolve"] > 0
    assert alone.reader.salts and alone.reader.carried
    assert shared.reader.salts == alone.reader.salts
    assert shared.reader.carried == alone.reader.carried
    assert shared.reader.all_forms() == alone.reader.all_forms()
    assert list(shared.drugs()) == list(alone.drugs())
    assert list(shared.links()) == list(alone.links())
    for text in collector.texts():
        assert shared.meaning(text) == alone.meaning(text)


def test_what_was_read_is_not_read_again() -> None:
    reader = Reader(Bundled())
    reader.read("SAR408701")
    assert reader.unread(["SAR408701", "Keytruda", "SAR408701", "Keytruda"]) == ["Keytruda"]
