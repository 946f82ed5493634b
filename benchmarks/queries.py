"""Times every catalogue query on its defaults: `python benchmarks/queries.py STORE [NAME…]`.

STORE is the Oxigraph directory. CPU milliseconds and rows, slowest first.
"""

from __future__ import annotations

import sys
import time

from pyoxigraph import QuerySolutions, Store

from kg.query.catalogue import Query, catalogue
from kg.query.run import run


def timed(store: Store, query: Query) -> tuple[float, int]:
    """CPU milliseconds and rows of one query."""
    begun = time.process_time()
    answer = run(store, query)
    count = sum(1 for _ in answer) if isinstance(answer, QuerySolutions) else 1
    return (time.process_time() - begun) * 1000, count


def main(path: str, *names: str) -> None:
    """Prints the table."""
    store = Store.read_only(path)
    chosen = [query for query in catalogue() if not names or query.name in names]
    times = sorted(((*timed(store, query), query.name) for query in chosen), reverse=True)
    for milliseconds, count, name in times:
        print(f"{milliseconds:10.1f} ms {count:8} rows  {name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
