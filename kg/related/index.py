"""The index of a build, opened without being read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np

from kg.errors import NotFoundError, StoreError
from kg.related.arrays import Array, Floats, Int32, Strings, digest, mapped, spans
from kg.related.kinds import Kind
from kg.related.row import Row
from kg.related.writer import FOLDER, FORMAT, Meta


class Index:
    """What each trial is made of, and which trials have it; read where it stands."""

    def __init__(self, build: Path) -> None:
        folder = build / FOLDER
        self.meta = _meta(folder)
        self.trials = self.meta.trials
        first = self.meta.first_of_kind
        self._ranges = {kind: range(first[kind], first[kind + 1]) for kind in Kind}
        self.labels, self.keys = Strings(folder, "labels"), Strings(folder, "keys")
        self._rows = Strings(folder, "rows")
        self._nct_ids = mapped(folder, "nct_ids")
        self._ends, self._things = mapped(folder, "ends"), mapped(folder, "things")
        self._values = mapped(folder, "values")
        self._posting_ends = mapped(folder, "posting_ends")
        self._postings = mapped(folder, "postings")
        self._posting_values = mapped(folder, "posting_values")
        self.rarity, self.found_in = mapped(folder, "rarity"), mapped(folder, "found_in")
        self.status, self.phase = mapped(folder, "status"), mapped(folder, "phase")
        self.start, self.lead = mapped(folder, "start"), mapped(folder, "lead")
        self._acts = mapped(folder, "acts")
        self._lookups = {
            name: (mapped(folder, f"{name}-digests"), mapped(folder, f"{name}-numbers"))
            for name in ("lookup", "names")
        }

    def range(self, kind: Kind) -> range:
        """The numbers of the things of a kind."""
        return self._ranges[kind]

    @property
    def size(self) -> int:
        """How many distinct words and things there are."""
        return self.meta.first_of_kind[-1]

    def kind(self, thing: int) -> Kind:
        """What a thing is."""
        return Kind(bisect_right(self.meta.first_of_kind, thing) - 1)

    def row(self, trial: int) -> Row:
        """A trial in brief."""
        return msgspec.msgpack.decode(self._rows.raw(trial), type=Row)

    def nct_id(self, trial: int) -> str:
        """The id of a trial."""
        return bytes(self._nct_ids[trial]).decode()

    def trial(self, nct_id: str) -> int:
        """The number of the trial that has an NCT id, or had it before.

        Raises `NotFoundError` where there is none.
        """
        wanted = nct_id.strip().upper()
        at = self.find(wanted)
        if at is not None:
            return at
        alias = self.thing(Kind.ALIAS, wanted)
        if alias is not None:
            return int(self.having(alias)[0][0])
        raise NotFoundError(f"the graph has no trial {wanted}")

    def find(self, nct_id: str) -> int | None:
        """The number of the trial whose NCT id this is today."""
        wanted = nct_id.encode("ascii", "replace")
        at = int(np.searchsorted(self._nct_ids, np.bytes_(wanted)))
        return at if at < self.trials and self._nct_ids[at] == wanted else None

    def thing(self, kind: Kind, key: str) -> int | None:
        """The number of the thing with a key."""
        return self._find("lookup", digest(kind, key))

    def drug_named(self, squashed: str) -> int | None:
        """The number of the only drug that goes by a squashed name."""
        return self._find("names", digest(Kind.DRUG, squashed))

    def target_named(self, symbol: str) -> int | None:
        """The number of the target with a symbol, exactly as written."""
        return self._find("names", digest(Kind.TARGET, symbol))

    def acts_on(self, drug: int) -> list[int]:
        """What a drug acts on and carries."""
        low, high = np.searchsorted(self._acts[:, 0], [drug, drug + 1])
        found: list[int] = self._acts[low:high, 1].tolist()
        return found

    def made_of(self, trials: Array) -> tuple[Int32, Floats, Array]:
        """What trials are made of: things, values, and where each trial's part begins."""
        ends = self._ends[trials]
        starts = np.where(trials > 0, self._ends[np.maximum(trials, 1) - 1], 0)
        at = spans(starts, ends)
        lengths = ends - starts
        return self._things[at], self._values[at].astype(np.float32), np.cumsum(lengths) - lengths

    def things_of(self, trial: int) -> list[tuple[int, float]]:
        """The things (no words) that one trial has, and their values."""
        things, values, _ = self.made_of(np.array([trial]))
        others = things >= self.meta.first_of_kind[Kind.TEXT + 1]
        return list(zip(things[others].tolist(), values[others].tolist(), strict=True))

    def having(self, thing: int) -> tuple[Int32, Array]:
        """The trials that can be found by a thing, and its value in each."""
        start = int(self._posting_ends[thing - 1]) if thing else 0
        end = int(self._posting_ends[thing])
        return self._postings[start:end], self._posting_values[start:end]

    def where_any(self, things: Iterable[int]) -> Array:
        """A mask of the trials that have any of the things."""
        mask = np.zeros(self.trials, bool)
        for thing in things:
            mask[self.having(thing)[0]] = True
        return mask

    def _find(self, lookup: str, wanted: int) -> int | None:
        digests, numbers = self._lookups[lookup]
        at = bisect_left(digests, np.uint64(wanted))
        return int(numbers[at]) if at < len(digests) and int(digests[at]) == wanted else None


def _meta(folder: Path) -> Meta:
    path = folder / "meta.json"
    try:
        content = path.read_bytes()
        version = msgspec.json.decode(content)["format"]
        if version != FORMAT:
            raise StoreError(
                f"{folder}: found an index of format {version}, expected {FORMAT}; "
                "build the graph again"
            )
        return msgspec.json.decode(content, type=Meta)
    except FileNotFoundError:
        raise StoreError(
            f"{folder}: found no index of related trials; build the graph again"
        ) from None
    except (OSError, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise StoreError(f"{path}: cannot be read ({error})") from None
