"""The labelled sets, and the fixed rule that holds half of each apart."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from msgspec import Struct

from kg.names import squash

HERE = Path(__file__).parent


class Pair(Struct, frozen=True):
    """Two strings and whether they belong together: names of one drug, or a drug and a target."""

    one: str
    other: str
    true: bool
    records: str
    """NCT ids that write the names."""
    kind: str

    @property
    def split(self) -> str:
        """`dev` is tuned on; `test` is only measured.

        >>> Pair("A-1", "b", True, "", "").split == Pair("b", "a1", True, "", "").split
        True
        """
        key = "|".join(sorted((squash(self.one), squash(self.other))))
        return "test" if int(hashlib.sha256(key.encode()).hexdigest()[0], 16) % 2 else "dev"


def read(name: str) -> list[Pair]:
    """The pairs of `same_drug.tsv` or `drug_target.tsv`."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Pair(one, other, true == "yes", records, kind) for one, other, true, records, kind in rows]
