"""A folder of KGX tables: the graph in the words of the Biolink model, as TSV and JSON Lines.

https://github.com/biolink/kgx/blob/master/specification/kgx-format.md
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, Final

import yaml

from kg.export.folders import MARK, new_folder
from kg.export.neo4j.mapping import PropertyGraph
from kg.export.neo4j.stream import Edge, Node, Stream
from kg.export.parquet import main_label
from kg.resources import folder as resource_folder
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Store

_EDGE_COLUMNS: Final = (
    *("id", "subject", "predicate", "object", "category", "knowledge_level", "agent_type"),
    *("primary_knowledge_source", "aggregator_knowledge_source", "original_predicate"),
)
_CORE: Final = ("id", "category", "name", "description", "synonym", "xref", "iri")
_REGISTRY: Final = "infores:clinical-trials-gov"
_STATED: Final = (
    "knowledge_assertion",
    "manual_agent",
    _REGISTRY,
    "infores:trialkg",
)
_DERIVED: Final = ("prediction", "automated_agent", "infores:trialkg", None)
"""Knowledge level, agent, where it comes from, and who passes it on."""
_RENAMED: Final = MappingProxyType({"altLabel": "synonym", "id": "registered_id"})
_TRIAL = re.compile(r".*/trial/(NCT[0-9]{8})\Z")
_SIGNS = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"int": int, "float": float, "boolean": "true".__eq__}
)

_README = """\
# A clinical-trial graph in KGX

{mark} kgx`: {nodes:,} nodes, {edges:,} edges, in the words of the Biolink model {version}.

`nodes.tsv` and `edges.tsv` hold the same as `nodes.jsonl` and `edges.jsonl`. In the TSV a list has
`|` between its values, and text keeps to one line: a backslash, tab and line end stand as `\\\\`,
`\\t`, `\\n` and `\\r`, a `|` inside a value of a list as `\\|`. `prefixes.json` tells what the
prefixes of CURIEs stand for; every node has its own `iri` as well.

An edge with the source infores:clinical-trials-gov says what a record says; one with
infores:trialkg says what was made of it. `original_predicate` is the property of the ontology.
"""


@dataclass(frozen=True)
class Biolink:
    """The mapping to the Biolink model."""

    version: str
    categories: Mapping[str, str]
    targets: Mapping[str, str]
    """Categories of targets that no human gene makes, by their kind."""
    predicates: Mapping[str, str]
    derived: frozenset[str]
    sources: Mapping[str, str]
    prefixes: Mapping[str, str]

    def category(self, label: str, target_kind: object = None) -> str:
        """The category of a label, and of a target by its kind.

        >>> biolink().category("Target"), biolink().category("Target", "LIPID")
        ('biolink:Gene', 'biolink:ChemicalEntity')
        """
        known = self.targets.get(str(target_kind)) or self.categories.get(label, "NamedThing")
        return f"biolink:{known}"

    def predicate(self, kind: str) -> str:
        """The predicate of a relationship."""
        return "biolink:" + self.predicates.get(kind, "related_to")

    def curie(self, iri: str) -> str:
        """An IRI as KGX names it, or as it is where no prefix fits.

        >>> biolink().curie("http://identifiers.org/hgnc/1817")
        'HGNC:1817'
        >>> biolink().curie("https://w3id.org/trialkg/trial/NCT03324113")
        'CLINICALTRIALS:NCT03324113'
        """
        if trial := _TRIAL.match(iri):
            return f"CLINICALTRIALS:{trial[1]}"
        for prefix, space in self.prefixes.items():
            if iri.startswith(space) and len(iri) > len(space):
                return f"{prefix}:{iri[len(space) :]}"
        return iri


def biolink() -> Biolink:
    """The mapping that ships with the package."""
    said = yaml.safe_load((resource_folder("mappings") / "biolink.yaml").read_text("utf-8"))
    return Biolink(
        said["version"],
        said["categories"],
        said["targets"],
        said["predicates"],
        frozenset(said["derived"]),
        said["sources"],
        said["prefixes"],
    )


def export_kgx(
    store: Store, mapping: PropertyGraph, path: Path, *, force: bool = False
) -> Counter[str]:
    """Write the folder; what the mapping had no place for, counted."""
    with new_folder(path, force=force) as folder:
        return write_kgx(store, mapping, folder)


def write_kgx(store: Store, mapping: PropertyGraph, folder: Path) -> Counter[str]:
    """Write the tables into a folder that is there."""
    words = biolink()
    stream = Stream(store, mapping, scratch=folder)
    named = {name for label in mapping.labels.values() for name in _columns(label.columns)}
    node_columns = (*_CORE, *sorted(named - set(_CORE)))
    counts = Counter[str]()
    files = [folder / name for name in ("nodes.tsv", "nodes.jsonl", "edges.tsv", "edges.jsonl")]
    with (
        files[0].open("w", encoding="utf-8", newline="") as node_tsv,
        files[1].open("w", encoding="utf-8", newline="") as node_jsonl,
        files[2].open("w", encoding="utf-8", newline="") as edge_tsv,
        files[3].open("w", encoding="utf-8", newline="") as edge_jsonl,
    ):
        nodes = _Pair(node_tsv, node_jsonl, node_columns)
        edges = _Pair(edge_tsv, edge_jsonl, _EDGE_COLUMNS)
        writer = _Words(words, mapping)
        for each in stream:
            if isinstance(each, Node):
                nodes.write(writer.node(each))
                counts["nodes"] += 1
            else:
                edges.write(writer.edge(each))
                counts["edges"] += 1
    prefixes = {"biolink": "https://w3id.org/biolink/vocab/", **words.prefixes}
    prefixes |= {"CLINICALTRIALS": PREFIXES["trial"], "tkg": PREFIXES["tkg"]}
    (folder / "prefixes.json").write_text(json.dumps(prefixes, indent=2, sort_keys=True) + "\n")
    readme = _README.format(
        mark=MARK, nodes=counts["nodes"], edges=counts["edges"], version=words.version
    )
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return stream.left_out


class _Words:
    """Nodes and edges in the words of the Biolink model."""

    def __init__(self, words: Biolink, mapping: PropertyGraph) -> None:
        self._words, self._mapping = words, mapping
        self._curie = lru_cache(maxsize=65_536)(words.curie)
        self._plans: dict[tuple[str, ...], tuple[str, dict[str, str]]] = {}
        self._terms = {kind: _shorter(term) for kind, term in mapping.relationships.items()}

    def node(self, node: Node) -> dict[str, Any]:
        plan = self._plans.get(node.labels)
        if plan is None:
            label = main_label(self._mapping, node.labels)
            columns = self._mapping.columns(node.labels)
            plan = self._plans[node.labels] = label, {each.name: each.type for each in columns}
        label, types = plan
        category = self._words.category(label, node.values.get("targetKind"))
        found: dict[str, Any] = {"id": self._curie(node.iri), "category": [category]}
        for name, value in node.values.items():
            if isinstance(value, tuple):
                found["latitude"], found["longitude"] = map(float, value)
                continue
            read = _READ.get(types[name], str)
            plain = [read(each) for each in value] if isinstance(value, list) else read(value)
            found[_RENAMED.get(name, name)] = plain
        if unii := node.values.get("unii"):
            found["xref"] = [f"UNII:{unii}"]
        found["iri"] = node.iri
        return found

    def edge(self, edge: Edge) -> dict[str, Any]:
        said = f"{edge.start}\0{edge.type}\0{edge.end}".encode()
        level, agent, source, passed_on = _DERIVED if edge.type in self._words.derived else _STATED
        source = self._words.sources.get(edge.type, source)
        if source == passed_on:
            passed_on = None
        found: dict[str, Any] = {
            "id": "trialkg.edge:" + blake2b(said, digest_size=12).hexdigest(),
            "subject": self._curie(edge.start),
            "predicate": self._words.predicate(edge.type),
            "object": self._curie(edge.end),
            "category": ["biolink:Association"],
            "knowledge_level": level,
            "agent_type": agent,
            "primary_knowledge_source": source,
            "original_predicate": self._terms[edge.type],
        }
        if passed_on:
            found["aggregator_knowledge_source"] = [passed_on]
        return found


class _Pair:
    """The same rows as TSV and as JSON Lines."""

    def __init__(self, tsv: IO[str], jsonl: IO[str], columns: Iterable[str]) -> None:
        self._tsv, self._jsonl, self._columns = tsv, jsonl, tuple(columns)
        tsv.write("\t".join(self._columns) + "\n")

    def write(self, row: Mapping[str, Any]) -> None:
        self._jsonl.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        self._tsv.write("\t".join([_field(row.get(name)) for name in self._columns]) + "\n")


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.translate(_SIGNS)
    if isinstance(value, list):
        return "|".join(str(each).translate(_SIGNS).replace("|", "\\|") for each in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _columns(columns: Iterable[Any]) -> Iterable[str]:
    for column in columns:
        if column.type == "point":
            yield from ("latitude", "longitude")
        else:
            yield _RENAMED.get(column.name, column.name)


def _shorter(iri: str) -> str:
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri
