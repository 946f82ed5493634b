"""As this project writes: each value straight into a line of N-Triples, nothing said twice."""

import sys
from pathlib import Path

from benchmarks.peers.tables import COLUMNS, MAPPING, rows
from kg.map.ntriples import Lines

FACTS = {
    table: [
        (columns.index(fact.subject), fact.predicate, columns.index(fact.object), fact.is_iri)
        for fact in MAPPING[table]
    ]
    for table, columns in COLUMNS.items()
}

if __name__ == "__main__":
    said: set[str] = set()
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for table, row in rows(Path(sys.argv[1])):
            lines = Lines()
            for subject, predicate, value, is_iri in FACTS[table]:
                about = lines.about(str(row[subject]))
                (about.link if is_iri else about.text)(predicate, row[value])
            new = [line for line in lines if line not in said]
            said.update(new)
            out.writelines(new)
