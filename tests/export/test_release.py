from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import KgError
from kg.export.release import export_release
from kg.store import open_read_only

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def release(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "release"
    export_release(open_read_only(demo_store)[0], folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_file_is_summed(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text().splitlines()
    sums = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    found = files(release)
    assert sums == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if name != "SHA256SUMS"
    }
    for wanted in (
        *("README.md", "void.ttl", "croissant.json", "counts.json", "context.jsonld"),
        *("NOTICE-vocabularies.md", "ontology/trialkg.ttl", "shapes/trial.ttl"),
        *("parquet/nodes/Trial.parquet", "kgx/nodes.tsv", "neo4j-csv/import.sh"),
    ):
        assert wanted in found


def test_the_graph_in_it_is_the_store(demo_store: Path, release: Path) -> None:
    quads = set()
    for path in sorted((release / "nquads").glob("*.nq.gz")):
        quads |= set(parse(gzip.decompress(path.read_bytes()), RdfFormat.N_QUADS))
    store = open_read_only(demo_store)[0]
    assert quads == set(store)
    counts = json.loads((release / "counts.json").read_text())
    assert counts["triples"] == len(store)
    assert f"{counts['version']}" in (release / "README.md").read_text()


def test_the_same_store_gives_the_same_release(
    demo_store: Path, release: Path, tmp_path: Path
) -> None:
    version = export_release(open_read_only(demo_store)[0], tmp_path / "again")
    assert files(tmp_path / "again") == files(release)
    assert version == json.loads((release / "counts.json").read_text())["version"]
    with pytest.raises(KgError, match="--force"):
        export_release(open_read_only(demo_store)[0], tmp_path / "again")
    export_release(open_read_only(demo_store)[0], tmp_path / "again", force=True)


def test_it_names_no_place_of_this_machine(release: Path) -> None:
    for name, content in files(release).items():
        if not name.endswith((".gz", ".parquet")):
            assert str(Path.home()).encode() + b"/" not in content, name
            assert str(release).encode() not in content, name


def test_croissant_gives_the_tables(release: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    dataset = mlcroissant.Dataset(str(release / "croissant.json"))
    assert not dataset.metadata.issues.errors
    ids = [row["Trial/nctId"] for row in dataset.records("Trial")]
    trials = json.loads((release / "counts.json").read_text())["classes"]
    assert len(ids) == trials["https://w3id.org/trialkg/ontology#Trial"]
    assert b"NCT03324113" in ids
