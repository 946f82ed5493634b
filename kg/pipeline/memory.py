"""How memory is looked after while much is made of many records."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW, ROUNDS = 200_000, 50
"""New objects, and collections of these, until older ones are looked at too."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles of objects seldom: parsing and mapping make hardly any.

    At Python's own pace the search through vocabularies and names, in every process, takes a
    twelfth of a build.
    """
    before = gc.get_threshold()
    gc.set_threshold(NEW, ROUNDS, before[2])
    try:
        yield
    finally:
        gc.set_threshold(*before)
