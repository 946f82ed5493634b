"""Real trials that exchange what they say, vanish and come back: updates still make one build."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.demo import example_records
from tests.pipeline.made_up import index, report, triples
from tests.pipeline.updating.test_equals_build import remembered

Record = dict[str, Any]

DAYS = 3
MODULES = (
    "armsInterventionsModule",
    "conditionsModule",
    "contactsLocationsModule",
    "descriptionModule",
    "designModule",
    "eligibilityModule",
    "referencesModule",
    "sponsorCollaboratorsModule",
)


def examples() -> Iterator[Record]:
    for path in example_records():
        if path.suffix == ".jsonl":
            found = map(json.loads, path.read_text().splitlines())
            yield from (record for record in found if "protocolSection" in record)


def nct_id(record: Record) -> str:
    return str(record["protocolSection"]["identificationModule"]["nctId"])


class Registry:
    """Records in files of their own, changing day by day."""

    def __init__(self, place: Path, records: list[Record], chance: random.Random) -> None:
        self._place, self._chance = place, chance
        self._all = {nct_id(record): record for record in records}
        self._files: dict[str, list[Path]] = {}
        for one in self._all.values():
            self._write(one, 0)

    @property
    def files(self) -> list[Path]:
        """All that was given of the trials that are left, the last first."""
        return [path for paths in reversed(self._files.values()) for path in reversed(paths)]

    def day(self, number: int) -> tuple[list[Path], list[str]]:
        """Files of new versions and of a trial that came back, and the ids that went."""
        gone = self._chance.sample(sorted(self._files), len(self._files) // 12)
        for each in gone:
            del self._files[each]
        changed = self._chance.sample(sorted(self._files), len(self._files) // 6)
        new = [self._write(self._exchanged(each, number), number) for each in changed]
        return [*new, self._write(self._all[gone[0]], number)], gone

    def _exchanged(self, changed: str, number: int) -> Record:
        record = copy.deepcopy(self._all[changed])
        protocol = record["protocolSection"]
        date = {"date": f"2099-01-{number:02}"}
        protocol.setdefault("statusModule", {})["lastUpdatePostDateStruct"] = date
        for module in self._chance.sample(MODULES, 3):
            other = self._all[self._chance.choice(sorted(self._all))]["protocolSection"]
            protocol.pop(module, None)
            if module in other:
                protocol[module] = other[module]
        return record

    def _write(self, record: Record, number: int) -> Path:
        path = self._place / f"{nct_id(record)}-{number}.json"
        path.write_text(json.dumps(record))
        self._files.setdefault(nct_id(record), []).append(path)
        return path


def follows(place: Path, records: list[Record], chance: random.Random) -> None:
    registry = Registry(place, records, chance)
    kg.build(registry.files, place / "step")
    for number in range(1, DAYS + 1):
        new, gone = registry.day(number)
        kg.update(new, place / "step", remove=gone, check=False)
    kg.build(registry.files, place / "whole")
    for look in (triples, index, report, remembered):
        same = look(place / "step") == look(place / "whole")
        assert same, look.__name__


@pytest.mark.parametrize("seed", range(3))
def test_examples(tmp_path: Path, seed: int) -> None:
    follows(tmp_path, list(examples()), random.Random(seed))


def test_real_trials(tmp_path: Path, records: Path) -> None:
    chance = random.Random(1)
    lines = (records / "ctgov-v2.jsonl").read_text().splitlines()
    follows(tmp_path, [json.loads(line) for line in chance.sample(lines, 150)], chance)
