from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.cli import main
from kg.errors import NotFoundError, QueryError
from kg.export.subset import around, built
from kg.query.catalogue import read
from kg.store import open_read_only
from kg.vocab import PREFIXES, RDF, TKG

TRIAL = PREFIXES["trial"] + "NCT03324113"


@pytest.fixture
def store(demo_store: Path) -> Store:
    return open_read_only(demo_store)[0]


@pytest.fixture
def export(demo_store: Path) -> Callable[..., Result]:
    def run(*asked: str) -> Result:
        return CliRunner().invoke(main, ["export", *asked, "--store", str(demo_store)])

    return run


def of_class(store: Store, name: str) -> set[str]:
    quads = store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(TKG.__dict__[name]))
    return {quad.subject.value for quad in quads}  # type: ignore[union-attr]


def said_of(store: Store, iri: str) -> set[object]:
    return set(store.quads_for_pattern(NamedNode(iri), None, None, None))


def test_a_trial_comes_with_what_it_owns_and_the_names_of_the_rest(store: Store) -> None:
    part, left_out = around(store, ["NCT03324113"], hops=0)
    assert left_out == []
    assert said_of(part, TRIAL) == said_of(store, TRIAL)
    owned = {
        quad.subject.value  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, None, None, None)
        if str(quad.subject).startswith(f"<{TRIAL}/")
    }
    for iri in owned:
        assert said_of(part, iri) == said_of(store, iri)
    assert set(part) <= set(store)
    drug = next(iter(of_class(part, "Drug")))
    assert 0 < len(said_of(part, drug)) < len(said_of(store, drug))
    # What is linked, and bears a label in the whole graph, bears one in the part.
    label = NamedNode(PREFIXES["rdfs"] + "label")
    for quad in part:
        if isinstance(quad.object, NamedNode) and quad.predicate.value != RDF.type:
            known = set(store.quads_for_pattern(quad.object, label, None, None))
            assert set(part.quads_for_pattern(quad.object, label, None, None)) == known


def test_hops_bring_more(store: Store) -> None:
    parts = [around(store, ["NCT03324113"], hops=hops)[0] for hops in range(4)]
    for smaller, larger in pairwise(parts):
        assert set(smaller) < set(larger) <= set(store)
    drug = next(iter(of_class(parts[1], "Drug")))
    assert said_of(parts[1], drug) == said_of(store, drug)


def test_a_drug_comes_with_its_trials(store: Store) -> None:
    part, _ = around(store, drugs=["SAR408701"], hops=0)
    described = {
        iri for iri in of_class(part, "Trial") if said_of(part, iri) == said_of(store, iri)
    }
    drug = {quad.subject.value for quad in part.quads_for_pattern(None, NamedNode(TKG.unii), None)}  # type: ignore[union-attr]
    studied = {
        quad.subject.value  # type: ignore[union-attr]
        for iri in drug
        for quad in store.quads_for_pattern(None, NamedNode(TKG.studiesDrug), NamedNode(iri))
    }
    assert len(drug) == 1
    assert described == studied
    assert len(studied) > 2


def test_a_query_builds_a_graph(store: Store) -> None:
    part = built(store, read("CONSTRUCT { ?t a tkg:Trial } WHERE { ?t a tkg:Trial }"))
    assert len(part) == len(of_class(store, "Trial"))
    with pytest.raises(QueryError, match="expected a CONSTRUCT"):
        built(store, read("SELECT * { ?s ?p ?o } LIMIT 1", "mine.rq"))


def test_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError):
        around(store, ["NCT99999999"])
    with pytest.raises(NotFoundError):
        around(store, drugs=['x" } DROP ALL #'])


def test_the_command_takes_parts(export: Callable[..., Result], tmp_path: Path) -> None:
    one = export("ntriples", "--trial", "NCT03324113", "--hops", "0", "--out", "-")
    two = export(
        *("ntriples", "--trial", "NCT03324113", "--trial", "NCT04394624", "--hops", "0"),
        *("--out", "-"),
    )
    assert one.exit_code == two.exit_code == 0
    assert set(one.stdout.splitlines()) < set(two.stdout.splitlines())
    query = tmp_path / "mine.rq"
    query.write_text("CONSTRUCT WHERE { ?t tkg:nctId ?n }")
    built_ = export("trig", "--query", str(query), "--out", "-")
    assert len(set(parse(built_.stdout, RdfFormat.TRIG))) > 20
    parts = export("jsonld", "--split", "5000", "--gzip", "--out", str(tmp_path / "parts"))
    assert parts.exit_code == 0
    assert len(list((tmp_path / "parts").glob("part-*.jsonld.gz"))) > 2


@pytest.mark.parametrize("kind", ["kgx", "parquet", "release", "neo4j-csv", "cypher"])
def test_a_folder_is_no_stream(
    export: Callable[..., Result], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = export(kind, "--out", "-")
    assert done.exit_code == 2
    assert "cannot be `-`" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "asked",
    [
        ("--hops", "1"),
        ("--split", "5"),
        ("--query", __file__, "--trial", "NCT03324113"),
    ],
)
def test_what_does_not_go_together_is_told(
    export: Callable[..., Result], asked: tuple[str, ...]
) -> None:
    assert export("turtle", *asked, "--out", "-").exit_code == 2
