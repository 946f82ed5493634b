import hashlib

import pytest

from kg.errors import KgError
from kg.vocabularies import Vocabulary, bundled, tables


@pytest.mark.parametrize("vocabulary", bundled(), ids=lambda v: v.name)
def test_the_manifest_tells_the_truth(vocabulary: Vocabulary) -> None:
    content = (tables.place() / vocabulary.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == vocabulary.sha256
    assert len(tables.rows(vocabulary.name)) == vocabulary.rows
    assert all((vocabulary.title, vocabulary.edition, vocabulary.source, vocabulary.licence))


def test_the_notice_names_every_table_with_source_and_licence() -> None:
    notice = (tables.place() / "NOTICE.md").read_text("utf-8")
    for vocabulary in bundled():
        for text in (vocabulary.file, vocabulary.source, vocabulary.licence, vocabulary.edition):
            assert text in notice


def test_nothing_lies_in_the_bundle_that_the_manifest_does_not_list() -> None:
    listed = {vocabulary.file for vocabulary in bundled()} | {"manifest.json", "NOTICE.md"}
    assert {path.name for path in tables.place().iterdir()} == listed


def test_the_bundle_stays_small() -> None:
    assert sum(path.stat().st_size for path in tables.place().iterdir()) < 7_500_000


def test_a_missing_table_is_told_in_one_sentence() -> None:
    with pytest.raises(KgError, match="vocabulary nothing: found no table"):
        tables.rows("nothing")


def test_an_index_squashes_every_value_of_its_columns() -> None:
    found = tables.index(["a\tX-1|Y 2\tz", "b\tx1\tβ"], slice(1, 3))
    assert found == {"x1": (0, 1), "y2": (0,), "z": (0,), "beta": (1,)}
