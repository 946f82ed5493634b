"""Downloads current and larger vocabularies, and makes the package's compact tables of them."""

from kg.vocabularies.fetch.run import fetch
from kg.vocabularies.fetch.sources import SOURCES

__all__ = ["SOURCES", "fetch"]
