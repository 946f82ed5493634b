"""Small graphs of made-up trials, indexed the way a build does it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.iris import Iris
from kg.model.trial import ArmGroup, Design, Intervention, Organization, PartialDate, Status, Trial
from kg.related.index import Index
from kg.related.writer import Writer
from kg.resolve.bundled import Bundled
from kg.resolve.collect import Collector
from kg.resolve.facts import resolve_facts
from kg.resolve.resolution import Resolution

VOCABULARY = Bundled()


def index(folder: Path, trials: Iterable[Trial]) -> Index:
    """The index of these trials, in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = sorted(trials, key=lambda trial: trial.nct_id)
    collector = Collector()
    for trial in chosen:
        collector.add(trial)
    resolution = Resolution(collector, VOCABULARY)
    writer = Writer(folder, resolution.drugs(), Iris())
    for trial in chosen:
        writer.add(trial, resolve_facts(trial), resolution.ground(trial))
    writer.close()
    return Index(folder)


def nct(number: int) -> str:
    return f"NCT99{number:06d}"


def drug_trial(
    number: int,
    title: str,
    *drugs: str,
    sponsor: str = "Example Pharma",
    phases: tuple[str, ...] = ("PHASE1",),
    status: str = "COMPLETED",
    start: str | None = None,
    **more: object,
) -> Trial:
    """An open-label trial of some drugs."""
    arm = ArmGroup("Everyone", "EXPERIMENTAL")
    values: dict[str, object] = {
        "nct_id": nct(number),
        "brief_title": title,
        "lead_sponsor": Organization(sponsor),
        "design": Design(study_type="INTERVENTIONAL", phases=phases),
        "status": Status(status, start_date=PartialDate(start) if start else None),
        "arm_groups": (arm,),
        "interventions": tuple(
            Intervention(drug, "DRUG", arm_group_labels=(arm.label,)) for drug in drugs
        ),
    }
    return Trial(**(values | more))  # type: ignore[arg-type]
