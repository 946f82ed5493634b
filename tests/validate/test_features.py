"""Each part of SHACL: compiled and told as pySHACL tells it, or left to pySHACL and told so."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store
from rdflib import Graph

from kg.validate import judge, validate
from kg.validate.report import make_report
from kg.validate.rules import read_rules
from kg.validate.suspicion import narrowed

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://example.org/> .
"""
DATA = """
e:Low rdfs:subClassOf e:Middle . e:Middle rdfs:subClassOf e:C .
e:a a e:C ; e:p "x", "yy", 3 ; e:q e:b, e:c ; e:n 5 ; e:m 4, 6 ; e:same "x", 3 .
e:b a e:Low ; e:p "x"@en, e:a ; e:q e:a ; e:n 4.5, "word" ; e:m 4 ; e:same "x"@en, e:a .
e:c a e:C ; e:p "zzz" ; e:q "text" ; e:date "2030-01-01"^^xsd:date, "2030-02-30"^^xsd:date .
e:d a e:D ; e:q e:a, e:c, e:b ; e:flag true ; e:n -1, 7 .
e:f a e:C .
"""
TARGETS = [
    "sh:targetClass e:C",
    "sh:targetClass e:C, e:D",
    "sh:targetSubjectsOf e:q",
    "sh:targetClass e:D ; sh:targetSubjectsOf e:date",
]
PATHS = [
    "e:p",
    "e:q",
    "[ sh:inversePath e:q ]",
    "[ sh:alternativePath ( e:p e:n ) ]",
    "[ sh:alternativePath ( e:q [ sh:inversePath e:q ] ) ]",
    "[ sh:inversePath [ sh:alternativePath ( e:q e:p ) ] ]",
    "( e:q e:p )",
    "( e:q [ sh:inversePath e:q ] )",
]
CONSTRAINTS = [
    "sh:minCount 1",
    "sh:minCount 2",
    "sh:minCount 3",
    "sh:maxCount 0",
    "sh:maxCount 1",
    "sh:maxCount 2",
    "sh:minCount 1 ; sh:maxCount 1",
    *(f"sh:datatype {d}" for d in ("xsd:string", "xsd:integer", "xsd:decimal", "xsd:anyURI")),
    *(f"sh:nodeKind sh:{kind}" for kind in ("IRI", "Literal", "BlankNode", "BlankNodeOrIRI")),
    *(f"sh:nodeKind sh:{kind}" for kind in ("BlankNodeOrLiteral", "IRIOrLiteral")),
    "sh:class e:C",
    "sh:class e:Middle",
    "sh:pattern 'x'",
    "sh:pattern '^[a-z]{2,}$'",
    "sh:pattern '^(?:x|yy)$'",
    r"sh:pattern '^\\S\\S+$'",
    "sh:pattern 'X' ; sh:flags 'i'",
    "sh:minLength 2",
    "sh:maxLength 2",
    "sh:in ( 'x' 3 e:a )",
    "sh:hasValue 'x'",
    "sh:hasValue e:a",
    *(f"sh:{name} 4" for name in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")),
    "sh:equals e:same",
    "sh:or ( [ sh:datatype xsd:string ] [ sh:nodeKind sh:IRI ] )",
    "sh:and ( [ sh:nodeKind sh:Literal ] [ sh:minLength 2 ] )",
    "sh:not [ sh:datatype xsd:string ]",
    "sh:xone ( [ sh:datatype xsd:string ] [ sh:minLength 2 ] )",
]
SELECT = "sh:sparql [ sh:select 'SELECT $this ?value { %s }' ]"
Q, N = "<https://example.org/q>", "<https://example.org/n>"
NODES = [
    "sh:or ( [ sh:path e:p ; sh:hasValue 'x' ] [ sh:path e:n ; sh:minCount 1 ] )",
    "sh:or ( [ sh:not [ sh:path e:p ; sh:hasValue 'x' ] ] [ sh:path e:m ; sh:maxCount 1 ] )",
    "sh:or ( [ sh:path e:n ; sh:maxCount 0 ] [ sh:path e:n ; sh:datatype xsd:integer ] )",
    "sh:and ( [ sh:path e:p ; sh:minCount 1 ] [ sh:path e:q ; sh:class e:C ] )",
    "sh:not [ sh:path e:q ; sh:minCount 1 ; sh:nodeKind sh:IRI ]",
    "sh:or ( [ sh:path e:p ; sh:maxCount 0 ] [ sh:path e:n ; sh:minCount 1 ] )",
    "sh:or ( [ sh:path e:n ; sh:minCount 1 ] [ sh:path e:m ; sh:minCount 1 ] )",
    SELECT % f"$this {Q} ?value",
    SELECT % f"{{ $this {Q} ?value }} UNION {{ $this {N} ?value FILTER($this != ?value) }}",
    SELECT % f"$this {Q} ?value FILTER NOT EXISTS {{ ?value {Q} $this }}",
    SELECT % f"$this {Q} ?x OPTIONAL {{ ?x {N} ?value }}",
    SELECT % f"{{ $this {Q} ?value }} UNION {{ ?value {Q} ?x FILTER(?x = $this) }}",
    "sh:sparql [ sh:select 'SELECT $this { $this ?p ?o FILTER (isLiteral(?o) && ?o = 5) }' ]",
]
LEFT = {
    "sh:xone on a node": "sh:xone ( [ sh:path e:p ; sh:minCount 1 ] [ sh:path e:n ] )",
    "sh:closed": "sh:closed true",
    "sh:targetNode": "sh:targetNode e:b ; sh:property e:Fine",
    "sh:targetObjectsOf": "sh:targetObjectsOf e:q ; sh:property e:Fine",
    "sh:node": "sh:node e:Node",
    "a property path of any length": "sh:property e:Far",
    "sh:uniqueLang": "sh:property e:Inner",
    "sh:disjoint": "sh:property e:Other",
    "a message that pySHACL has to write": "sh:property e:Silent",
}
INNER = """
e:Node a sh:NodeShape ; sh:property e:Fine .
e:Inner sh:path e:p ; sh:uniqueLang true ; sh:message "inner" .
e:Other sh:path e:p ; sh:disjoint e:same ; sh:message "other" .
e:Far sh:path [ sh:zeroOrMorePath e:q ] ; sh:maxCount 1 ; sh:message "far" .
e:Silent sh:path e:p ; sh:maxCount 1 .
"""


def stored() -> Store:
    store = Store()
    store.load((PREFIXES + DATA).encode(), format=RdfFormat.TURTLE)
    return store


def shapes(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


def alike(text: str) -> int:
    """See that both engines say the same; how much that is."""
    graph = shapes(text)
    judged = judge(stored(), graph, engine="sparql")
    assert judged.left == {}
    expected = validate(stored(), graph, engine="pyshacl")
    assert make_report(judged.report.results) == expected, text
    return len(expected.results)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_constraint_along_each_path(constraint: str) -> None:
    text = "".join(
        f"e:S{n} {target} ; sh:path {path} ; {constraint} ; sh:message 'told {n}' ."
        for n, (path, target) in enumerate((p, t) for p in PATHS for t in TARGETS[::2])
    )
    assert alike(text) > 0 or constraint == "sh:nodeKind sh:IRIOrLiteral"


@pytest.mark.parametrize("target", TARGETS)
def test_a_target(target: str) -> None:
    assert alike(f"e:S {target} ; sh:path e:m ; sh:minCount 1 ; sh:message 'told' .") > 0
    assert alike(f"e:S {target} ; sh:path e:p ; sh:datatype xsd:boolean ; sh:message 'told' .") > 0


@pytest.mark.parametrize("constraint", NODES)
def test_a_constraint_on_nodes(constraint: str) -> None:
    text = f"e:S sh:targetClass e:C ; sh:severity sh:Warning ; sh:message 'told' ; {constraint} ."
    assert alike(text) > 0


def test_a_node_with_a_value_that_makes_it_suspect_and_another_that_does_not() -> None:
    """`e:a` and `e:b` are linked to by `e:d`, and so is `e:c`, which is not in the list."""
    text = """e:S sh:targetClass e:D ; sh:message 'told' ; sh:or (
        [ sh:not [ sh:path e:q ; sh:minCount 1 ; sh:in ( %s ) ] ] [ sh:path e:no ; sh:minCount 1 ]
    ) ."""
    assert alike(text % "e:a e:b") == 0
    assert alike(text % "e:a e:b e:c") == 1


@pytest.mark.parametrize("rule", ["sh:hasValue 'APART WITHOUT'", "sh:pattern '^x'", "sh:in (1)"])
def test_words_of_the_data_are_left_as_they_are(rule: str) -> None:
    """Whatever the program calls its own placeholders."""
    graph = shapes(f"e:S sh:targetClass e:C ; sh:path e:p ; sh:message 'told' ; {rule} .")
    text = f"{PREFIXES} e:APART a e:C ; e:p 'APART WITHOUT' . e:WITHOUT a e:C ; e:p 'WITHOUT' ."
    store = Store()
    store.load(text.encode(), format=RdfFormat.TURTLE)
    expected = validate(store, graph, engine="pyshacl")
    assert expected.results
    assert validate(store, graph, engine="sparql") == expected
    nodes = ["https://example.org/APART", "https://example.org/WITHOUT"]
    assert validate(store, graph, engine="sparql", trials=[], shared=nodes) == expected


def test_as_many_nodes_that_are_not_the_same() -> None:
    """What numbers alone tell of links and of instances, where each lacks one of the other."""
    owner = "e:S sh:targetClass e:C ; sh:path [ sh:inversePath e:q ] ; sh:minCount 1"
    owned = "e:T sh:targetClass e:D ; sh:path e:q ; sh:class e:C"
    graph = shapes(f"{owner} ; sh:message 'owner' . {owned} ; sh:message 'owned' .")
    for links, results in (("e:a", 0), ("e:x", 2), ("e:a, e:x", 1)):
        store = Store()
        text = f"{PREFIXES} e:a a e:C . e:d a e:D ; e:q {links} ."
        store.load(text.encode(), format=RdfFormat.TURTLE)
        expected = validate(store, graph, engine="pyshacl")
        assert validate(store, graph, engine="sparql") == expected
        assert len(expected.results) == results


def test_orders() -> None:
    for name in ("lessThan", "lessThanOrEquals"):
        text = f"e:S sh:targetSubjectsOf e:n ; sh:path e:p ; sh:{name} e:m ; sh:message 'told' ."
        assert alike(text) > 0


def test_what_has_no_order_is_a_violation() -> None:
    """By the standard; pySHACL fails on such values."""
    graph = shapes("e:S sh:targetClass e:Low ; sh:path e:n ; sh:lessThan e:m ; sh:message 'told' .")
    assert [r.value for r in validate(stored(), graph, engine="sparql").results] == ["4.5", "word"]


def test_property_shapes_within_a_node_shape_and_shapes_that_are_off() -> None:
    inner = "sh:path e:p ; sh:maxCount 0 ; sh:severity sh:Info ; sh:message 'inner'"
    assert alike(f"e:S sh:targetClass e:C ; sh:property e:T . e:T {inner} .") == 3
    off = "e:S sh:targetClass e:C ; sh:deactivated true ; sh:path e:p ; sh:maxCount 0 ."
    assert alike(off + " e:S sh:message 'told' .") == 0


@pytest.mark.parametrize("part", LEFT)
def test_what_is_not_compiled_is_left_to_pyshacl_and_told(part: str) -> None:
    fine = "e:Fine sh:targetClass e:C ; sh:path e:p ; sh:maxCount 1 ; sh:message 'fine' ."
    graph = shapes(f"e:S sh:targetClass e:C ; sh:message 'told' ; {LEFT[part]} . {fine} {INNER}")
    judged = judge(stored(), graph, engine="sparql")
    assert judged.left == {"https://example.org/S": part}
    expected = validate(stored(), graph, engine="pyshacl")
    assert judged.report.counts == expected.counts
    # But for a message that pySHACL writes: it shows nodes now with prefixes, now without.
    told = zip(judged.report.results, expected.results, strict=True)
    assert all((a.focus_node, a.path, a.value) == (b.focus_node, b.path, b.value) for a, b in told)
    assert len(expected.results) > 1


def test_components_of_ones_own_are_left_to_pyshacl() -> None:
    graph = shapes("""
        e:Odd a sh:ConstraintComponent ; sh:parameter [ sh:path e:odd ] ;
            sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(isIRI($value)) }" ] .
        e:S sh:targetClass e:C ; sh:path e:p ; e:odd true ; sh:maxCount 5 ; sh:message "told" .""")
    assert read_rules(graph, {}).left == {"https://example.org/S": "sh:ConstraintComponent"}


@pytest.mark.parametrize("pattern", ["a++", "(?i)a", "[a&&b]", "a^b", r"\bword", r"a\Z", "[--a]"])
def test_a_pattern_that_engines_may_read_differently_is_not_narrowed(pattern: str) -> None:
    assert narrowed(pattern) is None
