"""A build on Spark, in a local cluster of two executors, beside the local build."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow.parquet
import pytest
from pyoxigraph import RdfFormat, Store, parse

import kg
from benchmarks.registry.__main__ import main as make
from kg.errors import KgError, SourceError
from kg.pipeline import spark
from kg.pipeline.spark import Manifest, build_parts
from kg.resources import folder
from kg.store import open_read_only

pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed")
if shutil.which("java") is None:
    pytest.skip("Java is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Records of three kinds, newer versions, a record twice, and one that cannot be read."""
    place = tmp_path_factory.mktemp("records")
    make(["--records", "40", "--format", "mixed", "--out", str(place / "a.zip")])
    make(["--changes", "8", "--of", "40", "--out", str(place / "b.jsonl.gz")])
    make(["--records", "5", "--out", str(place / "c.jsonl")])
    (place / "d.json").write_text('{"protocolSection": {}}')
    return [str(place), str(folder("examples"))]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The master of a local cluster, whose session is stopped in the end."""
    root = str(Path(kg.__file__).resolve().parents[1])
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYSPARK_PYTHON", sys.executable)
        environment.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.ui.enabled=false pyspark-shell")
        environment.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
        yield "local-cluster[2,1,1024]"
        pyspark.sql.SparkSession.getActiveSession().stop()


@pytest.fixture(scope="module")
def parts(sources: list[str], cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("spark") / "out"
    build_parts(sources, str(out), master=cluster)
    return out


def manifest(out: Path) -> Manifest:
    return msgspec.json.decode((out / "manifest" / "part-00000").read_bytes(), type=Manifest)


def test_the_triples_are_those_of_the_local_build(
    sources: list[str], parts: Path, tmp_path: Path
) -> None:
    report = kg.build(sources, tmp_path / "store", workers=1)
    store, _ = open_read_only(tmp_path / "store")
    # Loaded as any store loads them: Oxigraph writes a decimal "1.0" as "1".
    loaded = Store()
    for path in sorted((parts / "triples").glob("part-*.gz")):
        content = gzip.decompress(path.read_bytes())
        loaded.bulk_extend(parse(content, format=RdfFormat.N_TRIPLES))
    local = {str(quad.triple) for quad in store}
    spark = {str(quad.triple) for quad in loaded}
    assert sorted(spark ^ local)[:3] == []
    texts = [gzip.decompress(p.read_bytes()) for p in (parts / "triples").glob("part-*.gz")]
    assert sum(b" _:" in text or b"\n_:" in text for text in texts) == 1
    told = manifest(parts)
    assert told.triples == report.triples == len(local)
    assert (told.records_read, told.trials, told.drugs, told.unread) == (
        report.records_read,
        report.trials,
        report.drugs,
        report.unread,
    )
    assert sorted(one.reason for one in told.rejected) == sorted(
        one.reason for one in report.rejected
    )


def test_the_manifest_says_what_stands_in_each_part(parts: Path) -> None:
    told = manifest(parts)
    assert told.records_read == told.trials + told.superseded + told.repeated + len(told.rejected)
    assert told.repeated >= 3
    assert told.rejected
    paths = sorted((parts / "triples").glob("part-*.gz"))
    assert len(paths) == len(told.parts) > 1
    for path, part in zip(paths, told.parts, strict=True):
        content = gzip.decompress(path.read_bytes())
        assert content.count(b"\n") == part.triples
        assert hashlib.sha256(content).hexdigest() == part.sha256


def test_a_table_of_terms_has_the_same_triples(cluster: str, tmp_path: Path) -> None:
    out, sources = tmp_path / "out", [tmp_path / "few.jsonl"]
    make(["--records", "5", "--out", str(sources[0])])
    build_parts(sources, str(out), master=cluster, form="parquet")
    table = pyarrow.parquet.read_table(out / "triples")
    columns = [table[name].to_pylist() for name in ("subject", "predicate", "object")]
    rows = [f"{s} {p} {o} .\n" for s, p, o in zip(*columns, strict=True)]
    kg.build(sources, tmp_path / "store", workers=1)
    store, _ = open_read_only(tmp_path / "store")
    loaded = Store()
    loaded.bulk_extend(parse("".join(rows).encode(), format=RdfFormat.N_TRIPLES))
    assert {str(quad.triple) for quad in loaded} == {str(quad.triple) for quad in store}
    told = manifest(out)
    assert (told.form, told.triples) == ("parquet", len(rows))
    assert {part.sha256 for part in told.parts} == {""}


def test_what_fails_on_an_executor_is_told_in_a_sentence(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [str(tmp_path / "gone.json")]
    monkeypatch.setattr(spark, "list_files", lambda sources: files)
    with pytest.raises(KgError) as told:
        build_parts(files, str(tmp_path / "out"), master=cluster)
    assert "gone.json" in str(told.value)
    assert "\n" not in str(told.value)
    assert "Traceback" not in str(told.value)


def test_standard_input_is_refused() -> None:
    with pytest.raises(SourceError, match="Spark reads files"):
        build_parts(["-"], "anywhere")


def test_what_is_there_is_not_overwritten(sources: list[str], tmp_path: Path) -> None:
    with pytest.raises(KgError, match="expected a new folder"):
        build_parts(sources, str(tmp_path))
