"""The ontology as one HTML page for people, made on demand."""

from __future__ import annotations

import sys
from pathlib import Path

from rdflib import Graph

from kg.errors import KgError
from kg.resources import folder


def ontology_html(out: Path) -> None:
    """Write the page: every class and property with definition, example and registry fields.

    Needs the `docs` extra (pyLODE), which is imported only here.
    """
    try:
        from pylode import OntPub
    except ImportError as missing:
        raise KgError("the ontology page needs pyLODE: pip install 'trialkg[docs]'") from missing
    graph = Graph().parse(folder("ontology") / "trialkg.ttl")
    page: str = OntPub(ontology=graph, sort_subjects=True).make_html()
    out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    ontology_html(Path(sys.argv[1]))
