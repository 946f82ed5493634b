"""Fetches one vocabulary: its files are downloaded, made into tables, and put in place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.errors import KgError, SourceError
from kg.vocabularies import kept, tables
from kg.vocabularies.bundle.write import content_of
from kg.vocabularies.described import Origin, Vocabulary
from kg.vocabularies.fetch.source import Content, Remote, Source
from kg.vocabularies.fetch.sources import SOURCES
from kg.vocabularies.kept import Group
from kg.web import Progress, Web


def fetch(
    name: str,
    *,
    places: Sequence[str] = (),
    checksum: str | None = None,
    web: Web | None = None,
    progress: Callable[[str], Progress] = lambda file: lambda done, total: None,
) -> Group:
    """Download a vocabulary and keep its tables, which the next build uses.

    `places` are files already downloaded, or the address of a mirror, in place of the publisher's.
    `checksum` (`sha256:…`) is what a download of one file must have. What was in use stays in use
    where anything fails.
    """
    source = _source(name)
    for needed in source.needs:
        if all(group.name != needed for group in kept.groups()):
            raise KgError(f"{name} is made with {needed}: first `kg vocab fetch {needed}`")
    local = [Path(place) for place in places if "://" not in place]
    mirrors = [place for place in places if "://" in place]
    if (local and mirrors) or len(mirrors) > 1:
        raise KgError(f"{name}: expected either files or one address, found {', '.join(places)}")
    if local:
        paths, remotes = local, [Remote(path.name) for path in local]
        for path in local:
            if not path.is_file():
                raise SourceError(f"{path}: found no file")
        modified, address = None, ", ".join(path.name for path in local)
    else:
        address = mirrors[0] if mirrors else source.address
        paths, remotes, modified = _download(source, address, checksum, web or Web(), progress)
    content = source.make(paths)
    edition = content.edition or remotes[0].edition or modified or _fingerprint(paths)
    group = keep(
        name,
        content,
        edition=edition,
        publisher=source.publisher,
        licence=source.licence,
        address=address,
        origin="fetched",
    )
    if not local:
        for path in paths:
            path.unlink(missing_ok=True)
    return group


def keep(
    name: str,
    content: Content,
    *,
    edition: str,
    publisher: str,
    licence: str,
    address: str,
    origin: Origin,
) -> Group:
    """Write a group of tables, and use it from now on."""
    described, files = [], []
    for made in content.tables:
        rows, text = content_of(made.header, made.rows)
        if not rows:
            raise SourceError(f"{name}: found nothing for the table {made.name}, expected rows")
        sha256 = hashlib.sha256(text).hexdigest()
        file = f"{name}.{made.name}.{sha256[:8]}.tsv"
        files.append((file, text))
        described.append(
            Vocabulary(
                name=made.name,
                title=made.title,
                file=file,
                edition=edition,
                source=publisher,
                licence=made.licence or licence,
                rows=rows,
                sha256=sha256,
                origin=origin,
                kind=made.kind,
                address=address,
            )
        )
    group = Group(name, tuple(described))
    kept.put(group, files)
    tables.catalog.cache_clear()
    return group


def _source(name: str) -> Source:
    if name not in SOURCES:
        raise KgError(f"{name}: no vocabulary to fetch; there are {', '.join(SOURCES)}")
    return SOURCES[name]


def _download(
    source: Source,
    address: str,
    checksum: str | None,
    web: Web,
    progress: Callable[[str], Progress],
) -> tuple[list[Path], list[Remote], str | None]:
    folder = kept.writable() / "downloads" / source.name
    remotes = source.find(web, address)
    if checksum and len(remotes) > 1:
        raise KgError(f"{source.name} is {len(remotes)} files: a checksum is for one file")
    paths, modified = [], None
    for number, remote in enumerate(remotes):
        # Parts of one table may bear one name in two folders.
        out = folder / (remote.name if len(remotes) < 3 else f"{number:03}-{remote.name}")
        stated = checksum or remote.checksum
        got = web.fetch(remote.address, out, checksum=stated, progress=progress(remote.name))
        paths.append(got.path)
        modified = modified or got.modified
    return paths, remotes, modified


def _fingerprint(paths: Sequence[Path]) -> str:
    """What tells an edition apart that has no date."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return f"sha256 {whole.hexdigest()[:12]}"
