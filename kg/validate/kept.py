"""Rules that all nodes of a store keep, as numbers alone tell."""

from __future__ import annotations

from collections.abc import Iterable

from kg.validate.counts import MOST, Counts
from kg.validate.questions import Question, Values
from kg.validate.sizes import Sizes


class Kept:
    """Tells of questions, before they are put to a store, that nothing would be found.

    Only what most likely holds is looked at, for to count in vain is a loss.
    """

    def __init__(self, counts: Counts, sizes: Sizes, asked: Iterable[Question]) -> None:
        self._counts = counts
        self._sizes = sizes
        self._needed: dict[str, list[str]] = {}
        self._owned: dict[tuple[str, ...], Question] = {}
        for question in asked:
            if question.asked.needed and self._is_worth_it(question):
                self._needed.setdefault(_meant(question), []).append(_having(question))
                if len(question.rules) == 1:
                    self._owned[*question.rules, *question.asked.needed] = question

    def by_all(self, question: Question) -> bool:
        """Whether it is sure that all nodes keep a rule."""
        asked = question.asked
        if asked.single:
            return self._none_has_two(question)
        if not self._is_worth_it(question):
            return False
        if asked.needed:
            return self._all_have(question)
        if asked.values is not None and asked.values.classes:
            return self._all_are(asked.values)
        return False

    def _is_worth_it(self, question: Question) -> bool:
        size = self._sizes.of(question)
        return question.is_grave and not size.is_rare and size.holders <= MOST

    def _none_has_two(self, question: Question) -> bool:
        """Whether no node has something twice: none at all, or else none of those that are few."""
        size = self._sizes.of(question)
        found = either([f"?node {question.asked.single} ?any"])
        if question.target or size.is_rare:
            found = f"{{ {_meant(question)} }} LATERAL {{ {found} }}"
            few = size.nodes <= MOST
        else:
            few = size.holders <= MOST
        if not few:
            return False
        fits, nodes = self._counts.fits(found)
        return fits == nodes

    def _all_have(self, question: Question) -> bool:
        """Whether all nodes have something: told of several properties at once, where it can be.

        Where as many nodes have the one as the other, and all these and the nodes that are meant
        are no more together, they are the same nodes, and those that are meant among them.
        """
        meant, having = _meant(question), _having(question)
        size = self._counts.fits(having)[1]
        alike = [one for one in self._needed[meant] if self._counts.fits(one)[1] == size]
        if self._counts.fits(either([meant, *alike]))[1] == size:
            return True
        if alike == [having]:
            return False
        return self._counts.within(meant, having)

    def _all_are(self, values: Values) -> bool:
        """Whether all values have their class."""
        instances = self._sizes.instances(values.classes)
        if instances > MOST:
            return False
        if self._are_the_owned(values, instances):
            return True
        has_class = values.has_class.replace("?value", "?node")
        found = either(f"?any {way} ?node" for way in values.ways)
        return self._counts.within(
            found, has_class, instances if len(values.classes) == 1 else None
        )

    def _are_the_owned(self, values: Values, instances: int) -> bool:
        """Whether a class needs the very link that leads to the values, and has no others."""
        inverse = tuple(f"^{way}" for way in values.ways)
        owned = self._owned.get((*values.classes, *inverse))
        if owned is None or self._counts.fits(_having(owned))[1] != instances:
            return False
        return self._all_have(owned)


def _meant(question: Question) -> str:
    return question.meant.replace("?this", "?node")


def _having(question: Question) -> str:
    return either(f"?node {way} ?any" for way in question.asked.needed)


def either(patterns: Iterable[str]) -> str:
    """One pattern for several; a path with alternatives would keep all its pairs in memory."""
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
