"""By rdflib: a graph in memory, serialized at the end."""

import sys
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from benchmarks.peers.tables import COLUMNS, MAPPING, rows

if __name__ == "__main__":
    graph = Graph()
    for table, row in rows(Path(sys.argv[1])):
        value = dict(zip(COLUMNS[table], row, strict=True))
        for fact in MAPPING[table]:
            said = value[fact.object]
            if said is not None:
                term = URIRef(said) if fact.is_iri else Literal(said)
                graph.add((URIRef(value[fact.subject]), URIRef(fact.predicate), term))
    graph.serialize(sys.argv[2], format="nt", encoding="utf-8")
