from pyoxigraph import RdfFormat, Store

from kg.cards.drug import find_drug
from kg.iris import Iris
from kg.map.drugs import map_drug
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution

from .tiny import ONCOLOGY, drug, trial


def resolved(*trials):
    collector = Collector()
    for one in trials:
        collector.add(one)
    return Resolution(collector, ONCOLOGY)


CODE_ALONE = trial(1, drug("EXM-1234"))
JOINED = trial(2, drug("EXM-1234", "exampumab"))
WITH_UNII = trial(3, drug("EXM-1234", "pembrolizumab"))


def test_a_code_that_gets_a_name_keeps_its_old_key():
    (before,) = resolved(CODE_ALONE).drugs()
    (after,) = resolved(CODE_ALONE, JOINED).drugs()
    assert after.key != before.key
    assert before.key in after.former_keys


def test_a_code_that_joins_a_registered_substance_keeps_its_old_key():
    (before,) = resolved(CODE_ALONE).drugs()
    (after,) = resolved(CODE_ALONE, WITH_UNII).drugs()
    assert after.key == "unii-AAAAAAAAA9"
    assert before.key in after.former_keys


def test_a_former_key_is_no_key_in_force():
    found = list(resolved(CODE_ALONE, trial(4, drug("docetaxel"), drug("other-7777"))).drugs())
    keys = {one.key for one in found}
    assert not keys & {former for one in found for former in one.former_keys}


def test_an_old_iri_leads_to_the_drug():
    (before,) = resolved(CODE_ALONE).drugs()
    (after,) = resolved(CODE_ALONE, WITH_UNII).drugs()
    store = Store()
    store.load(input=map_drug(after, Iris()).encode(), format=RdfFormat.N_TRIPLES)
    iri = Iris().drug(before.key)
    assert find_drug(store, iri).iri == Iris().drug(after.key)
