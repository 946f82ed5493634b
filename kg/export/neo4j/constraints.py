"""The constraints and indexes of the exported graph, as Cypher."""

from __future__ import annotations

import re

from kg.export.neo4j.mapping import PropertyGraph


def constraints(mapping: PropertyGraph) -> list[str]:
    """One statement each; running them again changes nothing.

    >>> from kg.export.neo4j.mapping import mapping
    >>> constraints(mapping())[0]
    'CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE'
    """
    return [
        f"CREATE CONSTRAINT {_name(label, key)} IF NOT EXISTS "
        f"FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for label, key in mapping.unique
    ] + [
        f"CREATE INDEX {_name(label, key)} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"
        for label, key in mapping.indexed
    ]


def _name(label: str, key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", f"{label}_{key}").lower().replace("__", "_")
