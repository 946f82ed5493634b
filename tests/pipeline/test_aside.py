from __future__ import annotations

import os
import signal

import pytest

from kg.errors import KgError, StoreError
from kg.pipeline.aside import Aside


def fails() -> int:
    raise StoreError("store: no room")


def dies() -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 1


def test_work_is_done_in_another_process_or_here() -> None:
    with Aside(os.getpid, workers=2) as aside:
        made, _ = aside.result()
    assert made != os.getpid()
    with Aside(os.getpid, workers=1) as aside:
        assert aside.result() == (os.getpid(), 0.0)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_work_raises_is_raised(workers: int) -> None:
    with pytest.raises(KgError, match="store: no room"), Aside(fails, workers) as aside:
        aside.result()


def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(StoreError, match="expected it to finish"), Aside(dies, 2) as aside:
        aside.result()


def test_an_error_here_ends_the_process() -> None:
    with pytest.raises(ZeroDivisionError), Aside(signal.pause, 2):
        1 / 0  # noqa: B018
