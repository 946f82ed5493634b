"""Runs a query in a process of its own, which can be stopped.

The store's `query` has neither time limit nor cancel. A worker opens the store for reading,
answers, and hands the answer back as SPARQL JSON (N-Triples where the query builds triples).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import KgError, QueryError, TimeLimitError
from kg.query.catalogue import Query
from kg.query.results import rows
from kg.query.run import run

_ROWS, _TRIPLES, _ERROR = b"R", b"T", b"E"


class Task(Struct, frozen=True):
    """What the worker is asked."""

    store: str
    query: Query
    values: Mapping[str, str]


def run_with_timeout(
    store: Path, query: Query, values: Mapping[str, str], seconds: float
) -> QuerySolutions | QueryBoolean | list[Triple]:
    """The answer of a query on the Oxigraph store at a path, or TimeLimitError after `seconds`."""
    package = str(Path(__file__).resolve().parents[2])
    search = os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kg.query.limit"],
            input=msgspec.json.encode(Task(str(store), query, values)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": search},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeLimitError(
            f"{query.name} took longer than {seconds:g} s and was stopped"
        ) from error
    kind, body = done.stdout[:1], done.stdout[1:]
    if done.returncode != 0 or kind not in {_ROWS, _TRIPLES, _ERROR}:
        raise QueryError(f"{query.name} ended without an answer (exit code {done.returncode})")
    if kind == _ERROR:
        raise QueryError(body.decode())
    if kind == _TRIPLES:
        return [quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)]
    return parse_query_results(body, format=QueryResultsFormat.JSON)


def answer(task: Task) -> bytes:
    """What the worker hands back: a letter for the kind of answer, then the answer."""
    try:
        found = run(Store.read_only(task.store), task.query, task.values)
        if isinstance(found, QueryTriples):
            return _TRIPLES + (found.serialize(format=RdfFormat.N_TRIPLES) or b"")
        return _ROWS + rows(found, "json")
    except (KgError, OSError) as error:
        return _ERROR + str(error).encode()


if __name__ == "__main__":
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    sys.stdout.buffer.write(answer(asked))
