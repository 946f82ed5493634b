"""Clinical-trial registry records as one RDF graph that knows drugs by every name.

>>> import kg, tempfile
>>> from kg.demo import example_records
>>> folder = tempfile.mkdtemp()
>>> kg.build(example_records(), folder).trials
36
>>> graph = kg.open(folder)
>>> graph.drug("SAR408701").trials == graph.drug("tusamitamab ravtansine").trials
True
>>> [target.symbol for target in graph.drug("SAR408701").targets]
['CEACAM5']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.pipeline import BuildReport, UpdateReport, build, update

__all__ = ["BuildReport", "Graph", "UpdateReport", "build", "open", "update"]

_HOMES = {
    "BuildReport": "kg.pipeline",
    "UpdateReport": "kg.pipeline",
    "build": "kg.pipeline",
    "update": "kg.pipeline",
    "Graph": "kg.graph",
}


def open(store_dir: str = "kg-store") -> Graph:
    """Open a store for reading; any number of readers may, also while a build runs.

    Raises `kg.errors.StoreError` where there is no store.
    """
    from kg.graph import Graph

    return Graph(store_dir)


def __getattr__(name: str) -> Any:
    """Import what is asked for only when it is asked for: `import kg` stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
