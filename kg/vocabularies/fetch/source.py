"""What a vocabulary that can be fetched consists of: where its files are, what is made of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from kg.errors import SourceError
from kg.vocabularies.bundle.write import Row
from kg.vocabularies.described import Kind
from kg.web import Web


class Remote(Struct, frozen=True):
    """One file to download."""

    address: str
    checksum: str | None = None
    """`sha256:…` or `md5:…`, where the publisher states one."""
    edition: str | None = None
    """Where the publisher's listing tells it."""

    @property
    def name(self) -> str:
        """The file's own name.

        >>> Remote("https://example.org/a/b.zip/content?x=1").name
        'b.zip'
        """
        parts = self.address.partition("?")[0].rstrip("/").removesuffix("/content").split("/")
        return parts[-1] or "file"


class Made(Struct, frozen=True):
    """A table made of what was downloaded."""

    name: str
    title: str
    header: Row
    rows: Iterable[Row]
    kind: Kind = ""
    licence: str | None = None
    """Where it is not the source's."""


class Content(Struct, frozen=True):
    """What the files of a source hold."""

    edition: str | None
    """As the content itself states it."""
    tables: Sequence[Made]


class Source(Struct, frozen=True):
    """A vocabulary that can be fetched."""

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    """The file, or the page that lists the files."""
    find: Callable[[Web, str], list[Remote]]
    make: Callable[[Sequence[Path]], Content]
    needs: tuple[str, ...] = ()
    """Other sources whose tables it is made with."""


def one_file(web: Web, address: str) -> list[Remote]:
    """The finder of a source that is one file at a fixed address."""
    return [Remote(address)]


def listed(web: Web, address: str, pattern: str) -> list[str]:
    """The names in a web folder's listing that fit a pattern, sorted."""
    page = web.read(address).decode("utf-8", "replace")
    names = {link.rstrip("/").rpartition("/")[2] for link in re.findall(r'href="([^"?#]+)"', page)}
    found = sorted(name for name in names if re.fullmatch(pattern, name))
    if not found:
        raise SourceError(f"{address}: found no link like {pattern}, expected a folder's listing")
    return found


def member(path: Path, pattern: str) -> tuple[str, IO[bytes]]:
    """The one member of a zip whose name fits, open, with its name."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        with path.open("rb") as file:
            begin = file.read(40)
        hint = ": a web page, maybe of a log-in" if begin.lstrip()[:1] == b"<" else ""
        raise SourceError(f"{path.name}: found {begin!r}{hint}, expected a zip archive") from None
    names = [name for name in archive.namelist() if re.search(pattern, name)]
    if len(names) != 1:
        raise SourceError(f"{path.name}: found {len(names)} files like {pattern}, expected one")
    return names[0], archive.open(names[0])


def clean(text: str) -> str:
    """A name as one cell may hold it: no tabs or line ends, no `|`."""
    return " ".join(text.replace("|", "/").split())


def cleaned(texts: Iterable[str | None]) -> Iterator[str]:
    """Names as cells may hold them, empty ones left out."""
    return filter(None, (clean(text) for text in texts if text))
