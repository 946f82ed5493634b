"""Writes a networkx graph for network programs: GraphML (Cytoscape, yEd), GEXF (Gephi)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')


def write_graphml(graph: networkx.Graph[str], out: IO[bytes]) -> None:
    """Write GraphML; lists become one text joined by `;`, numbers and truth values stay typed."""
    import networkx

    networkx.write_graphml(flat(graph), out)


def write_gexf(graph: networkx.Graph[str], out: IO[bytes]) -> None:
    """Write GEXF 1.2, in the same way; it has no place for attributes of the graph as a whole."""
    import networkx

    text = io.BytesIO()
    networkx.write_gexf(flat(graph), text)
    # The day of writing would make two files of the same graph differ.
    out.write(_TODAY.sub(b"", text.getvalue(), count=1))


NETWORK_FORMATS: Mapping[str, Callable[[networkx.Graph[str], IO[bytes]], None]] = MappingProxyType(
    {"graphml": write_graphml, "gexf": write_gexf}
)
"""The formats of networks, by name."""


def flat(graph: networkx.Graph[str]) -> networkx.Graph[str]:
    """The graph with attributes of one value each, as the formats want them."""
    import networkx

    plain: networkx.Graph[str] = networkx.Graph(**_flat(graph.graph))
    for node, said in graph.nodes(data=True):
        plain.add_node(node, **_flat(said))
    for one, two, said in graph.edges(data=True):
        plain.add_edge(one, two, **_flat(said))
    return plain


def _flat(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _one(value) for name, value in attributes.items()}


def _one(value: Any) -> Any:
    if isinstance(value, list):
        value = ";".join(map(str, value))
    # Control characters have no place in XML; what stood there is not passed over in silence.
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
