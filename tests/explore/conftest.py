"""The example records as a graph."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.demo import example_records
from kg.graph import Graph
from kg.pipeline import build
from kg.vocab import RDF, RDFS, TKG
from tests.graphs import holding

TRIAL = "https://w3id.org/trialkg/trial/{}".format
DRUG = "https://w3id.org/trialkg/drug/{}".format


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the example records; its ids, names and dates are the registry's."""
    store_dir = tmp_path_factory.mktemp("examples") / "store"
    build(example_records(), store_dir)
    return Graph(store_dir)


@pytest.fixture
def crowd() -> Store:
    """300 trials of one common drug; only the first two share a rare one."""
    quads = []
    for number in range(1, 301):
        nct_id = f"NCT99{number:06d}"
        quads += _said(TRIAL(nct_id), TKG.Trial, nct_id)
        quads.append(_quad(TRIAL(nct_id), TKG.nctId, Literal(nct_id)))
        quads.append(_quad(TRIAL(nct_id), TKG.studiesDrug, NamedNode(DRUG("common"))))
        if number <= 2:
            quads.append(_quad(TRIAL(nct_id), TKG.studiesDrug, NamedNode(DRUG("rare"))))
    for name in ("common", "rare"):
        quads += _said(DRUG(name), TKG.Drug, name)
    return holding(quads)


def _said(iri: str, kind: str, label: str) -> list[Quad]:
    return [_quad(iri, RDF.type, NamedNode(kind)), _quad(iri, RDFS.label, Literal(label))]


def _quad(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(NamedNode(subject), NamedNode(predicate), value)
