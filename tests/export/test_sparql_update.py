"""What changed as SPARQL Update: the old graph and it make the new one, in any store."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.cli import main
from kg.errors import KgError
from kg.export.changes import Change
from kg.export.sparql_update import Update
from kg.store import open_read_only
from tests.export.test_forms import HOSTILE
from tests.graphs import holding
from tests.neo4j.hostile import TEXTS
from tests.updated import updated

S, P = NamedNode("urn:s"), NamedNode("urn:p")
texts = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("\\\\uU0022\"'\n}{>")
) | st.sampled_from([*HOSTILE[:-1], *TEXTS[:-1]])


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(main, ["export", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stderr


@pytest.fixture
def old() -> Store:
    """Hostile texts, half of which the new graph has not."""
    return holding(Quad(S, P, Literal(text)) for text in (*HOSTILE, *TEXTS)[::2])


@pytest.fixture
def new() -> Store:
    typed = NamedNode("urn:o'neil;(1)")
    return holding(
        [
            *(Quad(S, P, Literal(text, language="en")) for text in HOSTILE),
            *(Quad(S, P, Literal(text)) for text in (*HOSTILE, *TEXTS)[::3]),
            *(Quad(typed, P, Literal(text, datatype=typed)) for text in TEXTS),
        ]
    )


@pytest.fixture
def folder(tmp_path: Path, old: Store, new: Store) -> Path:
    return updated(tmp_path / "store", old, holding([*old, Quad(S, P, S)]), new)


def test_old_and_what_changed_is_new(folder: Path, old: Store, new: Store, tmp_path: Path) -> None:
    told = run("sparql-update", "--since", "2026-11-02", "--out", tmp_path / "x", "--store", folder)
    assert "2 updates: " in told
    update = (tmp_path / "x").read_text(encoding="utf-8")
    for _ in range(2):
        old.update(update)
        assert set(old) == set(new)


def test_parts_are_requests_of_their_own(
    folder: Path, old: Store, new: Store, tmp_path: Path
) -> None:
    out = tmp_path / "parts"
    run("sparql-update", "--gzip", "--split", "3", "--out", out, "--store", folder)
    parts = sorted(out.glob("part-*.ru.gz"))
    assert len(parts) > 10
    for part in parts:
        text = gzip.decompress(part.read_bytes()).decode()
        assert len(re.findall(r"^(?:DELETE|INSERT) DATA \{$", text, re.MULTILINE)) == 1
        old.update(text)
    assert set(old) == set(new)


def test_a_named_graph_is_changed_where_one_is_named(folder: Path, tmp_path: Path) -> None:
    run("sparql-update", "--graph", "urn:g", "--out", tmp_path / "x", "--store", folder)
    store = Store()
    store.update((tmp_path / "x").read_text(encoding="utf-8"))
    assert {quad.graph_name for quad in store} == {NamedNode("urn:g")}
    bad = ["sparql-update", "--graph", "a> } DROP", "--out", "-", "--store", str(folder)]
    refused = CliRunner().invoke(main, ["export", *bad])
    assert (refused.exit_code, "no IRI" in refused.stderr) == (1, True)


def test_rdf_formats_give_it_too(folder: Path, tmp_path: Path) -> None:
    for form in ("sparql-update", "turtle"):
        run(form, "--since", "2026-11-03", "--out", tmp_path / form, "--store", folder)
    assert (tmp_path / "turtle").read_bytes() == (tmp_path / "sparql-update").read_bytes()
    part = ["turtle", "--since", "2026-11-03", "--drug", "x", "--out", "-", "--store", str(folder)]
    assert CliRunner().invoke(main, ["export", *part]).exit_code == 2


def test_nothing_changed_is_nothing_to_do(folder: Path) -> None:
    done = CliRunner().invoke(
        main,
        ["export", "sparql-update", "--since", "2027-01-01", "--out", "-"],
        env={"KG_STORE": str(folder)},
    )
    assert (done.exit_code, done.stdout) == (0, "")
    assert "0 updates: 0 triples to delete, 0 triples to insert" in done.stderr


def test_what_no_history_tells_is_refused(folder: Path, tmp_path: Path) -> None:
    for when, told in (("2020-01-01", "history begins later"), ("soon", "found no date")):
        arguments = ["export", "sparql-update", "--since", when, "--out", "-", "--store", folder]
        done = CliRunner().invoke(main, [*map(str, arguments)])
        assert (done.exit_code, told in done.stderr) == (1, True)


def inserting(text: str) -> list[str]:
    change = Change(f"<urn:s> <urn:p> {Literal(text)} .\n", True)
    return list(Update(lambda: [change]).operations())


@settings(deadline=None)
@given(texts)
def test_any_text_is_read_as_it_was(text: str) -> None:
    (operation,) = Update(
        lambda: [Change(f"<urn:s> <urn:p> {Literal(text)} .\n", True)]
    ).operations()
    # Some stores replace code points before they know where strings begin and end.
    replaced = re.sub(r"\\U([0-9A-F]{8})", lambda code: chr(int(code[1], 16)), operation)
    for read in (operation, replaced):
        store = Store()
        store.update(read)
        assert [quad.object for quad in store] == [Literal(text)]


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_rdflib_reads_the_same(text: str) -> None:
    (operation,) = Update(
        lambda: [Change(f"<urn:s> <urn:p> {Literal(text)} .\n", True)]
    ).operations()
    graph = rdflib.Graph()
    graph.update(operation)
    assert [str(value) for value in graph.objects()] == [text]


def test_blank_nodes_are_refused(tmp_path: Path) -> None:
    graphs = holding([]), holding([Quad(S, P, BlankNode("b"))])
    store, build = open_read_only(updated(tmp_path / "store", *graphs))
    assert len(store) == 1
    with pytest.raises(KgError, match="blank node"):
        list(Update.of(build, None, None).operations())


def test_operations_are_bounded() -> None:
    said = [
        Change(f'<urn:s> <urn:p> "{number:05} {"x" * 1000}" .\n', True) for number in range(9000)
    ]
    found = list(Update(lambda: said).operations())
    assert max(map(len, found)) < 1_100_000
    assert sum(each.count("> ") for each in found) == 2 * len(said)
