from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import KgError
from kg.export.neo4j.admin import export_admin_csv
from kg.export.neo4j.mapping import mapping
from kg.export.neo4j.rows import quoted
from kg.export.neo4j.script import export_cypher
from kg.vocab import RDF, TKG
from tests.graphs import holding

TEXTS = ('a "b"\n\\', " x ", "é\t;")


@pytest.fixture
def store() -> Store:
    quads = []
    for number, text in enumerate(TEXTS):
        trial = NamedNode(f"http://e.org/{number}")
        quads.append(Quad(trial, NamedNode(RDF.type), NamedNode(TKG.Trial)))
        quads.append(Quad(trial, NamedNode(TKG.briefSummary), Literal(text)))
        quads += [Quad(trial, NamedNode(TKG.keyword), Literal(each)) for each in ("a;b", text)]
    return holding(quads)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("write", [export_admin_csv, export_cypher])
def test_a_folder_has_the_same_bytes_each_time(
    write: Callable[..., Any], store: Store, tmp_path: Path
) -> None:
    write(store, mapping(), tmp_path / "one", gzip=True)
    write(holding(reversed([*store])), mapping(), tmp_path / "two", gzip=True)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_table_reads_back_as_csv(store: Store, tmp_path: Path) -> None:
    export_admin_csv(store, mapping(), tmp_path / "out", gzip=True)
    nodes = tmp_path / "out" / "nodes"
    (header,) = csv.reader([(nodes / "Trial.header.csv").read_text()])
    content = gzip.decompress((nodes / "Trial-0001.csv.gz").read_bytes()).decode()
    rows = [dict(zip(header, row, strict=True)) for row in csv.reader(content.splitlines(True))]
    assert [row["briefSummary:string"] for row in rows] == [*TEXTS]
    assert [sorted(row["keyword:string[]"].split("\x1f")) for row in rows] == [
        sorted([text, "a;b"]) for text in TEXTS
    ]
    assert {row[":LABEL"] for row in rows} == {"Trial"}


def test_parts_begin_anew(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.export.neo4j.tables.PART_ROWS", 2)
    export_admin_csv(store, mapping(), tmp_path / "out")
    parts = sorted(path.name for path in (tmp_path / "out" / "nodes").glob("Trial-*"))
    assert parts == ["Trial-0001.csv", "Trial-0002.csv"]
    assert ",".join(f"nodes/{part}" for part in parts) in (tmp_path / "out/import.sh").read_text()


def test_a_large_graph_has_no_script_of_its_own(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_cypher(store, mapping(), tmp_path / "small")
    monkeypatch.setattr("kg.export.neo4j.script.SMALL", 2)
    monkeypatch.setattr("kg.export.neo4j.whole.SMALL", 2)
    export_cypher(store, mapping(), tmp_path / "large")
    assert (tmp_path / "small" / "graph.cypher").is_file()
    assert not (tmp_path / "large" / "graph.cypher").exists()


def test_only_what_an_export_made_is_replaced(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    with pytest.raises(KgError, match="--force"):
        export_admin_csv(store, mapping(), mine)
    with pytest.raises(KgError, match="not a folder that an export made"):
        export_admin_csv(store, mapping(), mine, force=True)
    assert files(mine) == {"letter.txt": b"mine"}
    out = tmp_path / "out"
    export_cypher(store, mapping(), out)
    export_admin_csv(store, mapping(), out, force=True)
    assert (out / "import.sh").is_file()
    assert not (out / "load.cypher").exists()


def test_a_value_that_holds_the_list_sign_is_told(tmp_path: Path) -> None:
    trial = NamedNode("http://e.org/1")
    store = holding(
        [
            Quad(trial, NamedNode(RDF.type), NamedNode(TKG.Trial)),
            Quad(trial, NamedNode(TKG.keyword), Literal("a\x1fb")),
        ]
    )
    with pytest.raises(KgError, match="keyword: found U"):
        export_admin_csv(store, mapping(), tmp_path / "out")
    assert not [*tmp_path.iterdir()]


def test_no_unicode_escape_is_left_in_a_cypher_string() -> None:
    for text in ("\\u0022", "\\\\u0022", "a\\u005cu0022", "\\" * 5 + "u0027"):
        assert "\\\\u" not in quoted(text)
