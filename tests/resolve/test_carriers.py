"""A drug in a liposome or bound to albumin is another drug; so is a part of a peptide."""

from __future__ import annotations

from kg.model.drug import Drug
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution

from .tiny import drug, trial

VOCABULARY = Bundled()


def resolved(*names: tuple[str, ...]) -> Resolution:
    collector = Collector()
    for number, (name, *others) in enumerate(names, 1):
        collector.add(trial(number, drug(name, *others)))
    return Resolution(collector, VOCABULARY)


def found(resolution: Resolution, name: str) -> Drug:
    drug = resolution.find(name)
    assert drug is not None, name
    return drug


def test_all_spellings_of_a_form_are_one_drug_apart_from_what_it_carries() -> None:
    names = (
        "liposomal doxorubicin",
        "Doxorubicin hydrochloride (liposomal)",
        "doxorubicin liposome injection",
    )
    told = resolved(("doxorubicin",), *((name,) for name in names))
    assert len({found(told, name).key for name in names}) == 1
    assert found(told, names[0]).key != found(told, "doxorubicin").key


def test_a_form_acts_on_what_the_carried_drug_acts_on() -> None:
    told = resolved(("nab-paclitaxel",), ("paclitaxel",))
    form, plain = found(told, "nab-paclitaxel"), found(told, "paclitaxel")
    assert form.key != plain.key
    assert (
        {link.target.symbol for link in form.targets}
        == {link.target.symbol for link in plain.targets}
        != set()
    )


def test_a_product_of_a_drug_and_its_carrier_is_the_form() -> None:
    told = resolved(("Abraxane",), ("nab-paclitaxel",))
    assert found(told, "Abraxane").key == found(told, "nab-paclitaxel").key


def test_a_registered_name_with_the_carrier_in_it_is_the_form_s() -> None:
    told = resolved(("liposomal cytarabine",), ("cytarabine",))
    form, plain = found(told, "liposomal cytarabine"), found(told, "cytarabine")
    assert "cytarabine liposome" in {name.name for name in form.names}
    assert "cytarabine liposome" not in {name.name for name in plain.names}


def test_a_trade_name_means_the_form_once_two_records_say_so() -> None:
    said = ("liposomal doxorubicin", "Doxil")
    once, twice = (resolved(("doxorubicin",), *(said,) * times) for times in (1, 2))
    assert found(once, "Doxil").key == found(once, "doxorubicin").key
    assert found(twice, "Doxil").key == found(twice, "liposomal doxorubicin").key
    assert "doxil" not in {n.name.lower() for n in found(twice, "doxorubicin").names}


def test_a_nonproprietary_name_never_means_a_form() -> None:
    told = resolved(*(("nab-paclitaxel", "Paclitaxel"),) * 3)
    assert found(told, "Paclitaxel").unii is not None


def test_a_pegylated_protein_stays_its_own_substance() -> None:
    assert found(resolved(("pegylated interferon alfa-2a",)), "peginterferon alfa-2a").unii


def test_a_part_of_a_peptide_is_not_the_peptide() -> None:
    told = resolved(
        ("parathyroid hormone",),
        ("Human parathyroid hormone [hPTH-(1-34)]",),
        ("parathyroid hormone (1-34)",),
        ("teriparatide",),
    )
    whole = found(told, "parathyroid hormone").key
    part = found(told, "Human parathyroid hormone [hPTH-(1-34)]").key
    assert part == found(told, "teriparatide").key != whole
    assert found(told, "parathyroid hormone (1-34)").key != whole


def test_a_code_cut_to_its_last_digits_may_be_joined_by_a_record() -> None:
    told = resolved(("selumetinib", "ARRY-142886"))
    assert found(told, "ARRY-142886").key == found(told, "ARRY-886").key
    assert told.find("ARRY-142887") is None or found(told, "ARRY-142887").unii is None
