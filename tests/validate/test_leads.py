"""Which queries of `sh:sparql` are asked of all nodes at once."""

from __future__ import annotations

import pytest

from kg.validate.leads import leads

PREFIXES = "PREFIX e: <https://example.org/>\n"


def told(body: str) -> list[str]:
    found = leads(PREFIXES, f"SELECT $this ?value WHERE {{ {body} }}")
    start, end = "?this <https://example.org/", "> ?any"
    return [pattern.removeprefix(start).removesuffix(end) for pattern in found]


@pytest.mark.parametrize(
    ("body", "properties"),
    [
        ("$this e:p ?value", ["p"]),
        ("?this <https://example.org/p> ?value ; e:q ?other .", ["p"]),
        ("{ $this e:p ?value } UNION { $this e:q ?value BIND(1 AS ?x) }", ["p", "q"]),
        ("$this e:p ?value FILTER NOT EXISTS { ?a e:q $this FILTER EXISTS { ?b e:r ?a } }", ["p"]),
        ("# { ?a } OPTIONAL\n$this e:p ?value FILTER(?value != '} MINUS {')", ["p"]),
    ],
)
def test_a_query_in_which_each_group_finds_this(body: str, properties: list[str]) -> None:
    assert told(body) == properties


@pytest.mark.parametrize(
    "body",
    [
        "?value e:p $this",
        "$this ?p ?value",
        "$this a ?value",
        "$this e:p/e:q ?value",
        "$this other:p ?value",
        "FILTER(isIRI($this)) $this e:p ?value",
        "$this e:p ?x OPTIONAL { ?x e:q ?value }",
        "$this e:p ?value MINUS { ?value e:q $this }",
        "$this e:p ?x { SELECT ?x (COUNT(?y) AS ?value) { ?x e:q ?y } GROUP BY ?x }",
        "{ $this e:p ?value } UNION { ?value e:q ?x FILTER(?x = $this) }",
        "$this e:p ?value . { ?value e:q ?x FILTER(?x != $this) }",
        "VALUES ?value { 1 2 }",
    ],
)
def test_a_query_that_needs_to_be_told_this(body: str) -> None:
    assert told(body) == []
