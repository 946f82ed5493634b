"""A release described as Croissant, which tools for machine learning read.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kg.export.described import DATASET, DESCRIPTION, REGISTRY_RIGHTS, TITLE

_CONTEXT: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "citeAs": "cr:citeAs",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "dct": "http://purl.org/dc/terms/",
        "equivalentProperty": "cr:equivalentProperty",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "extract": "cr:extract",
        "field": "cr:field",
        "fileObject": "cr:fileObject",
        "fileProperty": "cr:fileProperty",
        "fileSet": "cr:fileSet",
        "format": "cr:format",
        "includes": "cr:includes",
        "isLiveDataset": "cr:isLiveDataset",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "md5": "cr:md5",
        "parentField": "cr:parentField",
        "path": "cr:path",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "recordSet": "cr:recordSet",
        "references": "cr:references",
        "regex": "cr:regex",
        "repeated": "cr:repeated",
        "replace": "cr:replace",
        "samplingRate": "cr:samplingRate",
        "sc": "https://schema.org/",
        "separator": "cr:separator",
        "source": "cr:source",
        "subField": "cr:subField",
        "transform": "cr:transform",
    }
)
_MEDIA: Final = (
    (".parquet", "application/x-parquet"),
    (".nq.gz", "application/gzip"),
    (".tsv", "text/tab-separated-values"),
    (".jsonl", "application/jsonlines"),
    (".ttl", "text/turtle"),
)
_TYPES: Mapping[str, str] = MappingProxyType(
    {"int64": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean"}
)


def croissant(
    folder: Path, sums: Mapping[str, str], version: str, newest: str | None
) -> dict[str, Any]:
    """The description of a release: its files with their checksums, and the Parquet tables."""
    files = [name for name in sums if name.endswith(tuple(suffix for suffix, _ in _MEDIA))]
    tables = [name for name in files if name.endswith(".parquet")]
    return {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "trialkg",
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "license": REGISTRY_RIGHTS,
        "url": DATASET,
        "version": version,
        **({"datePublished": newest} if newest else {}),
        "citeAs": f"The trialkg project: {TITLE}, version {version}. {DATASET}",
        "distribution": [_file(folder, name, sums[name]) for name in files],
        "recordSet": [_record_set(folder, name) for name in tables],
    }


def _file(folder: Path, name: str, checksum: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{(folder / name).stat().st_size} B",
        "encodingFormat": next(media for suffix, media in _MEDIA if name.endswith(suffix)),
        "sha256": checksum,
    }


def _record_set(folder: Path, name: str) -> dict[str, Any]:
    table = Path(name).stem
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "field": list(_fields(folder, name, table)),
    }


def _fields(folder: Path, name: str, table: str) -> Iterator[dict[str, Any]]:
    from pyarrow.parquet import read_schema

    columns: Iterable[Any] = read_schema(folder / name)
    for column in columns:
        many = str(column.type).startswith("list")
        yield {
            "@type": "cr:Field",
            "@id": f"{table}/{column.name}",
            "name": column.name,
            "dataType": _TYPES.get(str(column.type), "sc:Text"),
            **({"repeated": True} if many else {}),
            "source": {"fileObject": {"@id": name}, "extract": {"column": column.name}},
        }
