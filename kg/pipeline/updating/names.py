"""What new records do to the meaning of names: resolved again as far as they bear on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from msgspec import structs

from kg.model.decision import Outcome
from kg.model.trial import Trial
from kg.pipeline.state import State
from kg.pipeline.updating.gone import take_back
from kg.pipeline.updating.shared import Mentions
from kg.resolve.collect import Collected, Collector
from kg.resolve.decisions import decide
from kg.resolve.reading import Reader
from kg.resolve.readings import Readings
from kg.resolve.resolution import Resolution
from kg.resolve.together import Circles, Row, collected, rows
from kg.resolve.vocabulary import Substance, Vocabulary
from kg.spool import Spool


class Names:
    """The names that new records bear on, as they were understood and as they are now."""

    def __init__(
        self,
        state: State,
        new: Collected,
        gone: Collected,
        spool: Spool,
        mentions: Mentions,
        vocabulary: Vocabulary,
    ) -> None:
        """`gone` is what removed trials said; `spool` holds all others, the new records too.

        `mentions` are those of the graph before.
        """
        self._state, self._new, self._vocabulary = state, new, vocabulary
        self._gone = gone
        self._readings = Readings()
        self._looked_up: set[str] = set()
        self._known: set[str] = set()
        self._salts = state.salts()
        self._decisions = state.decisions()
        nodes = decide(self._decisions, Reader(vocabulary, readings=self._readings)).nodes
        reader = Reader(vocabulary, None, nodes, self._salts, self._readings)
        known = state.rows.known((*rows(new), *rows(gone)))
        self._before = {(row.kind, row.key): row for row in known}
        less = _collector(self._before.values())
        take_back(less, gone, spool, mentions)
        self._less = {(row.kind, row.key): row for row in rows(less.collected())}
        less.merge(new)
        self._reader = reader
        self._know(less)
        circles = Circles(reader)
        self._rows = [(row, circles.of(row)) for row in rows(less.collected())]
        taken = [circle for row in rows(gone) for circle in circles.of(row)]
        met = {unii: reader.salts[unii] for unii in reader.salts.keys() - self._salts.keys()}
        lost = self._lost(nodes)
        self._salts_now = {u: parent for u, parent in reader.salts.items() if u not in lost}
        words = {word for _, found in self._rows for circle in found for word in circle}
        words |= {word for circle in taken for word in circle}
        words |= {f"unii:{parent.unii}" for parent in (*met.values(), *lost.values())}
        self._touched = set(state.rows.circles_of_words(words).values())
        self._covered: set[int] | None = None
        self._read: set[int] = set()
        self._others = Collector()
        """What the rows say that were read and that are as they were."""

    def _lost(self, nodes: Mapping[str, str]) -> dict[str, Substance]:
        """The salts that removed trials alone named."""
        reader, again = (
            Reader(self._vocabulary, None, nodes, None, self._readings) for _ in range(2)
        )
        circles = Circles(reader)
        for row in rows(self._gone):
            circles.of(row)
        lost = dict(reader.salts)
        if not lost:
            return {}
        near = self._state.rows.circles_of_words(f"unii:{parent.unii}" for parent in lost.values())
        circles = Circles(again)
        for row in chain(
            self._rows_now(self._state.rows.of(near.values())), self._rows_left(again)
        ):
            circles.of(row)
            if lost.keys() <= again.salts.keys():
                break
        return {unii: parent for unii, parent in lost.items() if unii not in again.salts}

    def _rows_now(self, near: Iterable[Row]) -> Iterator[Row]:
        """What records say now: what new and removed ones bear on, then some other rows."""
        yield from (row for row, _ in self._rows)
        yield from (row for row in near if (row.kind, row.key) not in self._before)

    def _rows_left(self, reader: Reader) -> Iterator[Row]:
        """Every other row; the reader first learns all that is known of their strings."""
        reader.know(self._state.all_readings())
        for row in self._state.rows.all():
            if (row.kind, row.key) not in self._before:
                yield row

    def cover(self, trials: Iterable[Trial]) -> bool:
        """Resolve the names of some trials too; whether that was anything new."""
        names = {each.name for trial in trials for each in trial.interventions}
        wanted = self._touched | self._state.rows.circles_of_names(names)
        if self._covered is not None and wanted <= self._covered:
            return False
        more = wanted - (self._covered or set())
        self._covered = wanted.union(self._covered or ())
        found = self._state.rows.of(more, self._read)
        others = (row for row in found if (row.kind, row.key) not in self._before)
        self._others.merge(collected(others))
        self._know(self._others)
        was, now = self._others.copy(), self._others.copy()
        was.merge(collected(self._before.values()))
        now.merge(collected(self._less.values()))
        now.merge(self._new)
        self.before = Resolution(
            was, self._vocabulary, self._decisions, self._salts, self._readings
        )
        self.after = Resolution(
            now, self._vocabulary, self._decisions, self._salts_now, self._readings
        )
        self._all = {*was.names, *was.others, *now.names, *now.others}
        return True

    def _know(self, collector: Collector) -> None:
        """Look up what is known of all strings of which records say something."""
        listed = (n for all_of in collector.listings.values() for names in all_of for n in names)
        texts = {*collector.texts(), *listed} - self._looked_up
        self._looked_up |= texts
        known = self._state.readings(texts)
        self._known.update(known)
        self._reader.know(known)

    def changed(self) -> list[str]:
        """The names that mean something else now, or are understood in another way."""
        return sorted(
            name for name in self._all if self.before.meaning(name) != self.after.meaning(name)
        )

    def pages(self) -> set[str]:
        """The trials whose run-on names may be read in another way now."""
        return {page.record for page in self.after.pages}

    def outcomes(self, earlier: Iterable[Outcome]) -> list[Outcome]:
        """What became of each decision of the user.

        Those that are about other names than what was resolved again are as they were.
        """
        before = {one.place: one.used for one in self.before.outcomes()}
        used = {one.place for one in earlier if one.used}
        return [
            structs.replace(
                one, used=one.used or (one.place in used and not before.get(one.place, False))
            )
            for one in self.after.outcomes()
        ]

    def keep(self) -> None:
        """Let the state know what was learnt."""
        state = self._state
        now = {(row.kind, row.key) for row, _ in self._rows}
        state.rows.remove(row for key, row in self._before.items() if key not in now)
        state.rows.put(self._rows)
        state.set_salts(self._salts_now)
        read = self._reader.readings()
        state.set_readings({text: read[text] for text in read.keys() - self._known})
        new, gone = dict(self._new.counted), dict(self._gone.counted)
        known = state.counted({*new, *gone, *self._all})
        counts = {
            name: known.get(name, 0) + new.get(name, 0) - gone.get(name, 0)
            for name in sorted(known.keys() | new.keys())
        }
        state.set_counted((name, n, self.after.reach(name)) for name, n in counts.items() if n)
        state.forget_counted(name for name, n in counts.items() if not n)


def _collector(kept: Iterable[Row]) -> Collector:
    collector = Collector()
    collector.merge(collected(kept))
    return collector
