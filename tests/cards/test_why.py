from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from pyoxigraph import RdfFormat, Store

import kg
from kg.cards.chain import chain
from kg.cards.drug import drug_card
from kg.cards.why import why_card
from kg.cli import main
from kg.cli.why import why_lines
from kg.iris import Iris
from kg.map.drugs import map_drug, map_groundings
from kg.map.ntriples import Lines
from kg.model.drug import Drug, DrugName, Evidence
from kg.model.trial import Trial
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.resolve.vocabulary import NoVocabulary

from ..resolve.test_union import trials
from ..resolve.tiny import ONCOLOGY, drug, trial


def stored(lines: str) -> Store:
    store = Store()
    store.load(input=lines.encode(), format=RdfFormat.N_TRIPLES)
    return store


TRIALS = (
    trial(1, drug("EXM-1234", "examplimab")),
    trial(2, drug("examplimab (Examplira)")),
    trial(3, drug("Examplira", "examplimabum novum")),
    trial(4, drug("MK-7684", "pembrolizumab")),
    trial(5, drug("Keytruda")),
    trial(6, drug("MK-3475 20 mg")),
    trial(7, drug("EXM")),
    trial(8, drug("otherciclib", "CDK 4/6 inhibitor", "200 mg", "otherciclib plus Keytruda")),
    trial(9, drug("Placebo (otherciclib)")),
    trial(10, drug("otherciclib + Keytruda", "otherciclib")),
)


@pytest.fixture(scope="module")
def store() -> Store:
    """What a build makes of the trials: drugs and groundings."""
    collector = Collector()
    for one in TRIALS:
        collector.add(one)
    resolution, lines = Resolution(collector, ONCOLOGY), Lines()
    for one in TRIALS:
        map_groundings(lines, one, resolution.ground(one), {}, Iris())
    return stored("".join([*lines, *(map_drug(found, Iris()) for found in resolution.drugs())]))


def test_a_chain_of_claims_is_walked_from_name_to_name(store: Store) -> None:
    card = why_card(store, "exm 1234", "Examplimabum novum")
    assert card.same is True and card.steps is not None
    assert [(step.name, step.other, step.rule, step.records) for step in card.steps] == [
        ("exm 1234", "examplimab", "other-name", ["NCT99000001"]),
        ("examplimab", "Examplira", "name-in-brackets", ["NCT99000002"]),
        ("Examplira", "Examplimabum novum", "other-name", ["NCT99000003"]),
    ]
    assert [line[:5] for line in why_lines(card)[3:]] == ["  1. ", "  2. ", "  3. "]
    assert "of NCT99000002 (name-in-brackets, confidence 0.9)" in why_lines(card)[4]


def test_the_way_back_is_the_same_way(store: Store) -> None:
    there, back = (
        why_card(store, *pair) for pair in (("EXM-1234", "Examplira"), ("Examplira", "EXM-1234"))
    )
    assert there.steps is not None and back.steps is not None
    assert [(s.name, s.other, s.records) for s in there.steps] == [
        (s.other, s.name, s.records) for s in reversed(back.steps)
    ]


def test_a_vocabulary_that_has_both_names_is_one_step(store: Store) -> None:
    card = why_card(store, "MK-3475", "keytruda")
    assert card.steps is not None
    (step,) = card.steps
    assert (step.rule, step.entries, step.source) == ("vocabulary", ["AAAAAAAAA9"], "UNII test")
    assert "both are names of UNII AAAAAAAAA9" in why_lines(card)[-1]


def test_names_that_are_spelled_alike_need_no_step(store: Store) -> None:
    card = why_card(store, "EXM-1234", "exm1234")
    assert card.same is True and card.steps == []
    assert "nothing but case" in why_lines(card)[-1]


def test_two_drugs_with_the_claim_that_was_refused_and_its_guard(store: Store) -> None:
    card = why_card(store, "keytruda", "MK 7684")
    assert card.same is False and card.steps is None
    (step,) = card.refused
    assert {step.name, step.other} == {"MK-7684", "pembrolizumab"}
    assert (step.records, step.reason) == (["NCT99000004"], "codes that differ in their digits")
    assert why_lines(card)[-1].endswith(": codes that differ in their digits")


def test_two_drugs_that_nothing_puts_together(store: Store) -> None:
    card = why_card(store, "EXM-1234", "otherciclib")
    assert card.same is False and card.refused == []
    assert why_lines(card)[-1] == "  no record and no vocabulary puts them together"


@pytest.mark.parametrize(
    ("words", "reason", "field", "records"),
    [
        ("CDK 4/6 inhibitor", "not a drug: class", "otherNames", ["NCT99000008"]),
        ("200 mg", "not a drug: a dose or form", "otherNames", ["NCT99000008"]),
        ("otherciclib plus Keytruda", "a combination", "otherNames", ["NCT99000008"]),
        ("placebo", "not a drug: placebo", "name", ["NCT99000009"]),
        ("otherciclib + Keytruda", "a combination", "otherNames", ["NCT99000010"]),
    ],
)
def test_words_that_name_no_drug_say_why_they_are_no_name(
    store: Store, words: str, reason: str, field: str, records: list[str]
) -> None:
    card = why_card(store, "otherciclib", words)
    assert card.same is None
    (step,) = card.refused
    assert (step.reason, step.records) == (reason, records)
    assert step.field == f"interventions[].{field}"
    assert {step.name, step.other} == {"otherciclib", words if field != "name" else "Placebo"}
    assert why_lines(card)[-1].endswith(f": {reason}")
    assert "did you mean" not in (card.other.problem or "")


def test_an_ambiguous_name_lists_what_it_may_mean(store: Store) -> None:
    card = why_card(store, "EXM", "keytruda")
    assert card.same is None
    assert card.one.candidates == ["UNII AAAAAAAAB6", "UNII AAAAAAAAB7"]
    assert "ambiguous" in why_lines(card)[1]


def test_a_salt_is_told_by_the_name_it_stands_for() -> None:
    told = (trial(1, drug("EXM-77", "exampletinib")), trial(2, drug("exampletinib tosylate")))
    collector = Collector()
    for one in told:
        collector.add(one)
    drugs = Resolution(collector, NoVocabulary()).drugs()
    card = why_card(
        stored("".join(map_drug(d, Iris()) for d in drugs)), "EXM-77", "exampletinib tosylate"
    )
    assert card.steps is not None
    assert [(step.other, step.rule) for step in card.steps] == [
        ("exampletinib", "other-name"),
        ("exampletinib tosylate", "spelled-alike"),
    ]


def test_an_unknown_name_is_an_answer(store: Store) -> None:
    card = why_card(store, "keytruda", "nothing like it")
    assert card.same is None
    assert card.other.problem is not None
    assert why_lines(card)[-1] == "  no record and no vocabulary puts them together"


def test_a_name_of_two_drugs_lists_both() -> None:
    said = Evidence("record", "NCT99000001", "interventions[].name", "registered-name", 0.95)
    named = DrugName("twiceplix", "SYNONYM", "ACCEPTED", (said,), 1)
    drugs = [Drug(key, key, None, (named,), ()) for key in ("examplix", "samplix")]
    card = why_card(stored("".join(map_drug(d, Iris()) for d in drugs)), "twiceplix", "examplix")
    assert card.same is None
    assert [c.partition(" ")[0] for c in card.one.candidates] == ["examplix", "samplix"]


def test_names_that_no_claim_joins_are_told_by_what_is_known_of_each() -> None:
    said = Evidence("record", "NCT99000001", "interventions[].name", "registered-name", 0.95)
    names = tuple(DrugName(n, "SYNONYM", "ACCEPTED", (said,), 1) for n in ("examplix", "samplix"))
    card = why_card(
        stored(map_drug(Drug("a", "examplix", None, names, ()), Iris())), "examplix", "samplix"
    )
    assert card.same is True and card.steps is None
    assert "NCT99000001" in why_lines(card)[-1]


def write(folder: Path, number: int, name: str, *others: str) -> None:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": f"NCT9900000{number}"},
            "armsInterventionsModule": {
                "interventions": [{"type": "DRUG", "name": name, "otherNames": list(others)}]
            },
        }
    }
    (folder / f"NCT9900000{number}.json").write_text(json.dumps(record))


def asked(store: Path, *names: str, form: str = "json") -> str:
    run = CliRunner().invoke(main, ["why", *names, "--store", str(store), "--format", form])
    assert run.exit_code == 0, run.output
    return run.output


def test_from_the_command_line_before_and_after_an_update(tmp_path: Path) -> None:
    records, store = tmp_path / "records", tmp_path / "store"
    records.mkdir()
    write(records, 1, "EXM-1234", "exampletinib")
    write(records, 2, "Examplira")
    kg.build([records], store)
    assert json.loads(asked(store, "EXM-1234", "Examplira"))["same"] is False
    write(records, 2, "Examplira", "exampletinib")
    kg.update([records], store)
    card = json.loads(asked(store, "EXM-1234", "Examplira"))
    assert card["same"] is True and card["refused"] == []
    assert card["steps"][0] == {
        "name": "EXM-1234",
        "other": "exampletinib",
        "rule": "other-name",
        "source": "record",
        "field": "interventions[].otherNames",
        "records": ["NCT99000001"],
        "confidence": 0.9,
        "entries": [],
        "text": None,
        "reason": None,
    }
    text = asked(store, "EXM-1234", "Examplira", form="table").splitlines()
    assert text[0] == "EXM-1234 and Examplira: one drug"
    assert text[-1] == (
        "  2. exampletinib → Examplira: record interventions[].otherNames of NCT99000002 "
        "(other-name, confidence 0.9)"
    )


@settings(max_examples=30, deadline=None)
@given(trials)
def test_a_way_leads_from_every_name_to_every_other(some: list[Trial]) -> None:
    collector = Collector()
    for one in some:
        collector.add(one)
    drugs = list(Resolution(collector, ONCOLOGY).drugs())
    store = stored("".join(map_drug(found, Iris()) for found in drugs))
    for found in drugs:
        card = drug_card(store, Iris().drug(found.key))
        names = [name.name for name in card.names if name.status == "accepted"]
        for name in names[1:]:
            assert chain(card, names[0], name) is not None
