"""What a day's changes cost, and how that grows with the registry they change.

    python benchmarks/update.py --records 5000 20000 --changes 1500

Makes a registry of each size with `benchmarks.registry`, builds it, makes the changes of a day
(nine of ten are newer versions, the others new trials) and updates it. Prints wall and processor
seconds of each stage, with those of the build before it for comparison.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.pipeline import build, update
from kg.store import current

ROOT = Path(__file__).resolve().parents[1]


def make(out: Path, *arguments: str) -> Path:
    """Records from the generator."""
    command = [sys.executable, "-m", "benchmarks.registry", *arguments, "--out", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return out


def size(folder: Path) -> int:
    """Bytes in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def measure(place: Path, records: int, changes: int, check: bool) -> None:
    """Build, update, print."""
    whole = make(place / "all.jsonl.gz", "--records", str(records), "--seed", "1")
    day = make(
        place / "day.jsonl.gz", "--changes", str(changes), "--of", str(records), "--seed", "1"
    )
    store = place / "store"
    built = build([whole], store)
    kept = current(store) / "state.db"
    print(
        f"\nN = {records:,} records, {built.trials:,} trials, {built.triples:,} triples: "
        f"build {sum(built.seconds.values()):.1f} s wall, "
        f"{sum(built.cpu_seconds.values()):.1f} s CPU "
        f"(of which for updates {built.cpu_seconds.get('keep what updates need', 0):.1f} s, "
        f"{kept.stat().st_size / 1e6:.1f} MB of {size(current(store)) / 1e6:.0f} MB)"
    )
    told = update([day], store, check=check)
    cpu = {part: round(seconds, 2) for part, seconds in told.cpu_seconds.items()}
    print(
        f"update with {told.records_read:,} records: {told.added:,} added, {told.changed:,} "
        f"changed, {told.mapped_again:,} more looked at, +{told.triples_added:,} "
        f"-{told.triples_removed:,} triples\n"
        f"  {sum(told.seconds.values()):.1f} s wall: {told.seconds}\n"
        f"  {sum(told.cpu_seconds.values()):.1f} s CPU: {cpu}\n"
        f"  peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB "
        "(the build included)"
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[5000, 20000])
    parser.add_argument("--changes", type=int, default=1500)
    parser.add_argument("--no-check", action="store_true", help="leave the shapes out")
    given = parser.parse_args()
    print(f"python {platform.python_version()}, {platform.machine()}")
    for records in given.records:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), records, given.changes, not given.no_check)


if __name__ == "__main__":
    main()
