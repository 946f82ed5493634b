"""What new records do to the meaning of names: resolved again as far as they bear on it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from kg.model.decision import Outcome
from kg.model.trial import Trial
from kg.pipeline.state import State
from kg.resolve.collect import Collected, Collector
from kg.resolve.decisions import decide
from kg.resolve.reading import Reader
from kg.resolve.resolution import Resolution
from kg.resolve.together import Circles, Row, collected, rows
from kg.resolve.vocabulary import Vocabulary


class Names:
    """The names that new records bear on, as they were understood and as they are now."""

    def __init__(self, state: State, new: Collected, vocabulary: Vocabulary) -> None:
        self._state, self._new, self._vocabulary = state, new, vocabulary
        self._salts = state.salts()
        self._decisions = state.decisions()
        nodes = decide(self._decisions, Reader(vocabulary)).nodes
        reader = Reader(vocabulary, None, nodes, self._salts)
        self._before = state.known(rows(new))
        merged = _collector(self._before)
        merged.merge(new)
        circles = Circles(reader)
        self._rows = [(row, circles.of(row)) for row in rows(merged.collected())]
        met = reader.salts.items() - self._salts.items()
        self._salts_now = reader.salts
        words = {word for _, found in self._rows for circle in found for word in circle}
        words |= {f"unii:{parent.unii}" for _, parent in met}
        self._touched = set(state.circles_of_words(words).values())
        self._covered: set[int] | None = None

    def cover(self, trials: Iterable[Trial]) -> bool:
        """Resolve the names of some trials too; whether that was anything new."""
        names = {each.name for trial in trials for each in trial.interventions}
        wanted = self._touched | self._state.circles_of_names(names)
        if self._covered is not None and wanted <= self._covered:
            return False
        self._covered = wanted.union(self._covered or ())
        kept = {(row.kind, row.key): row for row in self._state.rows(self._covered)}
        kept |= {(row.kind, row.key): row for row in self._before}
        collector = _collector(kept.values())
        self.before = Resolution(collector, self._vocabulary, self._decisions, self._salts)
        collector = _collector(kept.values())
        collector.merge(self._new)
        self.after = Resolution(collector, self._vocabulary, self._decisions, self._salts_now)
        self._all = {*collector.names, *collector.others}
        return True

    def changed(self) -> list[str]:
        """The names that mean something else now, or are understood in another way."""
        return sorted(
            name for name in self._all if self.before.meaning(name) != self.after.meaning(name)
        )

    def pages(self) -> set[str]:
        """The trials whose run-on names may be read in another way now."""
        return {page.record for page in self.after.pages}

    def outcomes(self, earlier: Iterable[Outcome]) -> list[Outcome]:
        """What became of each decision of the user; one that was of use still is."""
        used = {one.place for one in earlier if one.used}
        return [
            structs.replace(one, used=one.used or one.place in used)
            for one in self.after.outcomes()
        ]

    def keep(self) -> None:
        """Let the state know what was learnt."""
        state = self._state
        state.put((row, found) for row, found in self._rows if found or row.kind == "listing")
        state.set_salts(self._salts_now)
        new = dict(self._new.counted)
        known = state.counted({*new, *self._all})
        counts = known | {name: known.get(name, 0) + count for name, count in new.items()}
        state.set_counted(
            (name, count, self.after.reach(name)) for name, count in sorted(counts.items())
        )


def _collector(kept: Iterable[Row]) -> Collector:
    collector = Collector()
    collector.merge(collected(kept))
    return collector
