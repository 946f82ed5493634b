"""The embedded Oxigraph store: built aside, swapped in whole, opened read-only by any number.

A store directory holds one folder per build and a file `CURRENT` that names the one in force.
Swapping is one atomic rename of `CURRENT`, so a build killed at any moment leaves the previous
graph untouched, and a reader sees either all of the old graph or all of the new one.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Store, parse

from kg.errors import StoreError

_CURRENT = "CURRENT"
_GRAPH = "graph"
_BUILD = "build-"
_LOCK = "LOCK"
_NAME = re.compile(rf"{_BUILD}(\d{{6,}})")


def current(store_dir: Path) -> Path:
    """The folder of the build in force.

    Raises `StoreError` where there is none.
    """
    try:
        name = (store_dir / _CURRENT).read_text(errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{store_dir}: found no store, expected one made by "
            f"`kg build SOURCE… --store {store_dir}`"
        ) from None
    except OSError as error:
        raise StoreError(f"{store_dir}: cannot be read ({error.strerror})") from None
    if not _NAME.fullmatch(name):
        raise StoreError(
            f"{store_dir / _CURRENT}: found {name[:40]!r}, expected the name of a build; "
            f"`kg doctor --store {store_dir}` says what to do"
        )
    return store_dir / name


def builds(store_dir: Path) -> list[Path]:
    """Every folder of a build, the latest last; one of them may be in force, or none."""
    found = [(int(name[1]), path) for path in store_dir.iterdir() if (name := _named(path))]
    return [path for _, path in sorted(found)]


def _named(path: Path) -> re.Match[str] | None:
    return _NAME.fullmatch(path.name) if path.is_dir() else None


def is_locked(store_dir: Path) -> bool:
    """Whether a build on the store is under way."""
    try:
        lock = os.open(store_dir / _LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def graph_folder(store_dir: Path) -> Path:
    """The Oxigraph folder of the build in force."""
    return current(store_dir) / _GRAPH


def open_read_only(store_dir: Path) -> tuple[Store, Path]:
    """Open the build in force for reading; safe beside other readers and beside a build.

    The handle keeps answering from the same build even when a newer one is swapped in.
    """
    build = current(store_dir)
    while True:
        try:
            return Store.read_only(str(build / _GRAPH)), build
        except (OSError, RuntimeError) as error:
            latest = current(store_dir)
            if latest == build:
                raise StoreError(
                    f"{build / _GRAPH}: cannot be opened as a graph ({error}); build it again, or "
                    f"ask `kg doctor --store {store_dir}`"
                ) from None
            build = latest


def open_build(build: Path) -> Store:
    """The graph in the folder of a build, for reading; raises `StoreError` where it cannot be."""
    try:
        return Store.read_only(str(build / _GRAPH))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{build / _GRAPH}: cannot be opened as a graph ({error}); build it again"
        ) from None


@contextmanager
def new_build(store_dir: Path) -> Iterator[Path]:
    """An empty folder for the next build; swapped in when the block ends well, else removed.

    Raises `StoreError` while another build on the same store is under way.
    """
    try:
        store_dir.mkdir(parents=True, exist_ok=True)
        lock = os.open(store_dir / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{store_dir}: cannot be written ({error.strerror})") from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(
                f"{store_dir}: another build is under way, wait for it to end"
            ) from None
        with _told(store_dir):
            build = _next(store_dir)
            build.mkdir()
        try:
            with _told(store_dir):
                yield build
                _settle(build)
                write_whole(store_dir / _CURRENT, f"{build.name}\n".encode())
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        _remove_others(store_dir, keep=build)
    finally:
        os.close(lock)


def bulk_load(
    build: Path,
    chunks: Iterable[str | bytes],
    extra: Iterable[Path] = (),
    meanwhile: Callable[[], None] = lambda: None,
) -> int:
    """Load N-Triples text as it is made, and Turtle files, into a build; the number of triples.

    The text goes through a pipe, so memory does not grow with it and no copy lands on the disk.
    `meanwhile` is done while the store sorts what it was given.
    """
    reading, writing = os.pipe()
    triples: list[int] = []
    failure: list[str] = []

    def load() -> None:
        try:
            triples.append(_load(build / _GRAPH, extra, reading))
        except Exception as error:
            # The words alone: an exception that is kept would keep the store open and locked.
            failure.append(str(error))
        finally:
            os.close(reading)

    loader = threading.Thread(target=load, name="bulk-load")
    loader.start()
    try:
        with suppress(BrokenPipeError), open(writing, "wb", buffering=1 << 20) as pipe:
            for chunk in chunks:
                pipe.write(chunk if isinstance(chunk, bytes) else chunk.encode())
        if not failure:
            meanwhile()
    finally:
        loader.join()
    if failure:
        raise StoreError(f"{build}: the graph could not be written ({failure[0]})")
    return triples[0]


def _load(graph: Path, turtles: Iterable[Path], reading: int) -> int:
    store = Store(str(graph))
    for turtle in turtles:
        ontology = Dataset(parse(path=str(turtle), format=RdfFormat.TURTLE))
        # Same in, same out: the loader would give blank nodes new labels at every build.
        ontology.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        store.bulk_extend(ontology)
    # Lenient: the lines were written by kg.map, whose IRIs need no second check.
    store.bulk_load(path=f"/dev/fd/{reading}", format=RdfFormat.N_TRIPLES, lenient=True)
    # Sorted once more as a whole: queries on a large graph take a half to a quarter of the time.
    store.optimize()
    store.flush()
    return len(store)


@contextmanager
def _told(store_dir: Path) -> Iterator[None]:
    """Says which store could not be written, and that nothing is lost."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"{store_dir}: cannot be written ({reason}); what it held before is untouched"
        ) from None


def _next(store_dir: Path) -> Path:
    """The folder of the next build; what killed builds left is removed.

    Where no build is in force, as when `CURRENT` is damaged, nothing is removed.
    """
    found = builds(store_dir)
    with suppress(StoreError):
        in_force = current(store_dir)
        if in_force in found:
            _remove_others(store_dir, keep=in_force)
    number = int(found[-1].name.removeprefix(_BUILD)) + 1 if found else 1
    return store_dir / f"{_BUILD}{number:06d}"


def _settle(build: Path) -> None:
    """Waits until all files of a build are on the disk: only then may it replace another."""
    for path in (build, *build.rglob("*")):
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once: whoever reads it finds the old content or the new, never a part."""
    waiting = path.with_name(f"{path.name}.new")
    with open(waiting, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(waiting, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove_others(store_dir: Path, keep: Path) -> None:
    for build in builds(store_dir):
        if build != keep:
            shutil.rmtree(build, ignore_errors=True)


def follow(old: Path, new: Path) -> None:
    """Give a build the graph of the one it follows, to be changed; the older one stays as it is.

    The sorted files of the graph are never written again, so they are shared where links work.
    """
    (new / _GRAPH).mkdir()
    for file in sorted((old / _GRAPH).iterdir()):
        if file.name != "LOCK" and not file.name.startswith("LOG"):
            take_over(file, new / _GRAPH / file.name, shared=file.suffix == ".sst")


def take_over(file: Path, to: Path, *, shared: bool) -> None:
    """Copy a file; one that is never written again is linked, where the file system can."""
    if shared:
        with suppress(OSError):
            os.link(file, to)
            return
    shutil.copyfile(file, to)


def change(build: Path, removed: Iterable[str], added: Iterable[str]) -> None:
    """Take N-Triples lines out of the graph of a build, and bring others in.

    Raises `StoreError` where the graph cannot be written.
    """
    try:
        store = Store(str(build / _GRAPH))
        for quad in quads(removed):
            store.remove(quad)
        store.extend(quads(added))
        store.flush()
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{build}: the graph could not be changed ({error})") from None


def quads(lines: Iterable[str]) -> Iterator[Quad]:
    """The triples of N-Triples lines that kg.map wrote."""
    text = "".join(lines).encode()
    return parse(input=text, format=RdfFormat.N_TRIPLES, lenient=True)
