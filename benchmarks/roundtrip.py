"""Whether every export of a store, taken back in, is the store: all statements, none else.

    python benchmarks/roundtrip.py STORE [--formats turtle,nquads] [--neo4j]

Each RDF format is written, loaded into an empty store and compared statement by statement (blank
nodes, which the ontology alone has, by their canonical names). With `--neo4j`, a real Neo4j (see
tests/neo4j/server.py) imports `neo4j-csv`; nodes of every label and relationships of every type are
counted there and in the store.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kg.export import export  # noqa: E402
from kg.export.neo4j.admin import export_admin_csv  # noqa: E402
from kg.export.neo4j.mapping import UNDESCRIBED, mapping  # noqa: E402
from kg.export.ordered import lines  # noqa: E402
from kg.store import open_read_only  # noqa: E402

READ = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

Statements = tuple[int, str, Dataset]


def statements(store: Store, scratch: Path) -> Statements:
    """How many statements, a checksum of those without blank nodes, and the others."""
    count, checksum, blank = 0, hashlib.sha256(), []
    for line in lines(store, scratch=scratch):
        count += 1
        subject, _, value = line.split(b" ", 2)
        if subject.startswith(b"_:") or value.startswith(b"_:"):
            blank.append(line)
        else:
            checksum.update(line)
    others = Dataset(parse(b"".join(blank), RdfFormat.N_TRIPLES))
    others.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return count, checksum.hexdigest(), others


def reloaded(store: Store, form: str, folder: Path) -> Statements:
    """The statements of a store that was loaded with an export."""
    export(store, form, folder / form)
    copy = Store(str(folder / "copy"))
    copy.bulk_load(path=str(folder / form), format=READ[form])
    copy.flush()
    return statements(copy, folder)


def in_neo4j(store: Store, folder: Path) -> bool:
    """Whether counts in a Neo4j that imported the store are those of the store."""
    from tests.neo4j.server import Server

    left_out = export_admin_csv(store, mapping(), folder / "csv")
    server = Server(folder / "server")
    server.import_csv(folder / "csv")
    driver = server.start()
    try:
        labels = driver.execute_query("MATCH (n) UNWIND labels(n) AS l RETURN l, count(n)").records
        types = driver.execute_query("MATCH ()-[r]->() RETURN type(r), count(r)").records
    finally:
        driver.close()
        server.stop()
    found = dict(map(tuple, [*labels, *types]))
    undescribed, nodes = found.pop(UNDESCRIBED, 0), found.pop("Resource")
    print(f"neo4j: {nodes} nodes ({undescribed} undescribed), {dict(left_out)} left out")
    asked = {
        **{label.name: f"?x a <{label.iri}>" for label in mapping().labels.values()},
        **{kind: f"?x <{term}> ?y" for kind, term in mapping().relationships.items()},
    }
    same = True
    for name, pattern in sorted(asked.items()):
        (answer,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        if int(answer["n"].value) != found.get(name, 0):
            print(f"{name}: {found.get(name, 0)} in Neo4j, {answer['n'].value} in the store")
            same = False
    print(f"neo4j: {len(asked)} labels and types compared, {'equal' if same else 'NOT EQUAL'}")
    return same


def main() -> None:
    """Prints one line for each export; ends with 1 where one is not the same."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("store", type=Path)
    options.add_argument("--formats", default=",".join(READ))
    options.add_argument("--neo4j", action="store_true")
    chosen = options.parse_args()
    store = open_read_only(chosen.store)[0]
    with tempfile.TemporaryDirectory() as place:
        expected = statements(store, Path(place))
    print(f"store: {expected[0]} statements, {expected[1]}", flush=True)
    all_same = True
    for form in filter(None, chosen.formats.split(",")):
        with tempfile.TemporaryDirectory() as place:
            same = reloaded(store, form, Path(place)) == expected
        print(f"{form}: {'equal' if same else 'NOT EQUAL'}", flush=True)
        all_same &= same
    if chosen.neo4j:
        with tempfile.TemporaryDirectory() as place:
            all_same &= in_neo4j(store, Path(place))
    raise SystemExit(not all_same)


if __name__ == "__main__":
    main()
