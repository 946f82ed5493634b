"""Each constraint has a valid example, and an invalid one that it alone speaks up on."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef

from kg.resources import folder
from kg.validate import shapes_graph, validate
from kg.validate.report import SEVERITIES
from kg.vocab import SCHEMES, TKG

HERE = Path(__file__).parent
EXAMPLES = sorted(HERE.glob("*/*.ttl"))
SHAPES = "https://w3id.org/trialkg/shapes#"
CODES = folder("ontology") / "codes.ttl"


@lru_cache
def shapes_of(name: str) -> Graph:
    return Graph().parse(folder("shapes") / f"{name}.ttl")


def class_shape(shapes: Graph) -> str:
    """What the names of a file's shapes begin with: `…shapes#TrialShape`."""
    (start,) = {name.rpartition("-")[0] for name in constraints(shapes)}
    return start


def constraints(shapes: Graph) -> set[str]:
    """The shapes that say something."""
    return {str(shape) for shape in shapes.subjects(SH.severity)}


@lru_cache
def codes() -> Graph:
    return Graph().parse(CODES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.parent.name}/{e.stem}")
def test_example(example: Path) -> None:
    shapes = shapes_of(example.parent.name)
    report = validate(Graph().parse(example) + codes(), shapes)
    expected = set()
    if example.stem != "valid":
        expected = {f"{class_shape(shapes)}-{example.stem.removeprefix('invalid-')}"}
    assert set(report.counts) == expected
    assert report.conforms == all(r.severity != "Violation" for r in report.results)


@pytest.mark.parametrize("file", sorted(folder("shapes").glob("*.ttl")), ids=lambda f: f.stem)
def test_every_constraint_has_its_examples(file: Path) -> None:
    shapes = shapes_of(file.stem)
    examples = {path.stem for path in (HERE / file.stem).glob("*.ttl")}
    needed = {f"invalid-{name.rpartition('-')[2]}" for name in constraints(shapes)}
    assert examples == {"valid", *needed}


def test_every_shape_is_named_and_speaks_to_people() -> None:
    shapes = shapes_graph()
    assert all(isinstance(shape, URIRef) for shape in shapes.subjects(SH.targetClass))
    for name in constraints(shapes):
        shape = URIRef(name)
        assert name.startswith(SHAPES)
        assert str(shapes.value(shape, SH.severity)).removeprefix(str(SH)) in SEVERITIES
        holder = shapes.value(shape, SH.sparql) or shape
        message = str(shapes.value(holder, SH.message))
        assert message.endswith("."), name


def test_every_class_has_shapes() -> None:
    targets = {str(target) for target in shapes_graph().objects(None, SH.targetClass)}
    assert targets == {getattr(TKG, name) for name in TKG.__annotations__ if name[0].isupper()}


def test_shapes_use_only_declared_terms_and_lists() -> None:
    shapes = shapes_graph()
    known = {getattr(TKG, name) for name in TKG.__annotations__}
    used = {str(term) for triple in shapes for term in triple if "/ontology#" in str(term)}
    assert {term for term in used if term.count(" ") == 0} - known <= {
        "https://w3id.org/trialkg/ontology#"
    }
    patterns = {str(p) for p in shapes.objects(None, SH.pattern) if "/code/" in str(p)}
    assert patterns == {f"^https://w3id.org/trialkg/code/{scheme}/" for scheme in SCHEMES}
