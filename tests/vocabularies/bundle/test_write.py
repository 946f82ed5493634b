from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.vocabularies.bundle import sources, write


def test_the_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [("b", "2"), ("a", "1"), ("b", "2")]
    for name in ("one.tsv.xz", "one.tsv"):
        assert write.table(tmp_path / name, ("x", "y"), rows) == 2
        first = write.checksum(tmp_path / name)
        write.table(tmp_path / name, ("x", "y"), reversed(rows))
        assert write.checksum(tmp_path / name) == first
    assert (tmp_path / "one.tsv").read_text() == "x\ty\na\t1\nb\t2\n"


@pytest.mark.parametrize("row", [("a",), ("a", "b\tc"), ("a", "b\nc")])
def test_a_row_that_would_break_the_table_is_refused(tmp_path: Path, row: tuple[str, ...]) -> None:
    with pytest.raises(SourceError, match="expected 2 cells"):
        write.table(tmp_path / "t.tsv", ("x", "y"), [row])


def test_a_value_with_the_separator_is_refused() -> None:
    with pytest.raises(SourceError, match="expected a value without it"):
        write.joined(["a|b"])


def test_a_download_that_changed_is_refused(tmp_path: Path) -> None:
    package = sources.Package("example", "1", "example-1.whl", "0" * 64)
    (tmp_path / "example-1.whl").write_bytes(b"something else")
    with pytest.raises(SourceError, match=r"example-1\.whl: found checksum"):
        sources.fetch(package, tmp_path)


def test_a_file_is_taken_from_a_wheel_or_a_source_archive(tmp_path: Path) -> None:
    wheel, archive = tmp_path / "example.whl", tmp_path / "example.tar.gz"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr("example/data/table.tsv", "ä\n")
        packed.writestr("example/other/table.tsv", "b\n")
    with tarfile.open(archive, "w:gz") as packed_tar:
        entry = tarfile.TarInfo("example-1/data/table.tsv")
        entry.size = 3
        packed_tar.addfile(entry, io.BytesIO("ä\n".encode()))
    assert sources.member(wheel, "/data/table.tsv") == "ä\n"
    assert sources.member(archive, "/data/table.tsv") == "ä\n"
    with pytest.raises(SourceError, match="found 2 files"):
        sources.member(wheel, "/table.tsv")
