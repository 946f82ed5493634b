from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store, parse

from kg.errors import KgError
from kg.export.forms import FORMATS
from kg.export.parts import export_parts
from kg.store import open_read_only
from tests.export.test_export import READ
from tests.export.test_forms import canonical
from tests.graphs import holding


@pytest.fixture
def store() -> Store:
    return holding(
        Quad(NamedNode(f"urn:s{n // 5:02}"), NamedNode("urn:x:p"), Literal(f"{n}\n</x>"))
        for n in range(52)
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", FORMATS)
def test_parts_are_files_of_whole_subjects(
    store: Store, tmp_path: Path, kind: str, packed: bool
) -> None:
    count = export_parts(store, kind, tmp_path / "out", 12, gzip=packed)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert count == len(manifest["parts"]) == 4
    assert [part["triples"] for part in manifest["parts"]] == [15, 15, 15, 7]
    assert manifest["triples"] == 52
    together: set[Quad] = set()
    seen: set[str] = set()
    for part in manifest["parts"]:
        content = (tmp_path / "out" / part["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == part["sha256"]
        assert len(content) == part["bytes"]
        quads = set(parse(gzip.decompress(content) if packed else content, READ[kind]))
        assert len(quads) == part["triples"]
        subjects = {str(quad.subject) for quad in quads}
        assert not subjects & seen
        seen |= subjects
        together |= quads
    assert together == set(store)


@pytest.mark.parametrize("kind", FORMATS)
def test_parts_read_one_by_one_are_the_graph(demo_store: Path, tmp_path: Path, kind: str) -> None:
    """A label of a blank node means another node in another file."""
    store = open_read_only(demo_store)[0]
    assert export_parts(store, kind, tmp_path / "out", 4000) > 4
    together = Store()
    for part in (tmp_path / "out").glob("part-*"):
        together.extend(parse(part.read_bytes(), READ[kind], rename_blank_nodes=True))
    assert canonical(together) == canonical(store)


def test_an_empty_graph_is_one_part(tmp_path: Path) -> None:
    assert export_parts(Store(), "turtle", tmp_path / "out", 5) == 1
    assert set(parse((tmp_path / "out" / "part-00001.ttl").read_bytes(), READ["turtle"])) == set()


def test_a_folder_is_replaced_only_when_forced(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out"
    export_parts(store, "ntriples", path, 1)
    with pytest.raises(KgError, match="--force"):
        export_parts(store, "ntriples", path, 50)
    export_parts(store, "ntriples", path, 50, force=True)
    assert [each.name for each in path.glob("part-*")] == ["part-00001.nt", "part-00002.nt"]
