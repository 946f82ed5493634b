"""Reads a text page's interventions and study groups, whose entries only their type lines end.

In the list of interventions an entry is name, description, "Intervention Type X". Among the study
groups it is label, description, "Group Type X", then each intervention as name, "Intervention
Type X", description: there the next group's label follows a description without a mark, and the
description known from the list tells where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.model.trial import ArmGroup, Intervention
from kg.parse import codes
from kg.parse.page_values import prose, value

_INTERVENTION_TYPE = re.compile(r"Intervention Type(?::|\s|$)\s*(.*)")
_GROUP_TYPE = re.compile(r"Group Type(?::|\s|$)\s*(.*)")


class Listed(NamedTuple):
    """An intervention of the list with the very rows of its description."""

    intervention: Intervention
    description: tuple[str, ...]


def listed(lines: Sequence[str]) -> list[Listed]:
    """The list of interventions.

    >>> [one.intervention.name for one in listed(["Drug A", "", "Intervention Type DRUG"])]
    ['Drug A']
    """
    found, start = [], 0
    for i, line in enumerate(lines):
        if match := _INTERVENTION_TYPE.fullmatch(line):
            entry = _without_edges(lines[start:i])
            if entry:
                name, rest = value(entry[0]) or entry[0], entry[1:]
                one = Intervention(
                    name=name,
                    type=codes.code("intervention-type", value(match[1])),
                    description=prose(rest),
                )
                found.append(Listed(one, tuple(line for line in rest if line)))
            start = i + 1
    return found


def groups(
    lines: Sequence[str], known: Sequence[Listed]
) -> tuple[tuple[ArmGroup, ...], tuple[Intervention, ...]]:
    """The arms, and every intervention with the labels of the arms it is given in."""
    reader = _Reader([(i, line) for i, line in enumerate(lines) if line], lines, known)
    reader.read()
    return tuple(reader.arms), tuple(
        Intervention(one.name, one.type, one.description, one.other_names, tuple(labels))
        for one, labels in reader.used.items()
    )


class _Reader:
    """Walks the rows of the study groups once."""

    def __init__(
        self, rows: list[tuple[int, str]], lines: Sequence[str], known: Sequence[Listed]
    ) -> None:
        self.rows, self.lines, self.known = rows, lines, known
        self.typed = any(_GROUP_TYPE.fullmatch(row) for _, row in rows)
        self.arms: list[ArmGroup] = []
        self.used: dict[Intervention, list[str]] = {one.intervention: [] for one in known}

    def read(self) -> None:
        at = 0
        while at < len(self.rows):
            end = self._end(at)
            type_line = self._match(_GROUP_TYPE, end)
            self._add_arms(at, end, type_line)
            at = end + 1 if type_line else end
            while match := self._match(_INTERVENTION_TYPE, at + 1):
                at = self._add_intervention(at, value(match[1]))

    def _match(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        return pattern.fullmatch(self.rows[at][1]) if at < len(self.rows) else None

    def _end(self, at: int) -> int:
        """The row of the next group type line, or of the next intervention's name."""
        while at < len(self.rows):
            if self._match(_GROUP_TYPE, at) or self._match(_INTERVENTION_TYPE, at + 1):
                return at
            at += 1
        return at

    def _add_arms(self, start: int, end: int, type_line: re.Match[str] | None) -> None:
        if start == end:
            return
        kind = codes.code("arm-group-type", value(type_line[1])) if type_line else None
        starts = [start] if self.typed else self._labels(start, end)
        for a, b in zip(starts, [*starts[1:], end], strict=True):
            self.arms.append(ArmGroup(self.rows[a][1], kind, self._prose(a + 1, b)))

    def _labels(self, start: int, end: int) -> list[int]:
        """Where arms start among rows that no type line ends, as in observational studies."""
        pairs = range(start, end, 2)
        if (end - start) % 2 == 0 and all(self._like_label(i) for i in pairs):
            described = (self.rows[i + 1][1] for i in pairs)
            labels = (self.rows[i][1] for i in pairs)
            if all(
                len(b) > len(a) or len(b.split()) > 4
                for a, b in zip(labels, described, strict=True)
            ):
                return list(pairs)
        return [i for i in range(start, end) if i == start or self._like_label(i)]

    def _add_intervention(self, at: int, kind_text: str | None) -> int:
        """Takes the intervention named at row `at`; gives the row after its description."""
        name, kind, after = self.rows[at][1], codes.code("intervention-type", kind_text), at + 2
        one, length = self._described(value(name) or name, kind, after)
        labels = self.used.setdefault(one, [])
        if self.arms and self.arms[-1].label not in labels:
            labels.append(self.arms[-1].label)
        return after + length

    def _described(self, name: str, kind: str | None, after: int) -> tuple[Intervention, int]:
        """The intervention and how many rows its description takes."""
        same = [one for one in self.known if (one[0].name, one[0].type) == (name, kind)]
        for one in sorted(same, key=lambda one: -len(one.description)):
            length = len(one.description)
            rows = tuple(row for _, row in self.rows[after : after + length])
            if rows == one.description:
                return one.intervention, length
        if same:
            return same[0].intervention, self._guessed_length(after)
        length = self._guessed_length(after)
        return Intervention(name, kind, self._prose(after, after + length)), length

    def _guessed_length(self, after: int) -> int:
        """The length of a description that the list does not hold, before the next label."""
        end = self._end(after)
        if end == len(self.rows) or not self._match(_GROUP_TYPE, end):
            return end - after
        labels = [i for i in range(after, end) if self._like_label(i)]
        inner = [i for i in labels if i < end - 1] or labels
        return (inner[-1] if inner else after) - after

    def _like_label(self, at: int) -> bool:
        """Whether a row could be a label: short, no sentence, and a paragraph by itself."""
        i, text = self.rows[at]
        around = [self.lines[j] for j in (i - 1, i + 1) if 0 <= j < len(self.lines)]
        sentence = text.endswith((".", ":", ";", ",")) or text.startswith(("*", "-"))
        return len(text) <= 120 and not sentence and not any(around)

    def _prose(self, start: int, end: int) -> str | None:
        if start >= end:
            return None
        return prose(self.lines[self.rows[start][0] : self.rows[end - 1][0] + 1])


def _without_edges(lines: Sequence[str]) -> list[str]:
    filled = [i for i, line in enumerate(lines) if line]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []
