"""The graph as a property graph, for Neo4j and the databases that read its formats.

`mapping` reads the one file that says which class is which label; `stream` turns a store into
nodes and relationships by it, in flat memory; every writer takes its nodes and relationships
from there: `admin` for `neo4j-admin database import`, `script` for Cypher scripts, `push` for a
running database.
"""
