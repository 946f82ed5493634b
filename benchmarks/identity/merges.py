"""How well places and organisations are told apart, on labelled pairs of real names.

`python benchmarks/identity/merges.py`: precision and recall of "one and the same", and every error.
The pairs were written and labelled by hand from names in registry records, before they were
measured; half of the merged pairs of sites are the least alike of all that a build of 7,090 trials
merges, the rest a random sample.
"""

from __future__ import annotations

import csv
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from kg.model.trial import Location
from kg.resolve.facts import country
from kg.resolve.organizations import organization
from kg.resolve.places import place_key
from kg.resolve.sites import place_name

HERE = Path(__file__).parent
Row = dict[str, str]


def main() -> None:
    """Print both measurements."""
    print(f"python {platform.python_version()}, {platform.machine()}; command: {sys.argv[0]}")
    measure("sites", one_site)
    measure("organizations", one_organization)


def measure(name: str, one: Callable[[Row], bool]) -> None:
    """Print how often `one` says of two names what their label says."""
    with (HERE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    said = [(row["same"] == "yes", one(row), row) for row in rows]
    merged = [label for label, found, _ in said if found]
    same = [found for label, found, _ in said if label]
    print(
        f"{name}: {len(rows)} pairs, {len(same)} the same; precision "
        f"{sum(merged)}/{len(merged)} = {sum(merged) / len(merged):.3f}, recall "
        f"{sum(same)}/{len(same)} = {sum(same) / len(same):.3f}"
    )
    for label, found, row in said:
        if label != found:
            print(
                f"  {'merged' if found else 'not merged'}: {' | '.join(filter(None, row.values()))}"
            )


def one_site(row: Row) -> bool:
    """Whether two places get one key."""
    return key_of(row, "") == key_of(row, "other_")


def key_of(row: Row, which: str) -> tuple[str, ...]:
    """The key of a pair's first or other place."""
    at = Location(
        facility=row[f"{which}facility"],
        city=row[f"{which}city"],
        state=row[f"{which}state"] or None,
        country=row[f"{which}country"],
    )
    return place_key(place_name(at.facility or ""), at, country(at.country or ""))


def one_organization(row: Row) -> bool:
    """Whether two names mean one organisation."""
    return organization(row["name"]).key == organization(row["other"]).key


if __name__ == "__main__":
    main()
