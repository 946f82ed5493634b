"""Other names of all interventions in one run-on string: whose is which, where evidence says."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from kg.resolve.collect import Page
from kg.resolve.normalise import squash
from kg.resolve.titles import tells_same

LONGEST = 8
OTHER_NAMES = "interventions[].otherNames"
"""The field that a page runs together."""


class Assigned(Struct, frozen=True):
    """One phrase of the string and the intervention it names."""

    phrase: str
    intervention: str
    rule: str
    """`known-name` (another record or a vocabulary has it) or `publication-title`."""
    text: str = ""
    """The publication's citation, where it is the evidence."""


class Segmented(Struct, frozen=True):
    """What could be assigned, and the words that could not."""

    assigned: tuple[Assigned, ...]
    left: tuple[str, ...]


def segment(page: Page, known: Mapping[str, frozenset[str]]) -> Segmented:
    """Assigns each phrase that is known, then what a publication's title explains.

    `known` gives, for the squashed form of a name, the page's interventions that go by it.

    >>> page = Page("NCT99000001", ("dexamethasone", "naphazoline"), "Eyedrop One Clear Two", ())
    >>> result = segment(page, {"clear": frozenset({"naphazoline"})})
    >>> [(a.phrase, a.intervention) for a in result.assigned], result.left
    ([('Clear', 'naphazoline')], ('Eyedrop One', 'Two'))
    """
    words = page.unassigned.split()
    assigned: list[Assigned] = []
    left: list[str] = []
    rest: list[str] = []
    for phrase, interventions in _cover(words, known):
        if len(interventions) == 1:
            assigned.append(Assigned(phrase, min(interventions), "known-name"))
            left += [" ".join(rest)] if rest else []
            rest = []
        else:
            rest.append(phrase)
    left += [" ".join(rest)] if rest else []
    unexplained = []
    for run in left:
        found = _from_title(page, run)
        if found is None:
            unexplained.append(run)
        else:
            assigned.append(found)
            unexplained += [part for part in run.partition(found.phrase)[::2] if part.strip()]
    return Segmented(tuple(assigned), tuple(part.strip() for part in unexplained))


def _cover(
    words: list[str], known: Mapping[str, frozenset[str]]
) -> list[tuple[str, frozenset[str]]]:
    """The words in runs, known names as long and as many words in all as can be."""
    best: list[tuple[int, int, list[tuple[str, frozenset[str]]]]] = [(0, 0, [])]
    for end in range(1, len(words) + 1):
        covered, runs, cut = best[end - 1]
        options = [(covered, runs - 1, [*cut, (words[end - 1], frozenset[str]())])]
        for start in range(max(0, end - LONGEST), end):
            phrase = " ".join(words[start:end])
            if owners := known.get(squash(phrase)):
                covered, runs, cut = best[start]
                options.append((covered + end - start, runs - 1, [*cut, (phrase, owners)]))
        best.append(max(options, key=lambda option: option[:2]))
    return best[-1][2]


def _from_title(page: Page, run: str) -> Assigned | None:
    """The longest phrase of the words that a publication's title puts in the drug's place."""
    words = run.split()
    for size in range(min(len(words), LONGEST), 0, -1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            if len(squash(phrase)) < 5:
                continue
            for titled in page.titled:
                if tells_same(titled.title, titled.name, titled.citation, phrase):
                    return Assigned(phrase, titled.name, "publication-title", titled.citation)
    return None
