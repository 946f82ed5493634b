"""A user's own tables: read, checked, and kept for the next build."""

from kg.vocabularies.add.run import Added, add

__all__ = ["Added", "add"]
