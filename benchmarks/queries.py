"""Times every catalogue query on values that the store itself holds, popular ones and rare ones.

    python benchmarks/queries.py STORE [NAME…] [--engine ENGINE] [--values 9] [--limit 60]

Prints a table of Markdown, a line as soon as a query is done: CPU milliseconds at the median of a
query's values with the rows of that answer, the most that one of them took with its rows, the
engine, and the aim that the median misses, if any: 20 ms for what finds a trial, drug, target,
sponsor, city or identifier by id or name, a second for all else. Values are drawn as trials name
them, from the thing named most to one named least, so that the median is what trials usually name.
Each is asked twice and the second time counts: the tables and blocks it reads are in memory; the
first one counts where it took more than half the limit. A question that takes longer than the
limit, in seconds of the clock, is stopped; values named more often than its own are not asked then
and count as stopped, for a query begins with what is named least.
ENGINE is `graph`; `columns`, whose tables are made when a question is asked the first time; or
`auto`, as `kg query` answers: the store is opened for each question, and answers to whole-graph
questions are kept the first time. `graph` writes nothing. STORE is a folder made by `kg build`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kg.pipeline.report import REPORT
from kg.query.catalogue import Parameter, Query, catalogue, find
from kg.query.engines import ask
from kg.query.results import rows
from kg.query.run import run
from kg.store import open_read_only
from kg.vocab import RDFS, SKOS, TKG

if TYPE_CHECKING:
    from kg.query.columns.tables import Columns

LOOK_UP, WIDE = 20.0, 1000.0
"""Milliseconds that a look-up and any other question may take."""
LOOKED_UP = {"nct", "trial", "drug", "target", "identifier", "sponsor", "city", "since"}
"""Parameters that find a few things by id or name; a condition or a country finds very many."""
NEIGHBOURS = {"related-reasons", "related-trials"}
"""What is asked of all trials that share a thing with one, which are as many as a condition has."""
NAMED_BY = {
    "drug": (TKG.studiesDrug, SKOS.prefLabel),
    "target": (TKG.studiesTarget, TKG.symbol),
    "condition": (TKG.condition, RDFS.label),
    "mesh": (TKG.conditionMesh, RDFS.label),
    "sponsor": (TKG.leadSponsor, RDFS.label),
    "country": (TKG.country, RDFS.label),
    "city": (TKG.city, ""),
    "identifier": (TKG.identifierValue, ""),
}
"""What links trials to the things of a parameter, and which of their properties is the value."""


class Timed(NamedTuple):
    """One question: CPU milliseconds, and the rows of the answer; None where there is none."""

    cpu: float
    rows: int | None


class Values:
    """Values of parameters, from what most trials name to what one names."""

    def __init__(self, store: Store, many: int) -> None:
        self._store, self._many = store, many
        self._known: dict[str, list[str]] = {}

    def of(self, query: Query) -> list[dict[str, str]]:
        """What a query is asked: once without parameters, else once for each value."""
        drawn = {one.name: self._drawn(one) for one in query.parameters}
        asked = max((len(found) for found in drawn.values()), default=0) or 1
        return [{name: found[at] for name, found in drawn.items() if found} for at in range(asked)]

    def _drawn(self, parameter: Parameter) -> list[str]:
        name = parameter.name
        if name in {"nct", "trial"}:
            return [self._trial(drug) for drug in self._ranked("drug")]
        if name in {"first", "second"}:
            ranked = self._ranked("sponsor")
            return ranked if name == "first" else ranked[1:] + ranked[:1]
        if name == "condition" and "MeSH term, or a name" in parameter.description:
            return self._ranked("mesh")
        return self._ranked(name) if name in NAMED_BY else []

    def _ranked(self, name: str) -> list[str]:
        if name not in self._known:
            self._known[name] = self._counted(*NAMED_BY[name])
        return self._known[name]

    def _counted(self, link: str, shown: str) -> list[str]:
        """The things at even steps through all that trials name, the most named first."""
        found = self._store.query(f"SELECT ?x (COUNT(*) AS ?n) {{ ?t <{link}> ?x }} GROUP BY ?x")
        counted = [(one["x"], int(one["n"].value)) for one in found]  # type: ignore[union-attr]
        ranked = sorted(counted, key=lambda one: (-one[1], str(one[0])))
        if not ranked:
            return []
        steps, total, passed, things = self._many - 1, sum(n for _, n in ranked), 0, []
        for thing, count in ranked:
            passed += count
            while len(things) < steps and passed * steps > len(things) * total:
                things.append(thing)
        things.append(ranked[-1][0])
        return [self._first(thing, shown) if shown else thing.value for thing in things]

    def _first(self, thing: NamedNode, shown: str) -> str:
        quads = self._store.quads_for_pattern(thing, NamedNode(shown), None, None)
        return min(quad.object.value for quad in quads)  # type: ignore[union-attr]

    def _trial(self, drug: str) -> str:
        """A trial of a drug."""
        name = Literal(drug)
        named = self._store.quads_for_pattern(None, NamedNode(SKOS.prefLabel), name, None)
        link = NamedNode(TKG.studiesDrug)
        trial = next(
            quad.subject
            for one in named
            for quad in self._store.quads_for_pattern(None, link, one.subject, None)
        )
        return self._first(trial, TKG.nctId)  # type: ignore[arg-type]


def answer(store: Path, engine: str, limit: float, asked: Connection) -> None:
    """Answers the questions that come through a pipe, with the CPU time of each."""
    graph, build = open_read_only(store)
    columns = tables(build, graph) if engine == "columns" else None
    asked.send(None)
    while True:
        name, given = asked.recv()
        query = find(name)
        for _ in range(2):
            started, begun = time.monotonic(), time.process_time()
            if columns is not None:
                from kg.query.columns.answer import run_on_columns

                found = run_on_columns(columns, graph, query, given)
            else:
                found = ask(store, query, given) if engine == "auto" else run(graph, query, given)
            text = rows(found, "csv")  # type: ignore[arg-type]
            spent = (time.process_time() - begun) * 1000
            if time.monotonic() - started > limit / 2:
                break
        asked.send(Timed(spent, text.count(b"\n") - 1))


def tables(build: Path, graph: Store) -> Columns:
    """The tables of a build; those that a question names are made when it is first asked."""
    from kg.query.columns.tables import Columns

    return Columns(build, graph)


class Asked:
    """A process that answers questions, and is replaced where one takes too long."""

    def __init__(self, store: Path, engine: str, limit: float) -> None:
        self._begin = lambda pipe: get_context("spawn").Process(
            target=answer, args=(store, engine, limit, pipe), daemon=True
        )
        self._limit = limit
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = get_context("spawn").Pipe()
        self._process = self._begin(theirs)
        self._process.start()
        theirs.close()
        self._pipe.recv()

    def ask(self, query: Query, given: dict[str, str]) -> Timed:
        """The time of one question, or the limit where it was stopped."""
        self._pipe.send((query.name, given))
        if self._pipe.poll(self._limit * 1.5):
            found: Timed = self._pipe.recv()
            return found
        self.stop()
        self._start()
        return Timed(self._limit * 1000, None)

    def each(self, query: Query, values: list[dict[str, str]]) -> list[Timed]:
        """The time of a query's values, the rarest first; one that is stopped is the last."""
        times: list[Timed] = []
        for given in reversed(values):
            times.append(self.ask(query, given))
            if times[-1].rows is None:
                # Those named more often would be stopped as well.
                times += [times[-1]] * (len(values) - len(times))
                break
        return times

    def stop(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()


def aim(query: Query) -> float:
    """The milliseconds that a query may take."""
    names = {parameter.name for parameter in query.parameters}
    looked_up = names and names <= LOOKED_UP and query.name not in NEIGHBOURS
    return LOOK_UP if looked_up else WIDE


HEAD = "| query | p50 ms (rows) | most ms (rows) | engine | misses |\n|---|---|---|---|---|"


def line(query: Query, times: list[Timed], engine: str) -> str:
    """What is told of a query, as a line of the table."""
    half = median(one.cpu for one in times)
    middle = min(times, key=lambda one: abs(one.cpu - half))
    missed = f"p50 > {aim(query):g} ms" if half > aim(query) else ""
    cells = (f"`{query.name}`", _cell(middle), _cell(max(times, key=_cpu)), engine, missed)
    return "| " + " | ".join(cells) + " |"


def _cpu(one: Timed) -> float:
    return one.cpu


def _cell(one: Timed) -> str:
    if one.rows is None:
        return f"stopped at {one.cpu:g}"
    return f"{one.cpu:.1f} ({one.rows})" if one.cpu < 10 else f"{one.cpu:,.0f} ({one.rows})"


def main() -> None:
    """Prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("store", type=Path)
    arguments.add_argument("names", nargs="*")
    arguments.add_argument("--engine", choices=("graph", "columns", "auto"), default="graph")
    arguments.add_argument("--values", type=int, default=9, help="values of each parameter")
    arguments.add_argument("--limit", type=float, default=60.0, help="seconds for a question")
    given = arguments.parse_args()
    graph, build = open_read_only(given.store)
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    report = json.loads((build / REPORT).read_bytes())
    print(f"machine: {machine}; {report['trials']} trials, {report['triples']} triples")
    drawn = Values(graph, max(2, given.values))
    asked = Asked(given.store, given.engine, given.limit)
    print(HEAD, flush=True)
    for query in catalogue():
        if not given.names or query.name in given.names:
            times = asked.each(query, drawn.of(query))
            print(line(query, times, given.engine), flush=True)
    asked.stop()


if __name__ == "__main__":
    main()
