from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import NotFoundError, QueryError, StoreError
from kg.related.ask import ask
from kg.related.index import Index
from kg.related.writer import FOLDER
from tests.related.corpus import drug_trial, index, nct


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    index(folder, [drug_trial(n, f"Study {n} of lung cancer", "osimertinib") for n in range(40)])
    return folder


def test_opening_costs_little(build: Path) -> None:
    Index(build)
    since = time.perf_counter()
    Index(build)
    assert time.perf_counter() - since < 0.3


def test_nothing_of_the_writing_is_left(build: Path) -> None:
    left = {path.name.split("-")[0] for path in (build / FOLDER).iterdir()}
    assert "segment" not in left
    assert not list((build / FOLDER).glob("*.raw"))


def test_another_format_is_told(build: Path, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    meta = (build / FOLDER / "meta.json").read_bytes()
    (tmp_path / FOLDER / "meta.json").write_bytes(meta.replace(b'"format":3', b'"format":2'))
    with pytest.raises(StoreError, match="found an index of format 2, expected 3"):
        Index(tmp_path)


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b'{"format":3}'])
def test_a_damaged_index_is_told(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "meta.json").write_bytes(damaged)
    with pytest.raises(StoreError, match="cannot be read"):
        Index(tmp_path)


def test_questions_that_are_none(build: Path) -> None:
    opened = Index(build)
    with pytest.raises(NotFoundError, match="the graph has no trial NCT00000000"):
        ask(opened, ["nct00000000"])
    with pytest.raises(QueryError, match="expected trials, a drug or a text"):
        ask(opened)
    with pytest.raises(QueryError, match="expected trials, a drug or a text"):
        ask(opened, [nct(0)], text="lung")
    with pytest.raises(QueryError, match="kind of reason 'colour': expected one of text, drug"):
        ask(opened, [nct(0)], only=["colour"])
    with pytest.raises(QueryError, match="expected a number from 0 upwards"):
        ask(opened, [nct(0)], weights={"drug": -1})
    with pytest.raises(QueryError, match="found no word"):
        ask(opened, text="zzzz")
    with pytest.raises(QueryError, match="every kind of reason has weight 0"):
        ask(opened, [nct(0)], only=["drug"], weights={"drug": 0})
