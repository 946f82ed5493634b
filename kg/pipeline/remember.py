"""What a finished build keeps for its updates, and how it tells that it can still use it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec

import kg
from kg.errors import StoreError
from kg.model.decision import UserDecision
from kg.model.drug import Drug
from kg.pipeline.mapping import Gathered
from kg.pipeline.state import FILE, State
from kg.resolve.collect import Collector
from kg.resolve.resolution import Resolution
from kg.resolve.together import Circles, rows
from kg.resources import folder
from kg.vocabularies import catalog

MADE_BY = "made by"
_PARTS = (
    *("model", "parse", "resolve", "map", "vocabularies", "iris.py", "names.py", "vocab.py"),
    *("spool.py", "pipeline/state", "pipeline/remember.py"),
)
"""The parts of the package that decide what the graph says, and how it is remembered."""


def remember(
    build: Path,
    collector: Collector,
    resolution: Resolution,
    drugs: list[Drug],
    gathered: Gathered,
    decisions: Sequence[UserDecision],
) -> None:
    """Keep all that an update needs beside the graph."""
    state = State.create(build / FILE)
    reader = resolution.another_reader()
    circles = Circles(reader)
    placed = ((row, circles.of(row)) for row in rows(collector.collected()))
    state.rows.fill(placed, circles.decided(decisions))
    state.set_decisions(decisions)
    state.set_counted(resolution.reached())
    state.set_salts(reader.salts)
    state.set_readings(reader.readings())
    state.set_drugs(drugs)
    state.set_tally("organization", gathered.organizations.registered)
    state.set_tally("mesh", gathered.mesh_ids)
    for kind, counts in gathered.counts.kept().items():
        state.set_tally(kind, counts)
    state.set_sites(gathered.sites.seen)
    state.set_ids(gathered.trial_links.kept())
    state.set_note(MADE_BY, fingerprint())
    state.commit()


def recall(build: Path) -> State:
    """The memory of a build, if what this program makes of a record is what was made of it then.

    Raises `StoreError` where there is none, or where the program or a vocabulary is another now.
    """
    if not (build / FILE).exists():
        raise StoreError(
            f"{build.parent}: was built by a version that could not update; build it again"
        )
    state = State.open(build / FILE)
    if state.note(MADE_BY) != fingerprint():
        state.close()
        raise StoreError(
            f"{build.parent}: was built by another version or with other vocabularies, so that "
            "old and new records would not fit together; build it again"
        )
    return state


@cache
def fingerprint() -> bytes:
    """Tells apart versions that may say different things of the same record."""
    mark = sha256(msgspec.json.encode(catalog()))
    package = Path(kg.__file__).parent
    sources = [
        file
        for part in _PARTS
        for file in ([package / part] if part.endswith(".py") else (package / part).rglob("*.py"))
    ]
    for file in (*sorted(sources), *sorted(folder("ontology").glob("*.ttl"))):
        mark.update(file.name.encode())
        mark.update(file.read_bytes())
    for file in sorted(folder("organizations").glob("*.tsv")):
        mark.update(file.read_bytes())
    return mark.digest()
