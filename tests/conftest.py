"""What the tests share: the real records beside the project, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

RECORDS = Path(__file__).resolve().parents[2] / "shared" / "records"


@pytest.fixture(scope="session")
def records() -> Path:
    """The folder of real records; tests that need it skip where it is missing."""
    if not RECORDS.is_dir():
        pytest.skip(f"needs the real records at {RECORDS}")
    return RECORDS
