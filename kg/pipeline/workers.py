"""Work shared out to processes, its results taken in order.

Workers are forked, so what the parent holds (vocabularies, all that is resolved) is theirs without
being copied or sent. Pieces of work and their results pass through pipes as MessagePack; few are
under way at a time, so memory does not grow with their number. A worker whose parent is gone ends
at once; a worker that dies ends the build with a clear error.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, Protocol, TypeVar

import msgspec

from kg.errors import KgError, StoreError

Given = TypeVar("Given")
Made = TypeVar("Made")
Rest = TypeVar("Rest")
Given_contra = TypeVar("Given_contra", contravariant=True)
Made_co = TypeVar("Made_co", covariant=True)
Rest_co = TypeVar("Rest_co", covariant=True)

AHEAD = 2
"""Pieces a worker has before it, so that it never waits for the next."""
_MADE, _REST, _FAILED, _END = b"m", b"r", b"f", b""


class Work(Protocol[Given_contra, Made_co, Rest_co]):
    """What a worker does."""

    def do(self, given: Given_contra, /) -> Made_co:
        """One piece of work."""
        ...

    def finish(self) -> Rest_co:
        """What remains to be told when there is no more."""
        ...


def processes(wanted: int | None = None) -> int:
    """How many workers to use: the cores there are, unless told; one where there is no fork."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if not can_fork or multiprocessing.current_process().daemon:
        return 1
    if wanted is not None:
        return max(1, wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers(Generic[Given, Made, Rest]):
    """Several workers at one kind of work; a single one works in this process.

    `make` is called with its number in each worker. Leaving the `with` block ends all of them.
    """

    def __init__(
        self,
        count: int,
        make: Callable[[int], Work[Given, Made, Rest]],
        given: type[Given],
        made: type[Made],
    ) -> None:
        self._make = make
        self._encode = msgspec.msgpack.Encoder().encode
        self._given = msgspec.msgpack.Decoder(given)
        self._made = msgspec.msgpack.Decoder(made)
        self._alone = make(0) if count == 1 else None
        self._processes: list[ForkProcess] = []
        self._pipes: list[Connection] = []
        self.cpu_seconds = 0.0
        """Of the workers that are other processes; known when they have finished."""
        for number in range(count if count > 1 else 0):
            self._start(number)

    def __enter__(self) -> Workers[Given, Made, Rest]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            for process in self._processes:
                process.kill()
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join()

    def run(self, pieces: Iterable[Given]) -> Iterator[Made]:
        """Do all pieces; results come in the order of the pieces."""
        if self._alone is not None:
            yield from map(self._alone.do, pieces)
            return
        waiting: deque[tuple[Connection, list[Made]]] = deque()
        under_way: dict[Connection, deque[list[Made]]] = {pipe: deque() for pipe in self._pipes}
        most = 2 * AHEAD * len(self._pipes)

        def take(ready: Connection) -> None:
            kind, content = self._receive(ready)
            assert kind == _MADE
            under_way[ready].popleft().append(self._made.decode(content))

        for piece in pieces:
            free = min(self._pipes, key=lambda pipe: len(under_way[pipe]))
            while len(under_way[free]) >= AHEAD or len(waiting) >= most:
                while waiting and waiting[0][1]:
                    yield waiting.popleft()[1].pop()
                if len(under_way[free]) < AHEAD and len(waiting) < most:
                    break
                for ready in self._ready():
                    take(ready)
                free = min(self._pipes, key=lambda pipe: len(under_way[pipe]))
            slot: list[Made] = []
            self._send(free, self._encode(piece))
            under_way[free].append(slot)
            waiting.append((free, slot))
        while waiting:
            pipe, slot = waiting.popleft()
            while not slot:
                take(pipe)
            yield slot.pop()

    def finish(self) -> list[Rest]:
        """What each worker has left to tell, in their order; they end."""
        if self._alone is not None:
            return [self._alone.finish()]
        for pipe in self._pipes:
            self._send(pipe, _END)
        rests = []
        for pipe in self._pipes:
            _, content = self._receive(pipe)
            rest, cpu_seconds = pickle.loads(content)
            self.cpu_seconds += cpu_seconds
            rests.append(rest)
        return rests

    def _start(self, number: int) -> None:
        ours, theirs = multiprocessing.get_context("fork").Pipe()
        others = [*self._pipes, ours]
        process = fork(lambda: self._work(number, theirs, others))
        theirs.close()
        self._pipes.append(ours)
        self._processes.append(process)

    def _ready(self) -> list[Connection]:
        return [pipe for pipe in wait(self._pipes) if isinstance(pipe, Connection)]

    def _send(self, pipe: Connection, content: bytes) -> None:
        try:
            pipe.send_bytes(content)
        except OSError:
            # It may have told why before it ended.
            self._receive(pipe)
            raise self._died(pipe) from None

    def _receive(self, pipe: Connection) -> tuple[bytes, bytes]:
        try:
            content = pipe.recv_bytes()
        except (EOFError, OSError):
            raise self._died(pipe) from None
        if content[:1] == _FAILED:
            raise pickle.loads(content[1:])
        return content[:1], content[1:]

    def _died(self, pipe: Connection) -> StoreError:
        process = self._processes[self._pipes.index(pipe)]
        process.join(5)
        code = process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return StoreError(
            f"a worker process ended by {how}, expected it to finish; where memory ran out, fewer "
            "workers need less (`--workers 1`)"
        )

    def _work(self, number: int, pipe: Connection, others: list[Connection]) -> None:
        """The life of a worker process."""
        for other in others:
            other.close()
        began = time.process_time()
        given: SimpleQueue[bytes] = SimpleQueue()
        threading.Thread(target=_listen, args=(pipe, given), daemon=True).start()
        try:
            work = self._make(number)
            while content := given.get():
                pipe.send_bytes(_MADE + self._encode(work.do(self._given.decode(content))))
            rest = work.finish()
            spent = time.process_time() - began
            pipe.send_bytes(_REST + pickle.dumps((rest, spent), pickle.HIGHEST_PROTOCOL))
        except Exception as error:
            pipe.send_bytes(_FAILED + sendable(error))


def fork(work: Callable[[], None]) -> ForkProcess:
    """A process that does some work with all that this one holds at that moment.

    The work tells its errors itself; the process ends without a word when nobody listens any more.
    """

    def live() -> None:
        # Ctrl-C reaches the whole group: the parent is the one to answer it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # What the parent made is no garbage here, and looking at it would copy it.
        gc.freeze()
        try:
            work()
        except ConnectionError:
            os._exit(1)

    process = multiprocessing.get_context("fork").Process(target=live, daemon=True)
    # Ctrl-C waits until the fork is done: inside it, an interrupt would be told and lost.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _listen(pipe: Connection, given: SimpleQueue[bytes]) -> None:
    """Take pieces from the pipe as they come: the parent never waits to hand one over."""
    try:
        while content := pipe.recv_bytes():
            given.put(content)
        given.put(_END)
        pipe.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def sendable(error: Exception) -> bytes:
    """An error as bytes that another process can raise; its words where it cannot be sent."""
    try:
        content = pickle.dumps(error)
        pickle.loads(content)
    except Exception:
        plain = KgError(str(error)) if isinstance(error, KgError) else RuntimeError(repr(error))
        return pickle.dumps(plain)
    return content
