from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import KgError
from kg.export import FORMATS, export, write
from kg.export.forms import Form
from tests.graphs import holding

READ = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


@pytest.fixture
def store() -> Store:
    p = NamedNode("http://example.org/p")
    return holding([Quad(NamedNode(f"http://example.org/{n}"), p, Literal(n)) for n in range(50)])


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_file_holds_the_graph_and_has_the_same_bytes_each_time(
    store: Store, tmp_path: Path, kind: str, packed: bool
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    export(store, kind, one, gzip=packed)
    export(holding(reversed(list(store))), kind, two, gzip=packed)
    assert one.read_bytes() == two.read_bytes()
    text = gzip.decompress(one.read_bytes()) if packed else one.read_bytes()
    assert set(parse(text, READ[kind])) == set(store)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_stream_gets_what_a_file_gets(store: Store, tmp_path: Path) -> None:
    export(store, "turtle", tmp_path / "t.gz", gzip=True)
    out = io.BytesIO()
    write(store, "turtle", out, gzip=True)
    assert out.getvalue() == (tmp_path / "t.gz").read_bytes()


def test_a_file_is_replaced_only_when_forced(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text("mine")
    with pytest.raises(KgError, match="--force"):
        export(store, "ntriples", path)
    assert path.read_text() == "mine"
    export(store, "ntriples", path, force=True)
    assert len(path.read_text().splitlines()) == 50


def test_a_failed_export_leaves_the_old_file_and_nothing_else(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine"
    path.write_text("mine")

    def full(lines: Iterable[bytes]) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.FORMATS", {"ntriples": Form(".nt", "text/plain", full)})
    with pytest.raises(KgError, match="mine cannot be written: No space left"):
        export(store, "ntriples", path, force=True)
    assert path.read_text() == "mine"
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_a_folder_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written: No such file"):
        export(store, "nquads", tmp_path / "none" / "x.nq")
