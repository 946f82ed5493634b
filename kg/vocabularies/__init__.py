"""The vocabularies inside the package and beside it, and look-ups in them.

Look-ups take a name in any spelling, load their table when first asked, and give plain values;
where a name means several things, they give them all.
"""

from kg.names import squash
from kg.vocabularies.described import Vocabulary
from kg.vocabularies.tables import bundled, catalog

__all__ = ["Vocabulary", "bundled", "catalog", "squash"]
