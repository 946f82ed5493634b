"""What all names mean, once every record has been read: drugs, groundings and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from kg.model.decision import Outcome, UserDecision
from kg.model.drug import Coverage, Drug, NameLink, TrialGroundings
from kg.model.trial import Trial
from kg.resolve import explain
from kg.resolve.collect import Collector, Page
from kg.resolve.describing import Descriptions
from kg.resolve.drugs import Said
from kg.resolve.grounding import Grounder
from kg.resolve.joining import Joined, ReadAll
from kg.resolve.mentions import Claim
from kg.resolve.reading import Reader
from kg.resolve.readings import Part, Readings
from kg.resolve.report import CameTo, coverage, reached
from kg.resolve.support import Support
from kg.resolve.union import Decision
from kg.resolve.vocabulary import Substance, Vocabulary


class Resolution:
    """The outcome of the first pass; grounds trials in the second."""

    def __init__(
        self,
        collector: Collector,
        vocabulary: Vocabulary,
        decisions: Sequence[UserDecision] = (),
        salts: Mapping[str, Substance] | None = None,
        readings: Readings | None = None,
        read_all: ReadAll = Reader.read_all,
    ) -> None:
        """`decisions` are a user's, and win over every rule.

        `salts` are those that records outside the collector name, where it has a part only.
        `readings` are shared by resolutions that read much the same.
        `read_all` may share the reading of many names out to processes.
        """
        self.vocabulary = vocabulary
        self._collector = collector
        self._user_decisions = decisions
        self._joined = Joined(collector, vocabulary, decisions, salts, readings, read_all)
        self._described = Descriptions(self._joined)
        self._grounder = Grounder(self._joined, self._described)

    @property
    def decisions(self) -> list[Decision]:
        """Every claim between two names of drugs and what became of it, strongest first."""
        return self._joined.decisions

    def links(self) -> Iterator[NameLink]:
        """Every accepted and every refused link between two names, with its evidence."""
        for decision in self.decisions:
            edge = decision.edge
            yield _link(edge.claim, edge.support, decision.guard)
        for refusal in self._joined.refusals:
            yield _link(refusal.claim, refusal.support, refusal.guard)

    def drugs(self) -> Iterator[Drug]:
        """Every drug that a trial's interventions name, by key."""
        return self._described.all()

    def drug(self, key: str) -> Drug | None:
        """The drug with this key."""
        root = self._described.roots.get(key)
        return None if root is None else self._described.of(root)

    def explain(self, name: str, other: str) -> tuple[NameLink, ...]:
        """Why two names are one drug, claim by claim; else every claim between them, refused.

        Empty where no record puts the two together, or where a vocabulary alone does.
        """
        one, two = self._joined.reader.read(name).only, self._joined.reader.read(other).only
        if not (one and two and one.node and two.node):
            return ()
        roots = self._joined.root(one.node), self._joined.root(two.node)
        if roots[0] == roots[1]:
            found: Iterable[Decision] = explain.path(self.decisions, one.node, two.node)
        else:
            found = (
                decision
                for decision in self.decisions
                if {self._joined.root(decision.edge.one), self._joined.root(decision.edge.two)}
                == set(roots)
            )
        return tuple(_link(d.edge.claim, d.edge.support, d.guard) for d in found)

    def find(self, name: str) -> Drug | None:
        """The drug that a name means."""
        part = self._joined.reader.read(name).only
        return self._described.of(self._joined.root(part.node)) if part and part.node else None

    @property
    def reader(self) -> Reader:
        """How each string was read."""
        return self._joined.reader

    def another_reader(self) -> Reader:
        """One that has met no salts but those that the names in records are.

        The grounding of trials reads on, in one process or in several.
        """
        return self._joined.reader.another(self._joined.salts)

    def meaning(self, name: str) -> tuple[tuple[Part, str, bool], ...]:
        """What a name comes to: each part, its drug's key, and whether it stands for its drug.

        Groundings of a trial are made from nothing else but the trial.
        """
        found = []
        for part in self._joined.reader.read(name).parts:
            root = self._joined.root(part.node) if part.node else ""
            found.append((part, self._described.key(root) if root else "", root == part.node))
        return tuple(found)

    @property
    def pages(self) -> Set[Page]:
        """The records that run the other names of all their interventions together."""
        return self._collector.pages

    def reach(self, name: str) -> CameTo:
        """What a registered name came to."""
        return reached(name, self._joined.reader, self._joined.union)

    def reached(self) -> Iterator[tuple[str, int, CameTo]]:
        """What each name of a drug or biological came to, and how many interventions have it."""
        for name, count in self._collector.counted.items():
            yield name, count, self.reach(name)

    @cached_property
    def coverage(self) -> Coverage:
        """How far the drugs and biologicals of all records were understood."""
        return coverage(self.reached())

    def ground(self, trial: Trial) -> TrialGroundings:
        """What the interventions of a trial mean."""
        return self._grounder.ground(trial)

    def outcomes(self) -> list[Outcome]:
        """What became of each decision of the user."""
        used = set(self._described.roots.values())
        return [
            Outcome(
                one.name,
                one.other,
                "ACCEPTED" if one.accepted else "REFUSED",
                one.comment,
                one.place,
                any(
                    part.node and self._joined.root(part.node) in used
                    for text in (one.name, one.other)
                    for part in self._joined.reader.read(text).parts
                ),
            )
            for one in self._user_decisions
        ]

    def unassigned(self) -> Iterator[tuple[str, str]]:
        """The run-on other names that could not be given to an intervention, by record."""
        for page in sorted(self._joined.segments):
            for words in self._joined.segments[page].left:
                yield page.record, words


def _link(claim: Claim, support: Support, guard: str | None) -> NameLink:
    evidence = tuple(Said(claim.name, claim.field, claim.rule, support).evidence())
    return NameLink(
        claim.name,
        claim.other,
        "REFUSED" if guard else "ACCEPTED",
        guard,
        evidence,
        support.count,
    )
