"""Precision, recall, coverage and cost of drug identities: `python -m benchmarks.identity.measure`.

Reads all records of the given sources (the shared real ones when none is named), resolves them,
and compares with the labelled pairs of this folder.
"""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections.abc import Callable, Iterable

from benchmarks.identity.labels import Pair, read
from kg.errors import RecordError
from kg.model.drug import Drug
from kg.model.record import Provenance
from kg.model.trial import Trial
from kg.parse import parse
from kg.parse.provenance import provenance
from kg.records.files import read as read_records
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution

REGISTRY = 560_000
MOST_NAMES = 40


def trials(sources: list[str]) -> list[tuple[Trial, Provenance]]:
    """Every record that can be read, parsed."""
    found = []
    for raw in read_records(sources, lambda rejection: None, lambda size: None):
        try:
            trial = parse(raw)
        except RecordError:
            continue
        found.append((trial, provenance(raw, trial)))
    return found


def score(pairs: Iterable[Pair], says: Callable[[Pair], bool | None]) -> str:
    """Precision and recall; a pair without an answer counts as "not together"."""
    right = wrong = missed = refused = 0
    for pair in pairs:
        together = bool(says(pair))
        right += together and pair.true
        wrong += together and not pair.true
        missed += pair.true and not together
        refused += not pair.true and not together
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    total = right + wrong + missed + refused
    return f"precision {precision:.4f} ({wrong} wrong), recall {recall:.4f} ({missed} missed), N={total}"


def main(*sources: str, errors: bool) -> None:
    """Prints the measures; with `--errors` also the pairs of the dev half that are wrong."""
    records = trials(list(sources) or ["../shared/records"])
    begun = time.process_time()
    collector = Collector()
    for trial, origin in records:
        collector.add(trial, origin)
    resolution = Resolution(collector, Bundled())
    drugs = list(resolution.drugs())
    groundings = [resolution.ground(trial) for trial, _ in records]
    cpu = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def same(pair: Pair) -> bool | None:
        one, other = resolution.find(pair.one), resolution.find(pair.other)
        return None if one is None or other is None else one.key == other.key

    def acts(pair: Pair) -> bool | None:
        drug = resolution.find(pair.one)
        return drug is not None and any(t.target.symbol == pair.other for t in drug.targets)

    print(f"{platform.machine()}, Python {platform.python_version()}; N={len(records)} records")
    for name, says in (("same_drug.tsv", same), ("drug_target.tsv", acts)):
        pairs = read(name)
        for split in ("dev", "test"):
            print(f"{name:16} {split:4} {score([p for p in pairs if p.split == split], says)}")
        if errors:
            for pair in pairs:
                if pair.split == "dev" and bool(says(pair)) != pair.true:
                    print(f"   {'missed' if pair.true else 'wrong '} {pair.one} | {pair.other}")
    _coverage(resolution)
    _many_names(drugs)
    print(f"groundings {sum(len(one.groundings) for one in groundings)}")
    print(
        f"resolution {cpu:.1f} CPU s, {cpu / len(records) * REGISTRY / 60:.1f} CPU min at "
        f"{REGISTRY:,} trials; peak {peak:.0f} MiB with all {len(records)} trials in memory"
    )


def _coverage(resolution: Resolution) -> None:
    found = resolution.coverage
    print(
        f"interventions of type drug or biological: {found.vocabulary} reach a vocabulary drug, "
        f"{found.mined} a mined one, {found.unresolved} neither, {found.not_a_drug} are no drug; "
        f"{found.resolved_share:.1%} of those that are drugs reach one"
    )


def _many_names(drugs: list[Drug]) -> None:
    counts = {d.label: sum(n.status == "ACCEPTED" for n in d.names) for d in drugs}
    many = sorted((n, label) for label, n in counts.items() if n > MOST_NAMES)
    print(f"{len(drugs)} drugs; more than {MOST_NAMES} names: {len(many)} {many[::-1][:12]}")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--errors"]
    main(*arguments, errors="--errors" in sys.argv)
