"""Binding and running: values stay values, what is not a question to this store is refused."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store, Variable

from kg.errors import QueryError
from kg.query.catalogue import find, read
from kg.query.run import bind, check, run
from kg.vocab import RDFS

THING = "https://example.org/"
LABEL = NamedNode(RDFS.label)
INJECTIONS = [
    '"',
    "'",
    '"""',
    "\\",
    '\\"',
    "\\u0022",
    "line\nbreak\r\ttab",
    "} DELETE { ?s ?p ?o } WHERE {",
    '" } SERVICE <http://127.0.0.1/> { ?s ?p ?o } #',
    '" . ?s ?p ?o . # ',
    "?p",
    "<https://example.org/>",
    "\x00\x01\x7f\u2028\ufeff😀",
]


def graph(*names: str) -> Store:
    store = Store()
    for index, name in enumerate(names):
        store.add(Quad(NamedNode(f"{THING}{index}"), LABEL, Literal(name)))
    return store


def asked(store: Store, text: str, **values: str) -> list[tuple[str | None, ...]]:
    """The answer's rows as values, with `p` declared as a parameter."""
    header = "#+ parameters: [{name: p, type: string}]\n"
    found = run(store, read(header + text), values)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted(
        tuple(None if row[name] is None else row[name].value for name in names) for row in found
    )


SHAPES = {
    "pattern": "SELECT ?s { ?s rdfs:label ?p }",
    "filter": "SELECT ?s { ?s rdfs:label ?name FILTER(?name = ?p) }",
    "projected": "SELECT (STR(?s) AS ?found) { ?s rdfs:label ?name FILTER(?name IN (?p, 'no')) }",
    "sub-select that does not project it": (
        "SELECT ?s { { SELECT ?s { ?s rdfs:label ?p } } ?s rdfs:label ?any }"
    ),
    "optional": "SELECT ?s { ?s rdfs:label ?name OPTIONAL { ?s rdfs:label ?p BIND(1 AS ?hit) } "
    "FILTER(BOUND(?hit)) }",
    "union branch": "SELECT ?s { { ?s rdfs:label ?n FILTER(?n = ?p) } UNION { ?s owl:no ?n } }",
    "path": "SELECT ?s { ?s (rdfs:label|skos:prefLabel) ?p }",
    "exists": "SELECT ?s { ?s rdfs:label ?any FILTER EXISTS { ?s rdfs:label ?p } }",
    "having": "SELECT ?s { ?s rdfs:label ?n } GROUP BY ?s HAVING (MIN(?n) = ?p)",
    "dollar": "SELECT ?s { ?s rdfs:label $p }",
}


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_a_value_stands_for_itself_wherever_it_stands(text: str, value: str) -> None:
    store = graph("other", value, value + "x")
    assert asked(store, text, p=value) == [(f"{THING}1",)]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_finds_exactly_itself(value: str) -> None:
    store = graph(value, value + "x")
    assert asked(store, SHAPES["sub-select that does not project it"], p=value) == [(f"{THING}0",)]


def test_minus_takes_away_only_the_value() -> None:
    text = "SELECT ?s { ?s rdfs:label ?n MINUS { ?s rdfs:label ?p } }"
    assert asked(graph("a", "b"), text, p="a") == [(f"{THING}1",)]


def test_a_projected_parameter_is_a_column() -> None:
    text = "SELECT ?p (COUNT(?s) AS ?n) { ?s rdfs:label ?p } GROUP BY ?p ORDER BY ?p"
    assert asked(graph("a", "b"), text, p="a") == [("a", "1")]


def test_names_in_strings_and_comments_are_left_alone() -> None:
    text = "SELECT ?s { ?s rdfs:label '?p' # and ?p\n}"
    assert asked(graph("?p", "a"), text, p="a") == [(f"{THING}0",)]


def test_parameter_where_no_value_can_stand() -> None:
    for text in ("SELECT ?s { VALUES ?p { 'a' } }", "SELECT ?s { BIND('a' AS ?p) }"):
        with pytest.raises(QueryError, match=r"\?p"):
            asked(graph("a"), text, p="a")


def test_comparison_that_looks_like_an_iri_is_refused() -> None:
    text = "SELECT ?s { ?s rdfs:label ?a, ?b, ?c FILTER(?a<?p&&?b>?c) }"
    with pytest.raises(QueryError, match="put spaces around"):
        asked(graph("a"), text, p="a")


def test_bind_takes_values_before_defaults() -> None:
    query = find("recruiting-in-country")
    bound = bind(query, {"country": "France"})
    assert bound[Variable("country")] == Literal("France")
    assert bound[Variable("condition")] == Literal("Lung Neoplasms")


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("{name: p, type: integer}", "1; DROP", "found '1; DROP', expected a whole number"),
        ("{name: p, type: integer}", "1.5", "expected a whole number"),
        ("{name: p, type: integer}", "١", "expected a whole number"),
        ("{name: p, type: date}", "2017-13", "expected a date"),
        ("{name: p, type: date}", "2017-10-17T00:00", "expected a date"),
        ("{name: p, type: iri}", "a b", "expected an absolute IRI"),
        ("{name: p, type: iri}", "http://e/> ?x <", "expected an absolute IRI"),
        ("{name: p, type: nct}", "NCT1", "expected an id such as NCT03324113"),
        ("{name: p, type: 'code:phase'}", "1/2", "expected a code"),
        ("{name: p, type: string}", "\ud800", "expected text"),
        ("{name: p, type: 'code:colour'}", "RED", "found 'code:colour', expected one of"),
        ("{name: p, type: text}", "x", "found 'text', expected one of"),
    ],
)
def test_ill_typed_values(parameter: str, value: str, message: str) -> None:
    query = read(f"#+ parameters: [{parameter}]\nSELECT ?s {{ ?s ?q ?p }}")
    with pytest.raises(QueryError, match=message):
        bind(query, {"p": value})


def test_unknown_and_missing_parameters() -> None:
    query = read("#+ parameters: [{name: p, type: string}]\nASK { ?s ?q ?p }")
    with pytest.raises(QueryError, match="query has no parameter 'q', it has p"):
        bind(query, {"q": "x"})
    with pytest.raises(QueryError, match="query needs a value for p"):
        bind(query, {})


def test_unknown_code_lists_the_known_ones(fixture_graph: Store) -> None:
    with pytest.raises(
        QueryError, match="found 'RECRUTING', expected one of ACTIVE_NOT_RECRUITING, "
    ):
        run(fixture_graph, find("recruiting-in-country"), {"status": "recruting"})


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address that notes who asked it anything."""
    heard: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", heard
    server.shutdown()
    server.server_close()


SERVICES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "ASK { { SELECT * { SeRvIcE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { ?a rdfs:label ?b FILTER(?a<?b)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "PREFIX x: <URL> ASK { ?a rdfs:label ?b FILTER(?a<?b)SERVICE#>\nx: { ?s ?p ?o } }",
    "ASK { VALUES ?where { <URL> } SERVICE ?where { ?s ?p ?o } }",
    "PREFIX SERVICE: <URL> ASK { SERVICE SERVICE: { ?s ?p ?o } }",
    "ASK { ?a rdfs:label '''it's'''SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_service_is_refused_however_it_is_written(
    text: str, listener: tuple[str, list[str]]
) -> None:
    url, heard = listener
    with pytest.raises(QueryError):
        run(graph("a"), read(text.replace("URL", url)))
    assert heard == []


def test_the_listener_would_hear_a_query_that_got_through(
    listener: tuple[str, list[str]],
) -> None:
    url, heard = listener
    with pytest.raises(OSError):
        list(graph("a").query(SERVICES[0].replace("URL", url)))
    assert heard != []


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service rdfs:label 'SERVICE <x> {' }",
        "PREFIX service: <https://example.org/service/> ASK { ?s service:service ?o }",
        "ASK { ?s <https://example.org/SERVICE> 'x' } # SERVICE",
    ],
)
def test_the_word_service_is_no_offence(text: str) -> None:
    assert isinstance(run(graph("a"), read(text)), QueryBoolean)


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "PREFIX x: <y:> insert data { }", "CLEAR ALL"]
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(QueryError, match="is an update"):
        check(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {\n ?s ?p }", r"line 2, column \d: near '\?s \?p }'"),
        ("SELECT ?s {", "line 1, column 12: near"),
        ("SELECT ?s {\n ?s a nope:Trial }", "line 2, column .*: found an unknown prefix"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "a variable in SELECT that is not grouped"),
        ("", "line 1, column 1"),
    ],
)
def test_what_does_not_parse_says_where(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as raised:
        check(text)
    assert "\n" not in str(raised.value)


def test_half_a_character_is_no_query() -> None:
    with pytest.raises(QueryError, match="does not parse"):
        check("ASK { ?s ?p '\ud800' }")


def test_usual_prefixes_are_known_and_may_be_overridden() -> None:
    store = graph("a")
    own = f"PREFIX rdfs: <{THING}> ASK {{ ?s rdfs:label 'a' }}"
    assert run(store, read("ASK { ?s rdfs:label 'a' }"))
    assert not run(store, read(own))
