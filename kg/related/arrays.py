"""Arrays on disk: written piece by piece, opened without being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Floats = NDArray[np.float32]
Array = NDArray[Any]


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
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def mapped(folder: Path, name: str) -> Array:
    """An array as it stands on the disk; only what is looked at is read."""
    # a plain view of the map: slicing a numpy memmap itself costs several times as much
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


class Strings:
    """Many texts in one file, each found by its number."""

    def __init__(self, folder: Path, name: str) -> None:
        self._ends = mapped(folder, f"{name}-ends")
        self._bytes = mapped(folder, f"{name}-bytes")

    def __getitem__(self, number: int) -> str:
        return self.raw(number).decode()

    def raw(self, number: int) -> bytes:
        """The text's bytes."""
        start = int(self._ends[number - 1]) if number else 0
        return self._bytes[start : int(self._ends[number])].tobytes()

    def __len__(self) -> int:
        return len(self._ends)


class StringsFile:
    """Writes what `Strings` reads."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._file: BinaryIO = open(folder / f"{name}.spill", "w+b")  # noqa: SIM115
        self._ends: list[int] = []
        self._end = 0

    def add(self, text: bytes) -> None:
        """Append one text."""
        self._file.write(text)
        self._end += len(text)
        self._ends.append(self._end)

    def close(self, order: Iterable[int] | None = None) -> None:
        """Write the texts, in another order where one is given."""
        if order is None:
            order = range(len(self._ends))
        self._file.flush()
        # through a map, so that a big file costs no memory
        path = self._folder / f"{self._name}.spill"
        spilled = np.memmap(path, np.uint8, "r") if self._end else np.empty(0, np.uint8)
        ends: list[int] = []
        out = ArrayFile(self._folder / f"{self._name}-bytes.npy", np.uint8, self._end)
        end = 0
        for number in order:
            start = self._ends[number - 1] if number else 0
            out.write(spilled[start : self._ends[number]])
            end += self._ends[number] - start
            ends.append(end)
        out.close()
        self._file.close()
        path.unlink()
        save(self._folder, {f"{self._name}-ends": np.array(ends, np.int64)})


def digest(kind: int, key: str) -> int:
    """The number a key is looked up by."""
    content = bytes([kind]) + key.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "little")


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
