"""One piece of work in a process of its own, while this one goes on with another."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Generic, TypeVar

from kg.errors import StoreError
from kg.pipeline.workers import fork, processes, sendable

Made = TypeVar("Made")


class Aside(Generic[Made]):
    """Work that a forked process does with all that this one holds at that moment.

    With a single worker it is done here, when it is asked for. Leaving the `with` block by an error
    ends the process.
    """

    def __init__(self, work: Callable[[], Made], workers: int | None = None) -> None:
        self._work = work
        self._pipe: Connection | None = None
        if processes(workers) > 1:
            ours, theirs = multiprocessing.get_context("fork").Pipe()
            self._process = fork(lambda: self._live(ours, theirs))
            theirs.close()
            self._pipe = ours

    def __enter__(self) -> Aside[Made]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pipe is not None:
            if error is not None:
                self._process.kill()
            self._pipe.close()
            self._process.join()

    def result(self) -> tuple[Made, float]:
        """What the work came to, and the processor seconds that another process took for it.

        Raises what the work raised, and `StoreError` where its process died.
        """
        if self._pipe is None:
            return self._work(), 0.0
        try:
            failed, content, spent = pickle.loads(self._pipe.recv_bytes())
        except (EOFError, OSError):
            self._process.join()
            raise StoreError(
                f"a process ended with exit code {self._process.exitcode}, expected it to finish; "
                "where memory ran out, `--workers 1` needs less"
            ) from None
        made = pickle.loads(content)
        if failed:
            raise made
        return made, spent

    def _live(self, others: Connection, pipe: Connection) -> None:
        """The life of the process; it ends with its parent."""
        others.close()
        threading.Thread(target=_watch, args=(pipe,), daemon=True).start()
        began = time.process_time()
        try:
            failed, content = False, pickle.dumps(self._work())
        except Exception as error:
            failed, content = True, sendable(error)
        pipe.send_bytes(pickle.dumps((failed, content, time.process_time() - began)))


def _watch(pipe: Connection) -> None:
    """End this process when the other side of the pipe is gone."""
    try:
        pipe.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
