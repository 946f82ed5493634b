"""Our Turtle holds nothing that neosemantics drops or refuses with `handleMultival: ARRAY`.

An array of Neo4j holds one type, so the values of a property of one subject must share theirs; a
language tag would be part of a text; blank nodes would come anew with every import.
"""

from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path

from pyoxigraph import BlankNode, Literal, RdfFormat, parse

import kg
from kg.demo import example_records
from kg.export import write
from kg.store import open_read_only
from kg.vocab import ONTOLOGY, PREFIXES, XSD

TAKEN = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.date, XSD.anyURI}
"""Datatypes that become values of Neo4j; the others are kept as text with their name."""
AS_TEXT = {XSD.gYear, XSD.gYearMonth}


def test_the_turtle_of_a_store(tmp_path: Path) -> None:
    kg.build([*example_records()], tmp_path)
    turtle = io.BytesIO()
    write(open_read_only(tmp_path)[0], "turtle", turtle)
    types = defaultdict(set)
    for quad in parse(turtle.getvalue(), RdfFormat.TURTLE):
        assert not hasattr(quad.subject, "subject"), "a quoted triple"
        about_terms = isinstance(quad.subject, BlankNode) or quad.subject.value.startswith(
            (ONTOLOGY, ONTOLOGY.rstrip("#"), PREFIXES["schema"], PREFIXES["skos"])
        )
        if about_terms:
            continue
        assert not isinstance(quad.object, BlankNode), quad
        if isinstance(quad.object, Literal):
            types[quad.subject, quad.predicate].add(quad.object.datatype.value)
    assert all(len(found) == 1 for found in types.values())
    used = {datatype for found in types.values() for datatype in found}
    lang = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    assert used - TAKEN - AS_TEXT <= {lang}
