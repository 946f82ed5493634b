"""A release: the graph in every form, described, counted and summed, for others to cite and load.

The same store gives the same bytes. The version is the day of the newest record and the beginning
of a checksum over all statements, so two graphs never share one.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kg import resources
from kg.export.croissant import croissant
from kg.export.described import DATASET, DESCRIPTION, TITLE, Counts, counted, notices, write_void
from kg.export.folders import MARK, new_folder
from kg.export.kgx import write_kgx
from kg.export.neo4j.admin import export_admin_csv
from kg.export.neo4j.mapping import mapping
from kg.export.parquet import write_parquet
from kg.export.parts import write_parts
from kg.export.sssom import write_sssom
from kg.iris import BASE

if TYPE_CHECKING:
    from pyoxigraph import Store

PART_TRIPLES: Final = 5_000_000

Told = Callable[[str], None]

_README = """\
# {title}, version {version}

{mark} release`. {description}

{triples:,} triples: {trials:,} trials, {drugs:,} drugs, {targets:,} targets.

| what | where |
|---|---|
| the graph as N-Quads, compressed, in parts | `nquads/` |
| the ontology and its SHACL shapes, Turtle | `ontology/`, `shapes/` |
| the context of the JSON-LD export | `context.jsonld` |
| tables of nodes and relationships, Parquet | `parquet/` |
| KGX nodes and edges, Biolink model | `kgx/` |
| names, targets and conditions as mappings, SSSOM | `mappings.sssom.tsv` |
| CSV for `neo4j-admin database import full` | `neo4j-csv/` |
| description: VoID and DCAT, Croissant | `void.ttl`, `croissant.json` |
| counts by class and property | `counts.json` |
| whose data it is, and its terms | `NOTICE-vocabularies.md` |
| checksums: `sha256sum --check SHA256SUMS` | `SHA256SUMS` |

To cite it: The trialkg project, *{title}*, version {version}, <{dataset}>.

Facts and texts of trials come from the public records of ClinicalTrials.gov, as they stood when
they were fetched; each trial points to its record and that record's date. The registry has not
reviewed this graph. Which names mean which drug, and what a drug acts on, was found out by this
project, and carries its evidence in the graph.
"""


def export_release(
    store: Store,
    path: Path,
    *,
    base: str = BASE,
    force: bool = False,
    tell: Told = lambda what: None,
) -> str:
    """Write a release into a folder; its version. `base` is where the graph's own IRIs begin."""
    with new_folder(path, force=force) as folder:
        tell("N-Quads")
        parts_folder = folder / "nquads"
        parts_folder.mkdir()
        parts = write_parts(store, "nquads", parts_folder, PART_TRIPLES, gzip=True)
        _json(parts_folder / "manifest.json", {"format": "nquads", "parts": parts})
        counts = counted(store, scratch=folder)
        version = _version(counts, parts)
        for kind in ("ontology", "shapes"):
            (folder / kind).mkdir()
            for file in sorted(resources.folder(kind).glob("*.ttl")):
                shutil.copyfile(file, folder / kind / file.name)
        shutil.copyfile(
            resources.folder("examples").parent / "context.jsonld", folder / "context.jsonld"
        )
        for name, write in _FOLDERS.items():
            tell(name)
            for what, count in sorted(write(store, folder / name).items()):
                tell(f"{name} leaves out {count:,} of {what}")
        tell("sssom")
        with (folder / "mappings.sssom.tsv").open("wb") as mappings:
            write_sssom(store, mappings, base=base)
        tell("descriptions")
        _describe(folder, counts, version)
    return version


def _kgx(store: Store, folder: Path) -> Counter[str]:
    folder.mkdir()
    return write_kgx(store, mapping(), folder)


def _parquet(store: Store, folder: Path) -> Counter[str]:
    folder.mkdir()
    return write_parquet(store, mapping(), folder)


def _neo4j(store: Store, folder: Path) -> Counter[str]:
    return export_admin_csv(store, mapping(), folder, gzip=True)


_FOLDERS: Mapping[str, Callable[[Store, Path], Counter[str]]] = MappingProxyType(
    {"parquet": _parquet, "kgx": _kgx, "neo4j-csv": _neo4j}
)
"""What a release holds beside the graph itself, by folder."""


def _describe(folder: Path, counts: Counts, version: str) -> None:
    with (folder / "void.ttl").open("wb") as void:
        write_void(counts, void, version)
    for name, text in notices():
        (folder / name).write_text(text, encoding="utf-8")
    found = {
        "version": version,
        "triples": counts.triples,
        "subjects": counts.subjects,
        "classes": dict(sorted(counts.classes.items())),
        "properties": dict(sorted(counts.properties.items())),
    }
    _json(folder / "counts.json", found)
    ours = {iri.rpartition("#")[2]: count for iri, count in counts.classes.items()}
    readme = _README.format(
        title=TITLE,
        description=DESCRIPTION,
        dataset=DATASET,
        mark=MARK,
        version=version,
        triples=counts.triples,
        trials=ours.get("Trial", 0),
        drugs=ours.get("Drug", 0),
        targets=ours.get("Target", 0),
    )
    (folder / "README.md").write_text(readme, encoding="utf-8")
    _json(folder / "croissant.json", croissant(folder, _sums(folder), version, counts.newest))
    sums = "".join(f"{checksum}  {name}\n" for name, checksum in _sums(folder).items())
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")


def _version(counts: Counts, parts: list[dict[str, Any]]) -> str:
    # Of the checksums of the parts, so that the whole need not be read once more.
    whole = hashlib.sha256("".join(part["sha256"] for part in parts).encode()).hexdigest()
    return f"{counts.newest or 'undated'}-{whole[:12]}"


def _sums(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found[path.relative_to(folder).as_posix()] = digest
    return found


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
