"""`docs/property-graph.md`: the mapping as a page.

`python -m kg.export.neo4j.document` prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from kg.export.neo4j.constraints import constraints
from kg.export.neo4j.mapping import Key, Label, PropertyGraph, mapping
from kg.vocab import PREFIXES

PICTURED = (
    ("Trial", "HAS_INTERVENTION"),
    ("Trial", "HAS_ARM"),
    ("Trial", "STUDIES_DRUG"),
    ("Trial", "STUDIES_TARGET"),
    ("Trial", "CONDITION"),
    ("Trial", "CONDITION_MESH"),
    ("Trial", "LEAD_SPONSOR"),
    ("Trial", "SITE"),
    ("Trial", "HAS_OUTCOME"),
    ("Trial", "PUBLICATION"),
    ("Trial", "HAS_GROUNDING"),
    ("Trial", "RECORD"),
    ("ArmGroup", "ARM_INTERVENTION"),
    ("Intervention", "USES_DRUG"),
    ("Grounding", "GROUNDED_TO"),
    ("Drug", "HAS_NAME"),
    ("Drug", "HAS_TARGET"),
    ("Drug", "HAS_TARGET_LINK"),
    ("DrugName", "EVIDENCE"),
    ("TargetLink", "EVIDENCE"),
    ("TargetLink", "LINK_TARGET"),
    ("MeshTerm", "BROADER"),
    ("Site", "COUNTRY"),
)
"""The relationships of the picture: those a newcomer asks for."""

_INTRODUCTION = """\
# The property graph

What Neo4j, and every database that reads its formats, gets from `kg export neo4j-csv`, `cypher` and
`neo4j`. It is made from `kg/_data/mappings/property-graph.yaml`, which `--mapping FILE` replaces.

```mermaid
{picture}
```

- Every node has the label `Resource` and its IRI as `iri`, which is unique. What a relationship
  leads to without the graph saying anything about it has the label `Undescribed`.
- Names follow the ontology: `tkg:hasArm` is `HAS_ARM`, `tkg:nctId` is `nctId`. A `rdfs:label` is
  `name`.
- Codes are the registry's own, as text: `t.overallStatus = 'COMPLETED'`, `'PHASE2' IN t.phase`.
  A `Code` node says how each reads, and a `CodeList` node holds it: trials have no relationship to
  codes, because half a million of them would hang on one node.
- Evidence is nodes, nothing of it is left out: a `Grounding` says which mention in which field is
  which drug, by which rule, or why not; `Evidence` stands behind names and targets.
- Dates are dates: the first day of what the source gives. Where that is a month or a year,
  `startDatePrecision` says so; where there is no precision, the date is a day.
- Sites have a `location`, a WGS 84 point, where their sources agree on one; `latitude` and
  `longitude` hold all that is given.
- Decimals are floats. Language tags, which only code lists have (all English), are left away.
- What the mapping has no place for is counted when an export ends, and the ontology's own
  statements stay in RDF.

## Loading it

- `kg export neo4j-csv --out DIR` is for a new database of any size: `DIR/import.sh` runs
  `neo4j-admin database import full`.
- `kg export cypher --out DIR` is for a running database, Aura too: `load.cypher` reads CSV with
  LOAD CSV; `graph.cypher`, written where the graph is small, needs no other file.
- `kg export neo4j --uri bolt://HOST:7687` sends batches over Bolt to a running database; it needs
  `pip install 'trialkg[neo4j]'`.

A push asks for the password, or takes it from `NEO4J_PASSWORD`. Constraints come first; rows are
merged by IRI, so what is sent twice changes nothing; a push that was stopped goes on where it
stopped. The database remembers what it holds, in one node `TrialkgPush` without the label
`Resource`. So the same command, run after `kg update`, sends only what changed, deletions too, and
nothing where nothing did:

```console
$ kg export neo4j --uri bolt://HOST:7687
$ kg export neo4j --uri bolt://HOST:7687 --since 2026-11-26
$ kg export neo4j --uri bolt://HOST:7687 --whole
```

`--since` is for a database that was loaded with `neo4j-csv` or `cypher` and remembers nothing: it
sends what updates from that date on changed; a date too early does no harm. `--whole` sends
everything again. Nodes, labels and relationships of your own stay; keys of your own on a node of
this graph go when that node is sent. A graph that was built anew, and another mapping, are sent
whole on top of what is there: to replace it, empty the database first, or import.

## Constraints and indexes

```cypher
{constraints}
```

## With neosemantics

The Turtle export loads with [neosemantics](https://neo4j.com/labs/neosemantics/) too, as a graph
of another shape: keys and types by prefixed name (`tkg__nctId`), codes as nodes, dates that are no
days as text with their type. Several values are only kept, as arrays, when told so:

```cypher
CREATE CONSTRAINT n10s_unique_uri IF NOT EXISTS FOR (r:Resource) REQUIRE r.uri IS UNIQUE;
CALL n10s.graphconfig.init({{handleVocabUris: 'SHORTEN', handleMultival: 'ARRAY',
  handleRDFTypes: 'LABELS', keepCustomDataTypes: true}});
CALL n10s.nsprefixes.add('tkg', 'https://w3id.org/trialkg/ontology#');
CALL n10s.rdf.import.fetch('file:///trials.ttl', 'Turtle', {{commitSize: 25000}});
```

`kg export turtle --out trials.ttl` writes the file. Load it into a database of its own: both graphs
use the label `Resource`.
"""


def page(graph: PropertyGraph) -> str:
    """The page: a picture, what holds everywhere, and a table for each label."""
    introduction = _INTRODUCTION.format(
        picture=picture(graph), constraints="\n".join(f"{each};" for each in constraints(graph))
    )
    return introduction + "".join(_section(label) for label in graph.labels.values())


def picture(graph: PropertyGraph) -> str:
    """A Mermaid picture of the `PICTURED` relationships."""
    ends = {
        (label.name, each.type): each.to
        for label in graph.labels.values()
        for each in label.relationships
    }
    lines = (
        f"  {start} -->|{kind}| {ends[start, kind]}"
        for start, kind in PICTURED
        if (start, kind) in ends
    )
    return "\n".join(["graph LR", *lines])


def _section(label: Label) -> str:
    rows = "".join(
        f"| `{column.name}` | {column.type}{'[]' if column.many else ''} | `{_short(key)}` |\n"
        for key in label.keys
        for column in key.columns
    )
    keys = f"| key | type | term |\n|---|---|---|\n{rows}" if rows else "No keys but `iri`.\n"
    return f"\n## {label.name}\n\n`{_curie(label.iri)}`\n\n{keys}" + "".join(_leads_to(label))


def _leads_to(label: Label) -> Iterator[str]:
    if label.relationships:
        yield "\n"
    for each in label.relationships:
        yield f"- `(:{label.name})-[:{each.type}]->(:{each.to})`: `{_curie(each.term)}`\n"


def _short(key: Key) -> str:
    return " ".join(map(_curie, key.terms))


def _curie(iri: str) -> str:
    prefix, start = max(
        ((name, start) for name, start in PREFIXES.items() if iri.startswith(start)),
        key=lambda pair: len(pair[1]),
    )
    return f"{prefix}:{iri[len(start) :]}"


if __name__ == "__main__":
    sys.stdout.write(page(mapping()))
