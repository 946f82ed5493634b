"""What the tests share: the real records beside the project, where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import kg
from kg.demo import example_records

os.environ["KG_VOCABULARIES"] = "bundled"  # whatever the person who runs them has fetched

RECORDS = Path(__file__).resolve().parents[2] / "shared" / "records"


@pytest.fixture(scope="session")
def records() -> Path:
    """The folder of real records; tests that need it skip where it is missing."""
    if not RECORDS.is_dir():
        pytest.skip(f"needs the real records at {RECORDS}")
    return RECORDS


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the example records, built once; tests only read it."""
    store = tmp_path_factory.mktemp("demo") / "store"
    kg.build(example_records(), store)
    return store
