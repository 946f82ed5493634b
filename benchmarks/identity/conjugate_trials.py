"""The antibody-drug conjugates of real records: one drug each, with target and payload or not.

`python -m benchmarks.identity.conjugate_trials [SOURCE…]` finds interventions whose name or other
names hold that of a conjugate (an antibody and a payload, or one of `antibodies.tsv`), and asks
what the build makes of them (all shared real records, if no source is named).
"""

from __future__ import annotations

import platform
import re
import sys

from benchmarks.identity.antibodies import payloads, rows, share
from benchmarks.identity.measure import trials
from kg.model.trial import Intervention
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution

_BUILT = re.compile(
    r"\b[a-z]{4,}(?:mab|tug|bart|mig)[- ]+[a-z]*(?:dotin|tecan|tansine|ozogamicin|sirine|talirine|"
    r"duocarmazine|bulin|pelidotin|uzoptirine|sunirine|clezutoclax)\b",
    re.IGNORECASE,
)


def listed() -> re.Pattern[str]:
    """The names of the list's conjugates as they may be spelled in a text."""
    names = {n for row in rows() if row.kind == "adc" for n in (row.name, *row.others)}
    spelled = (
        r"[\W_]*".join(map(re.escape, re.findall(r"[^\W\d_]+|\d+", name)))
        for name in sorted(names, key=lambda name: (-len(name), name))
        if len(name) > 3
    )
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])", re.IGNORECASE)


def main(*sources: str) -> None:
    """Print how many there are, and each that is not one drug with target and payload."""
    records = trials(list(sources) or ["../shared/records"])
    collector = Collector()
    for trial, origin in records:
        collector.add(trial, origin)
    resolution = Resolution(collector, Bundled())
    names = listed()
    found: dict[tuple[str, str], Intervention] = {}
    for trial, _ in records:
        for one in trial.interventions:
            text = " ; ".join((one.name, *one.other_names))
            if _BUILT.search(text) or names.search(text):
                found[trial.nct_id, one.name] = one
    one_drug = target = payload = 0
    for (nct_id, name), _ in sorted(found.items()):
        drugs = [d for part, key, _ in resolution.meaning(name) if (d := resolution.drug(key))]
        conjugates = [drug for drug in drugs if payloads(drug)]
        aimed = [d for d in conjugates if any(not link.payload for link in d.targets)]
        one_drug += len(drugs) == 1
        payload += bool(conjugates)
        target += bool(aimed)
        if not aimed:
            print(f"   {nct_id} {name}: {', '.join(d.label for d in drugs) or 'no drug'}")
    print(f"Python {platform.python_version()}, {platform.machine()}; N={len(records)} records")
    print(
        f"{len(found)} interventions of {len({nct for nct, _ in found})} trials name a conjugate; "
        f"one drug {share(one_drug, len(found))}, payload known {share(payload, len(found))}, "
        f"target and payload {share(target, len(found))}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
