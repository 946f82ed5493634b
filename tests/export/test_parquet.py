from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import KgError
from kg.export.neo4j.mapping import mapping
from kg.export.neo4j.stream import Edge, Node, Stream
from kg.export.parquet import export_parquet
from kg.store import open_read_only
from kg.vocab import PREFIXES, RDF
from tests.export.test_forms import HOSTILE
from tests.graphs import holding

ROOT = Path(__file__).resolve().parents[2]
TKG = PREFIXES["tkg"]
XSD = PREFIXES["xsd"]
parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def tables(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet") / "tables"
    export_parquet(open_read_only(demo_store)[0], mapping(), folder)
    return folder


def trial_of(*said: tuple[str, Literal]) -> Store:
    trial = NamedNode(PREFIXES["trial"] + "NCT99000001")
    return holding(
        [
            Quad(trial, NamedNode(RDF.type), NamedNode(TKG + "Trial")),
            *(Quad(trial, NamedNode(TKG + name), value) for name, value in said),
        ]
    )


def test_tables_hold_every_node_and_link(demo_store: Path, tables: Path) -> None:
    nodes: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    for each in Stream(open_read_only(demo_store)[0], mapping()):
        if isinstance(each, Node):
            nodes["nodes"] += 1
        elif isinstance(each, Edge):
            edges[each.type] += 1
    found = {
        path.stem: parquet.read_metadata(path).num_rows
        for path in (tables / "relationships").glob("*.parquet")
    }
    assert found == edges
    rows = [parquet.read_table(path, columns=["iri"]) for path in (tables / "nodes").iterdir()]
    iris = {iri for table in rows for iri in table["iri"].to_pylist()}
    assert sum(table.num_rows for table in rows) == nodes["nodes"] == len(iris)
    for path in (tables / "relationships").iterdir():
        ends = parquet.read_table(path)
        assert iris.issuperset(ends["start"].to_pylist() + ends["end"].to_pylist())


def test_the_example_questions_run_and_agree_with_sparql(
    demo_store: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(tables.parent)
    text = (ROOT / "docs" / "parquet.md").read_text(encoding="utf-8")
    drugs, phases = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    answer = open_read_only(demo_store)[0].query(
        f"PREFIX tkg: <{TKG}> PREFIX skos: <{PREFIXES['skos']}>"
        "SELECT ?code (COUNT(*) AS ?n) { ?t a tkg:Trial ; tkg:phase/skos:notation ?code }"
        "GROUP BY ?code ORDER BY ?code"
    )
    assert isinstance(answer, QuerySolutions)
    wanted = [(row["code"].value, int(row["n"].value)) for row in answer]  # type: ignore[union-attr]
    assert duckdb.sql(phases).fetchall() == wanted
    rows = duckdb.sql(drugs).fetchall()
    assert len(rows) == 5
    assert all(trials and targets and since.isdigit() for _, trials, targets, since in rows)


def test_values_keep_their_types_and_hostile_texts(tmp_path: Path) -> None:
    month = Literal("2020-05", datatype=NamedNode(XSD + "gYearMonth"))
    store = trial_of(
        ("nctId", Literal("NCT99000001")),
        ("enrollment", Literal(12)),
        ("hasDmc", Literal(True)),
        ("minimumAgeYears", Literal("0.5", datatype=NamedNode(XSD + "decimal"))),
        ("startDate", month),
        ("completionDate", Literal("2021-06-07", datatype=NamedNode(XSD + "date"))),
        ("briefTitle", Literal("\0 " + HOSTILE[2])),
        *(("keyword", Literal(text)) for text in HOSTILE),
    )
    export_parquet(store, mapping(), tmp_path / "out")
    (row,) = parquet.read_table(tmp_path / "out" / "nodes" / "Trial.parquet").to_pylist()
    assert row["enrollment"] == 12
    assert row["hasDmc"] is True
    assert row["minimumAgeYears"] == 0.5
    assert (row["startDate"], row["startDatePrecision"]) == ("2020-05", "month")
    assert (row["completionDate"], row["completionDatePrecision"]) == ("2021-06-07", "day")
    assert row["primaryCompletionDatePrecision"] is None
    assert row["briefTitle"] == "\0 " + HOSTILE[2]
    assert sorted(row["keyword"]) == sorted(HOSTILE)
    assert row["officialTitle"] is None


def test_the_same_graph_gives_the_same_bytes(
    demo_store: Path, tables: Path, tmp_path: Path
) -> None:
    export_parquet(open_read_only(demo_store)[0], mapping(), tmp_path / "again")
    for path in tables.rglob("*.*"):
        again = tmp_path / "again" / path.relative_to(tables)
        assert again.read_bytes() == path.read_bytes()


def test_without_pyarrow_the_user_is_told(
    demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(KgError, match=r"pip install 'trialkg\[parquet\]'"):
        export_parquet(open_read_only(demo_store)[0], mapping(), tmp_path / "out")
    assert not list(tmp_path.iterdir())
