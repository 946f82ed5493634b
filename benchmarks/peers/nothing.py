"""Reads the records and flattens them: what every way does before it maps anything."""

import sys
from pathlib import Path

from benchmarks.peers.tables import rows

if __name__ == "__main__":
    sum(1 for _ in rows(Path(sys.argv[1])))
