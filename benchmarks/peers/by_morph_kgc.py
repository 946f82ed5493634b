"""By morph-kgc: a CSV file for each table, an RML mapping, one process."""

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from morph_kgc import materialize_set

from benchmarks.peers.tables import COLUMNS, MAPPING, rows

HEAD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""


def maps(folder: Path) -> Iterator[str]:
    """A triples map for each fact."""
    for table, facts in MAPPING.items():
        for at, fact in enumerate(facts):
            kind = "rr:IRI" if fact.is_iri else "rr:Literal"
            yield f"""
<urn:map:{table}:{at}> a rr:TriplesMap ;
  rml:logicalSource [ rml:source "{folder / table}.csv" ; rml:referenceFormulation ql:CSV ] ;
  rr:subjectMap [ rml:reference "{fact.subject}" ; rr:termType rr:IRI ] ;
  rr:predicateObjectMap [ rr:predicate <{fact.predicate}> ;
    rr:objectMap [ rml:reference "{fact.object}" ; rr:termType {kind} ] ] .
"""


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with ExitStack() as opened:
            writers = {
                name: csv.writer(
                    opened.enter_context(open(folder / f"{name}.csv", "w", newline=""))
                )
                for name in COLUMNS
            }
            for name, writer in writers.items():
                writer.writerow(COLUMNS[name])
            for name, row in rows(Path(sys.argv[1])):
                writers[name].writerow(row)
        (folder / "mapping.ttl").write_text(HEAD + "".join(maps(folder)))
        triples = materialize_set(
            "[CONFIGURATION]\nlogging_level=WARNING\nna_values=\nnumber_of_processes=1\n"
            f"[source]\nmappings={folder}/mapping.ttl\n"
        )
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.writelines(f"{triple} .\n" for triple in triples)
