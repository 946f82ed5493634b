"""Which engine answers: the graph, its columns, or an answer that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from pyoxigraph import QueryBoolean, QuerySolutions, Triple

from kg.query.catalogue import Query, catalogue
from kg.query.kept import is_kept, keep, kept
from kg.query.run import run
from kg.store import current, graph_folder, open_read_only

Engine = Literal["auto", "graph", "columns"]
Found = QuerySolutions | QueryBoolean | Iterable[Triple]


def ask(
    store_dir: Path,
    query: Query,
    values: Mapping[str, str],
    engine: Engine = "auto",
    seconds: float | None = None,
) -> Found:
    """The answer of a query on a store, stopped after `seconds`.

    `auto` asks the graph, and gives the kept answer of a whole-graph question, which it keeps the
    first time.
    """
    if engine != "auto":
        return _asked(store_dir, query, values, engine, seconds)
    build = current(store_dir)
    if not is_kept(query) or values:
        return _asked(store_dir, query, values, "graph", seconds)
    known = kept(build, query)
    if known is not None:
        return known
    found = _asked(store_dir, query, values, "graph", seconds)
    if isinstance(found, QuerySolutions | QueryBoolean) and current(store_dir) == build:
        return keep(build, query, found)
    return found


def prepare(store_dir: Path, seconds: float | None = None) -> int:
    """Ask every whole-graph question of the catalogue, so that its answer is kept; how many.

    Two at once, for the store works outside Python's lock; more would take more memory.
    """
    from concurrent.futures import ThreadPoolExecutor

    def one(query: Query) -> None:
        # An answer belongs to the thread that asked for it, and ends there.
        ask(store_dir, query, {}, seconds=seconds)

    asked = [query for query in catalogue() if is_kept(query)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, asked))
    return len(asked)


def _asked(
    store_dir: Path,
    query: Query,
    values: Mapping[str, str],
    engine: Literal["graph", "columns"],
    seconds: float | None,
) -> Found:
    if engine == "columns":
        from kg.query.columns.answer import run_on_columns
        from kg.query.columns.tables import Columns

        graph, build = open_read_only(store_dir)
        return run_on_columns(Columns(build, graph), graph, query, values, seconds)
    if seconds is None:
        return run(open_read_only(store_dir)[0], query, values)
    from kg.query.limit import run_with_timeout

    return run_with_timeout(graph_folder(store_dir), query, values, seconds)
