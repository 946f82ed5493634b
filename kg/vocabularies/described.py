"""What a vocabulary is, in words: its edition, source and licence."""

from __future__ import annotations

from typing import Literal

import msgspec

Origin = Literal["bundled", "fetched", "added"]
"""Inside the package, downloaded by `kg vocab fetch`, or given by `kg vocab add`."""
Kind = Literal["", "drug-names", "drug-targets", "conditions", "organizations", "ror", "ensembl"]
"""What a table holds that the bundle has no table of."""


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """One vocabulary in use: what `kg vocab` shows."""

    name: str
    """Short name."""
    title: str
    """What it holds."""
    file: str
    edition: str
    """Date or version the source gives its content."""
    source: str
    """Who made the content."""
    package: str = ""
    """The pinned package a bundled table was extracted from; empty for others."""
    licence: str
    rows: int
    sha256: str
    """Checksum of the file."""
    origin: Origin = "bundled"
    kind: Kind = ""
    """What a table beside the bundle's own holds; empty for those that the bundle has too."""
    address: str = ""
    """Where a fetched table's content came from."""
