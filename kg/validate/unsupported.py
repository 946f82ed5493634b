"""What the compiled shapes cannot say."""

from __future__ import annotations


class UnsupportedShape(Exception):
    """A shape that uses a part of SHACL which is not compiled: it is left to pySHACL."""
