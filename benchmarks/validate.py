"""What it costs to judge a store, by questions in SPARQL and by pySHACL.

    python benchmarks/validate.py STORE [--sample 60] [--seed 1]

The whole store by questions; then a sample of the trials with all they own, and the same share of
what trials share, by both engines. pySHACL has to say of the sample just what the questions said of
it in the whole store, and what they say of it alone.
Times are CPU seconds (user + system) of this process, all its threads; each has the reading of the
shapes and of the store in it, and the making of the report. The start of the process is in neither.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import sys
import time
from pathlib import Path

from kg.graph import Graph
from kg.iris import ONTOLOGY
from kg.validate import validate
from kg.validate.check import Engine
from kg.validate.focus import with_owned
from kg.validate.report import Report, record_of
from kg.vocab import TKG


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"python {' '.join(sys.argv)}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")

    store = Graph(options.store).store
    query = f"SELECT ?id ?trial {{ ?trial a <{TKG.Trial}> ; <{TKG.nctId}> ?id }} ORDER BY ?id"
    iris = {row["id"].value: row["trial"].value for row in store.query(query)}
    trials = list(iris)
    sample = random.Random(options.seed).sample(trials, min(options.sample, len(trials)))

    query = "SELECT DISTINCT ?node { ?node a ?class FILTER(STRSTARTS(STR(?class), '%s')) }"
    nodes = (str(row["node"].value) for row in store.query(query % ONTOLOGY))
    shared = sorted(node for node in nodes if not record_of(node))
    share = len(sample) / len(trials)
    others = random.Random(options.seed).sample(shared, round(share * len(shared)))

    def timed(engine: Engine, some: bool) -> tuple[Report, float]:
        part = {"trials": sample, "shared": others} if some else {}
        start = time.process_time()
        report = validate(store, engine=engine, **part)
        return report, time.process_time() - start

    whole, seconds = timed("sparql", some=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reference, slow = timed("pyshacl", some=True)
    part, quick = timed("sparql", some=True)
    each, every = 1000 * slow / len(sample), 1000 * seconds / len(trials)
    print(f"{len(trials)} trials, {len(whole.results)} results, peak {peak:.0f} MiB")
    print(f"sparql, whole store:          {seconds:8.2f} s, {every:7.2f} ms a trial")
    print(f"pyshacl, {len(sample):5} trials:       {slow:8.2f} s, {each:7.2f} ms a trial")
    print(f"sparql, the same trials:      {quick:8.2f} s, {1000 * quick / len(sample):7.2f} ms")
    print(f"pyshacl to sparql on a whole store, a trial: {each / every:.0f}")
    judged = with_owned(store, [iris[trial] for trial in sample]) | set(others)
    same = tuple(result for result in whole.results if result.focus_node in judged)
    equal = reference == part and reference.results == same
    print(f"{len(reference.results)} results on the sample, {'equal' if equal else 'NOT EQUAL'}")


if __name__ == "__main__":
    main()
