"""`docs/queries.md`: the catalogue as a page; `python -m kg.query.document` prints it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

from kg.query.catalogue import Parameter, Query, catalogue

_INTRODUCTION = """\
# The query catalogue

Run one with `kg query NAME`, and give a parameter with `-p name=value`; without, its default
holds. Beside each query in `queries/` stands its answer on the small test graph
(`tests/data/queries/fixture.ttl`). Names of drugs, targets, conditions, organisations and cities
are matched exactly, capitals included. Rows are not trials: each query says what it counts.
"""


def page(queries: Sequence[Query]) -> str:
    """The page, with one table for each family."""
    sections = [
        f"\n## {family}\n\n| query | answers | counts | parameters |\n|---|---|---|---|\n"
        + "".join(_row(query) for query in members)
        for family, members in groupby(queries, key=lambda query: query.family)
    ]
    return _INTRODUCTION + "".join(sections)


def _row(query: Query) -> str:
    path = f"../queries/{query.family}/{query.name}.rq"
    parameters = "<br>".join(_parameter(one) for one in query.parameters)
    cells = (f"[`{query.name}`]({path})", query.summary, query.counts, parameters)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _parameter(one: Parameter) -> str:
    return f"`{one.name}` ({one.type}, `{one.default}`): {one.description}"


if __name__ == "__main__":
    sys.stdout.write(page(catalogue()))
