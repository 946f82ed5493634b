"""The catalogue: every `queries/<family>/<name>.rq` with what it says about itself.

A query's header is YAML behind `#+` lines, the form grlc uses:

    #+ summary: Trials of a drug under any of its names
    #+ counts: one row per trial
    #+ parameters:
    #+   - {name: drug, type: string, default: SAR408701, description: any name of the drug}
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec
import yaml
from msgspec import Meta, Struct

from kg.errors import NotFoundError, QueryError
from kg.resources import folder

_MARK = "#+"


class Parameter(Struct, frozen=True):
    """A variable of a query that the user may give a value for."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
    type: str
    """`string`, `integer`, `date`, `iri`, `nct`, or `code:<scheme>` (`code:phase`)."""
    default: str | int | None = None
    """What it is when the user says nothing; every catalogue query has one for each parameter."""
    description: str = ""


class Query(Struct, frozen=True):
    """A SPARQL query and what it says about itself."""

    name: str
    text: str
    family: str = ""
    summary: str = ""
    counts: str = ""
    """What one row is, and what its numbers count."""
    parameters: tuple[Parameter, ...] = ()


class _Header(Struct, frozen=True, forbid_unknown_fields=True):
    summary: str = ""
    counts: str = ""
    parameters: tuple[Parameter, ...] = ()


class _Listed(Struct, frozen=True):
    name: str
    type: str
    default: str | int | None


def read(text: str, name: str = "query", family: str = "") -> Query:
    """A query from its text; the header may be missing, as in a user's own file.

    >>> query = read('''#+ summary: Trials of a phase
    ... #+ parameters: [{name: phase, type: "code:phase", default: PHASE1}]
    ... SELECT ?trial { ?trial tkg:phase ?phase }''')
    >>> query.summary, query.parameters[0].default
    ('Trials of a phase', 'PHASE1')
    """
    lines = [line[len(_MARK) :] for line in text.splitlines() if line.startswith(_MARK)]
    try:
        header = msgspec.convert(yaml.safe_load("\n".join(lines)) or {}, _Header)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "what cannot be read"
        raise QueryError(f"{name} at its header: found {problem}, expected YAML") from error
    except msgspec.ValidationError as error:
        raise QueryError(f"{name} at its header: {error}") from error
    return Query(name, text, family, header.summary, header.counts, header.parameters)


def _files() -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder("queries").glob("*/*.rq"))}


def _load(path: Path) -> Query:
    return read(path.read_text(encoding="utf-8"), path.stem, path.parent.name)


@cache
def catalogue() -> tuple[Query, ...]:
    """Every query of the catalogue, by family and name.

    >>> [query.family for query in catalogue() if query.name == "drug-trials"]
    ['drug']
    """
    queries = (_load(path) for path in _files().values())
    return tuple(sorted(queries, key=lambda query: (query.family, query.name)))


def find(name: str) -> Query:
    """The catalogue query of that name; reads no other file.

    >>> find("drug-trials").family
    'drug'
    >>> find("drug-trails")
    Traceback (most recent call last):
    kg.errors.NotFoundError: no query is called 'drug-trails' (did you mean drug-trials...?)
    """
    files = _files()
    if name not in files:
        near = tuple(difflib.get_close_matches(name, files))
        raise NotFoundError(f"no query is called {name!r}", near)
    return _load(files[name])


def listing(queries: Iterable[Query]) -> list[dict[str, object]]:
    """The catalogue as plain values, in the stable shape of `kg query --list --format json`."""
    return [
        {
            "name": query.name,
            "family": query.family,
            "summary": query.summary,
            "counts": query.counts,
            "parameters": [
                msgspec.to_builtins(_Listed(one.name, one.type, one.default))
                for one in query.parameters
            ],
        }
        for query in queries
    ]
