"""Answers to whole-graph questions, kept beside the graph that gave them.

A catalogue query without parameters has one answer in one build, and a build never changes: an
update makes another. So the answer lies in the build's own folder, and nothing has to be renewed.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.query.catalogue import Query
from kg.query.results import rows

FOLDER = "answers"
"""The folder of a build that keeps them."""


def is_kept(query: Query) -> bool:
    """Whether answers of a query are kept: one of the catalogue that has no parameters.

    >>> from kg.query.catalogue import find, read
    >>> is_kept(find("busiest-sites")), is_kept(find("drug-trials")), is_kept(read("ASK {}"))
    (True, False, False)
    """
    return bool(query.family) and not query.parameters


def kept(build: Path, query: Query) -> QuerySolutions | QueryBoolean | None:
    """The answer that a build keeps, if it does and the answer can be read."""
    try:
        return _parsed(_path(build, query).read_bytes())
    except (OSError, SyntaxError):
        return None


def keep(
    build: Path, query: Query, answer: QuerySolutions | QueryBoolean
) -> QuerySolutions | QueryBoolean:
    """The answer again, kept where the build's folder can be written."""
    content = rows(answer, "json")
    path = _path(build, query)
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.chmod(file.name, 0o644)
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)
    return _parsed(content)


def _path(build: Path, query: Query) -> Path:
    """One file for a query's very text, so that a changed query is asked anew."""
    digest = hashlib.sha256(query.text.encode()).hexdigest()[:16]
    return build / FOLDER / f"{query.name}-{digest}.json"


def _parsed(content: bytes) -> QuerySolutions | QueryBoolean:
    return parse_query_results(content, format=QueryResultsFormat.JSON)
