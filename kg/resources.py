"""Finds the folders that ship with the package: ontology, shapes, queries, examples."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(kind: str) -> Path:
    """The folder of one kind, in an installed wheel (`kg/_data/…`) or in a checkout (top level).

    The examples stand inside the package in both.

    >>> folder("ontology").name
    'ontology'
    >>> (folder("examples") / "NOTICE.md").is_file()
    True
    """
    installed = _PACKAGE / "_data" / kind
    return installed if installed.is_dir() else _PACKAGE.parent / kind
