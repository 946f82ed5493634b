"""By maplib: a polars frame for each table, a template for each, written as N-Triples."""

import sys
from collections import defaultdict
from pathlib import Path

import polars
from maplib import Model

from benchmarks.peers.tables import COLUMNS, MAPPING, rows

HEAD = "@prefix ottr: <http://ns.ottr.xyz/0.4/>. @prefix xsd: <http://www.w3.org/2001/XMLSchema#>."


def template(table: str) -> str:
    """A table's template in stOTTR."""
    iris = {fact.subject for fact in MAPPING[table]}
    iris |= {fact.object for fact in MAPPING[table] if fact.is_iri}
    asked = ", ".join(
        f"ottr:IRI ?{name}" if name in iris else f"? xsd:string ?{name}" for name in COLUMNS[table]
    )
    said = ", ".join(
        f"ottr:Triple(?{fact.subject}, <{fact.predicate}>, ?{fact.object})"
        for fact in MAPPING[table]
    )
    return f"{HEAD}\n<urn:table:{table}> [ {asked} ] :: {{ {said} }} ."


if __name__ == "__main__":
    gathered = defaultdict(list)
    for name, row in rows(Path(sys.argv[1])):
        gathered[name].append(row)
    model = Model()
    for name, found in gathered.items():
        frame = polars.DataFrame(found, schema=dict.fromkeys(COLUMNS[name], str), orient="row")
        model.add_template(template(name))
        model.map(f"urn:table:{name}", frame)
    model.write(sys.argv[2], format="ntriples")
