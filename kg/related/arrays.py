"""Arrays on disk: written piece by piece, opened without being read."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from mmap import MADV_DONTNEED, mmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float32]
Array = NDArray[Any]


TEXTS = 1 << 16
"""Texts that are copied or put in another order at a time."""


class ArrayFile:
    """One array of a known length, written from start to end; memory holds one piece."""

    def __init__(self, path: Path, dtype: DTypeLike, length: int) -> None:
        self._dtype = np.dtype(dtype)
        self._file: BinaryIO = open(path, "wb")  # noqa: SIM115
        header: dict[str, Any] = {
            "descr": np.lib.format.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (length,),
        }
        np.lib.format.write_array_header_1_0(self._file, header)

    def write(self, piece: Array) -> None:
        """Append a piece."""
        self._file.write(np.ascontiguousarray(piece, self._dtype).tobytes())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def save(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Write whole arrays, each under its name."""
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)


def mapped(folder: Path, name: str) -> Array:
    """An array as it stands on the disk; only what is looked at is read."""
    # a plain view of the map: slicing a numpy memmap itself costs several times as much
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def forget(array: Array) -> None:
    """Let go of the memory that what was read of a mapped array, or written to it, takes."""
    base: object = array
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap):
        base.madvise(MADV_DONTNEED)


class Forgetting:
    """Lets go of mapped arrays whenever so many bytes of them have been read.

    Doing so after every small piece would cost far more than reading it.
    """

    def __init__(self, arrays: Sequence[Array], most: int = 1 << 23) -> None:
        self._arrays, self._most = arrays, most
        self._read = 0

    def read(self, size: int) -> None:
        """Some more bytes were read."""
        self._read += size
        if self._read >= self._most:
            self._read = 0
            for array in self._arrays:
                forget(array)


def raw(path: Path, dtype: DTypeLike) -> Array:
    """The numbers of a file without a header, as they stand on the disk."""
    # an empty file cannot be mapped
    size = path.stat().st_size
    return np.asarray(np.memmap(path, dtype, "r")) if size else np.empty(0, dtype)


class Strings:
    """Many texts in one file, each found by its number."""

    def __init__(self, folder: Path, name: str) -> None:
        self.ends = mapped(folder, f"{name}-ends")
        self.bytes = raw(folder / f"{name}.bytes", np.uint8)

    def __getitem__(self, number: int) -> str:
        return self.raw(number).decode()

    def raw(self, number: int) -> bytes:
        """The text's bytes."""
        return self.run(number, number + 1)

    def run(self, first: int, last: int) -> bytes:
        """The bytes of the texts from `first` to before `last`, one after the other."""
        start = int(self.ends[first - 1]) if first else 0
        return self.bytes[start : int(self.ends[last - 1])].tobytes()

    def __len__(self) -> int:
        return len(self.ends)


class StringsFile:
    """Writes what `Strings` reads."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._file: BinaryIO = open(folder / f"{name}.bytes", "wb")  # noqa: SIM115
        self._lengths = array("i")

    def add(self, text: bytes) -> None:
        """Append one text."""
        self._file.write(text)
        self._lengths.append(len(text))

    def copy(self, source: Strings, first: int, last: int, forgetting: Forgetting) -> None:
        """Append the texts of a source from `first` to before `last`."""
        for low in range(first, last, TEXTS):
            texts = source.run(low, min(low + TEXTS, last))
            self._file.write(texts)
            forgetting.read(len(texts))
        ends = source.ends[first:last]
        before = source.ends[first - 1] if first else 0
        self._lengths.frombytes(np.diff(ends, prepend=before).astype(np.int32).tobytes())

    def close(self) -> None:
        """Write where each text ends."""
        self._file.close()
        ends = np.cumsum(np.frombuffer(self._lengths, np.int32), dtype=np.int64)
        save(self._folder, {f"{self._name}-ends": ends})


def write_picked(
    folder: Path, name: str, sources: Sequence[Strings], source: Array, place: Array
) -> None:
    """Write texts of several sources in an order of their own."""
    lengths = np.zeros(len(place), np.int64)
    starts = np.zeros(len(place), np.int64)
    for number, strings in enumerate(sources):
        mine = source == number
        ends = np.concatenate([np.zeros(1, np.int64), strings.ends])
        starts[mine] = ends[place[mine]]
        lengths[mine] = ends[place[mine] + 1] - starts[mine]
    ends = np.cumsum(lengths)
    save(folder, {f"{name}-ends": ends})
    with open(folder / f"{name}.bytes", "wb") as file:
        for low in range(0, len(place), TEXTS):
            piece = slice(low, low + TEXTS)
            before = int(ends[low - 1]) if low else 0
            out = np.empty(int(ends[piece][-1]) - before, np.uint8)
            for number, strings in enumerate(sources):
                mine = np.flatnonzero(source[piece] == number) + low
                into = spans(ends[mine] - lengths[mine] - before, ends[mine] - before)
                out[into] = strings.bytes[spans(starts[mine], starts[mine] + lengths[mine])]
                forget(strings.bytes)
            file.write(out.tobytes())


def digest(kind: int, key: str) -> int:
    """The number a key is looked up by."""
    content = bytes([kind]) + key.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little")


def spelling_digest(kind: int, key: str) -> int:
    """The number of a spelling: those of one kind of thing lie side by side."""
    return kind << 60 | digest(kind, key) >> 4


def spans(starts: Int64, ends: Int64) -> Int64:
    """The numbers of several ranges, one range after the other.

    >>> spans(np.array([2, 10]), np.array([4, 13])).tolist()
    [2, 3, 10, 11, 12]
    """
    lengths = ends - starts
    total = int(lengths.sum())
    before = np.cumsum(lengths) - lengths
    numbers: Int64 = np.arange(total, dtype=np.int64) + np.repeat(starts - before, lengths)
    return numbers
