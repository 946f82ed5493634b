"""The index of a build, opened without being read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from kg.errors import NotFoundError, StoreError
from kg.related.arrays import Array, Floats, Int32, Int64, Strings, digest, mapped, spans
from kg.related.columns import Columns
from kg.related.kinds import WEIGHTS, Kind
from kg.related.part import Part
from kg.related.row import Row
from kg.related.segment import MOST
from kg.related.weigh import lengths, raw_values, scales
from kg.related.writer import FOLDER, FORMAT, Meta

_KINDS = tuple(Kind)


class Index:
    """What each trial is made of, and which trials have it; read where it stands."""

    def __init__(self, build: Path) -> None:
        folder = build / FOLDER
        self.meta = _meta(folder)
        self.trials = self.meta.trials
        first = self.meta.first_of_kind
        self._ranges = {kind: range(first[kind], first[kind + 1]) for kind in Kind}
        self._labels, self.keys = Strings(folder, "labels"), Strings(folder, "keys")
        self._shown, self._spells = mapped(folder, "shown"), mapped(folder, "spells")
        self._rows = Strings(folder, "rows")
        self._nct_ids = mapped(folder, "nct_ids")
        self._digests = mapped(folder, "digests")
        self._ends, self._things = mapped(folder, "ends"), mapped(folder, "things")
        self._counts = mapped(folder, "counts")
        self.scales = mapped(folder, "scales")
        self._posting_ends = mapped(folder, "posting_ends")
        self._postings = mapped(folder, "postings")
        self._posting_counts = mapped(folder, "posting_counts")
        self.rarity, self.found_in = mapped(folder, "rarity"), mapped(folder, "found_in")
        self.status, self.phase = mapped(folder, "status"), mapped(folder, "phase")
        self.start, self.lead = mapped(folder, "start"), mapped(folder, "lead")
        self._acts = mapped(folder, "acts")
        self._names = mapped(folder, "names-digests"), mapped(folder, "names-numbers")

    def part(self) -> Part:
        """The index as what another is made from."""
        meta = self.meta
        return Part(
            kinds=np.repeat(np.arange(len(Kind), dtype=np.uint8), np.diff(meta.first_of_kind)),
            digests=self._digests,
            labels=self._labels,
            keys=self.keys,
            spells=self._spells,
            found_in=self.found_in,
            nct_ids=self._nct_ids,
            rows=self._rows,
            columns=Columns(
                statuses=meta.statuses,
                phases=meta.phases,
                status=self.status,
                phase=self.phase,
                start=self.start,
                lead=self.lead,
            ),
            ends=self._ends,
            things=self._things,
            counts=self._counts,
            ordered=True,
        )

    def range(self, kind: Kind) -> range:
        """The numbers of the things of a kind."""
        return self._ranges[kind]

    @property
    def size(self) -> int:
        """How many distinct words and things there are."""
        return self.meta.first_of_kind[-1]

    def kind(self, thing: int) -> Kind:
        """What a thing is."""
        return _KINDS[bisect_right(self.meta.first_of_kind, thing) - 1]

    def label(self, thing: int) -> str:
        """A word, or a thing as it is shown."""
        return self._labels[int(self._shown[thing])]

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
        of = self._ranges[kind]
        wanted = digest(kind, key)
        at = bisect_left(self._digests, np.uint64(wanted), of.start, of.stop)
        return at if at < of.stop and int(self._digests[at]) == wanted else None

    def drug_named(self, squashed: str) -> int | None:
        """The number of the only drug that goes by a squashed name."""
        return self._named(digest(Kind.DRUG, squashed))

    def target_named(self, symbol: str) -> int | None:
        """The number of the target with a symbol, exactly as written."""
        return self._named(digest(Kind.TARGET, symbol))

    def _named(self, wanted: int) -> int | None:
        digests, numbers = self._names
        at = bisect_left(digests, np.uint64(wanted))
        return int(numbers[at]) if at < len(digests) and int(digests[at]) == wanted else None

    def acts_on(self, drug: int) -> list[int]:
        """What a drug acts on and carries."""
        low, high = np.searchsorted(self._acts[:, 0], [drug, drug + 1])
        found: list[int] = self._acts[low:high, 1].tolist()
        return found

    def made_of(self, trials: Array) -> tuple[Int32, Floats, Array]:
        """What trials are made of: things, values, and the place of the trial of each entry."""
        at, owner = self._entries(trials)
        things = self._things[at]
        return things, self._values(things, self._counts[at], trials[owner]), owner

    def shared(self, trials: Array, things: Array) -> tuple[Array, Floats, Array]:
        """What trials are made of, but of these things alone.

        Gives the place among the things, the value, and the place of the trial of each entry.
        """
        places = np.zeros(self.size, np.int32)
        places[things] = np.arange(1, len(things) + 1)
        at, owner = self._entries(trials)
        place = places[self._things[at]]
        kept = np.flatnonzero(place)
        at, owner, place = at[kept], owner[kept], place[kept] - 1
        return place, self._values(things[place], self._counts[at], trials[owner]), owner

    def _entries(self, trials: Array) -> tuple[Int64, Int64]:
        ends = self._ends[trials]
        starts = np.where(trials > 0, self._ends[np.maximum(trials, 1) - 1], 0)
        return spans(starts, ends), np.repeat(np.arange(len(trials)), ends - starts)

    def _values(self, things: Int32, counts: Array, trials: Array) -> Floats:
        value = raw_values(things, counts, self.rarity, self.range(Kind.TEXT).stop)
        scored = np.flatnonzero(things < self.meta.first_of_kind[len(WEIGHTS)])
        kinds = np.searchsorted(self.meta.first_of_kind[1:], things[scored], "right")
        value[scored] /= self.scales[kinds, trials[scored]]
        return value

    def weighed(self, things: Int32, counts: Array) -> Floats:
        """The values that a trial of the graph with these words and things would have."""
        first = np.array(self.meta.first_of_kind)
        value = raw_values(things, counts, self.rarity, self.range(Kind.TEXT).stop)
        length = lengths(value, things, np.zeros(len(things), np.int64), 1, first)
        (scale,) = scales(length, self.meta.mean_length)
        kinds = np.searchsorted(first[1:], things, "right")
        scored = kinds < len(WEIGHTS)
        value[scored] /= scale[kinds[scored]]
        return value

    def spelled(self, kind: Kind, holding: str) -> Iterator[tuple[str, int]]:
        """Each spelling of the things of a kind, with the thing, that may hold some signs.

        Signs are compared in lower case; a spelling with signs beyond ASCII always may.
        """
        of = self.range(Kind.SPELLING)
        digests = self._digests[of.start : of.stop]
        first, last = (
            of.start + int(np.searchsorted(digests, np.uint64(number << 60)))
            for number in (kind, kind + 1)
        )
        if first == last:
            return
        text = self._labels.run(first, last)
        found = [match.start() for match in re.finditer(re.escape(holding.encode()), text.lower())]
        found += np.flatnonzero(np.frombuffer(text, np.uint8) > 127).tolist()
        begins = self._labels.ends[first:last] - self._labels.ends[last - 1] + len(text)
        for place in np.unique(np.searchsorted(begins, found, "right")).tolist():
            yield self._labels[first + place], int(self._spells[first + place])

    def things_of(self, trial: int) -> list[tuple[int, float]]:
        """The things (no words) that one trial has, and what they say of it, at most 1."""
        piece = slice(int(self._ends[trial - 1]) if trial else 0, int(self._ends[trial]))
        things = self._things[piece]
        others = things >= self.range(Kind.TEXT).stop
        said = self._counts[piece][others] / MOST
        return list(zip(things[others].tolist(), said.tolist(), strict=True))

    def having(self, thing: int) -> tuple[Int32, Array]:
        """The trials that can be found by a thing, and its raw count in each."""
        start = int(self._posting_ends[thing - 1]) if thing else 0
        end = int(self._posting_ends[thing])
        return self._postings[start:end], self._posting_counts[start:end]

    def where_any(self, things: Iterable[int]) -> Array:
        """A mask of the trials that have any of the things."""
        mask = np.zeros(self.trials, bool)
        for thing in things:
            mask[self.having(thing)[0]] = True
        return mask


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
