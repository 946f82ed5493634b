"""What the interventions of a trial mean, in the drugs that all records come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.model.drug import Grounding, InterventionKey, Role, TrialGroundings
from kg.model.trial import Intervention, Trial
from kg.resolve.describing import Descriptions
from kg.resolve.flattened import OTHER_NAMES
from kg.resolve.joining import Joined
from kg.resolve.mentions import ALSO_GROUNDED, DRUG_TYPES
from kg.resolve.readings import Part
from kg.resolve.roles import roles
from kg.resolve.spellings import READ_AS


class Grounder:
    """Grounds trials, one by one."""

    def __init__(self, joined: Joined, described: Descriptions) -> None:
        self._joined = joined
        self._described = described

    def ground(self, trial: Trial) -> TrialGroundings:
        """What the interventions of a trial mean."""
        own = roles(trial, self._joined.reader)
        groundings: list[Grounding] = []
        for intervention in trial.interventions:
            if intervention.type in DRUG_TYPES | ALSO_GROUNDED:
                groundings += self._groundings(intervention, own)
        groundings += self._flattened(trial, own)
        found = {g.drug_key: g.role for g in reversed(groundings) if g.drug_key}
        return TrialGroundings(
            nct_id=trial.nct_id,
            groundings=tuple(groundings),
            roles=own,
            drugs=tuple(sorted(found)),
            investigational=tuple(
                sorted(
                    {g.drug_key for g in groundings if g.drug_key and g.role == "INVESTIGATIONAL"}
                )
            ),
        )

    def _groundings(
        self, intervention: Intervention, own: dict[InterventionKey, Role]
    ) -> Iterator[Grounding]:
        at = (intervention.type, intervention.name)
        parts = self._joined.reader.read(intervention.name).parts
        partial = _partial(parts, intervention)
        for part in parts:
            known = part.rule.startswith("vocabulary")
            if intervention.type not in DRUG_TYPES and not known:
                continue
            mention = intervention.name if len(parts) == 1 else part.text
            role = part.not_drug.role if part.not_drug and len(parts) > 1 else own[at]
            if part.node:
                root = self._joined.root(part.node)
                rule = part.rule if root == part.node else f"{part.rule}-alias"
                yield Grounding(
                    mention, "interventions[].name", at, self._described.key(root), rule,
                    READ_AS.get(part.rule, 0.8), "ACCEPTED", role, partial,
                )  # fmt: skip
            else:
                candidates = tuple(f"unii-{s.unii}" for s in part.candidates)
                reason = part.not_drug.reason if part.not_drug else part.rule
                yield Grounding(
                    mention, "interventions[].name", at, None, part.rule, 1.0, "REFUSED", role,
                    reason, candidates,
                )  # fmt: skip

    def _flattened(self, trial: Trial, own: dict[InterventionKey, Role]) -> Iterator[Grounding]:
        """Groundings of the other names that a text page runs together."""
        for page in sorted(self._joined.segments):
            if page.record != trial.nct_id or page.unassigned != trial.unassigned_other_names:
                continue
            by_name = {i.name: (i.type, i.name) for i in trial.interventions}
            for one in self._joined.segments[page].assigned:
                part = self._joined.reader.read(one.intervention).only
                at = by_name.get(one.intervention)
                if part and part.node and at:
                    key = self._described.key(self._joined.root(part.node))
                    yield Grounding(
                        one.phrase, OTHER_NAMES, at, key, f"flattened-{one.rule}", 0.85,
                        "ACCEPTED", own[at],
                    )  # fmt: skip
            for words in self._joined.segments[page].left:
                yield Grounding(
                    words,
                    OTHER_NAMES,
                    None,
                    None,
                    "flattened",
                    1.0,
                    "REFUSED",
                    "OTHER",
                    "unassigned",
                )


def _partial(parts: Sequence[Part], intervention: Intervention) -> str | None:
    """What to say of an intervention of several parts where only some are known drugs.

    A part that is no drug, as a placebo or a procedure, is not missed; a mere class is.
    """
    wanted = [part for part in parts if part.not_drug is None or part.not_drug.reason == "class"]
    known = [
        part
        for part in wanted
        if part.node and (intervention.type in DRUG_TYPES or part.rule.startswith("vocabulary"))
    ]
    if not 0 < len(known) < len(wanted):
        return None
    return f"partial: {len(known)} of {len(wanted)} parts known"
