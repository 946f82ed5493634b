"""Safe reading of XML, and the values of its elements.

A document type declaration is the only way to an entity, a fetch or a bomb of text, so a record
that has one is refused before it is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from kg.errors import RecordError
from kg.parse.study_values import once
from kg.parse.text import clean, paragraphs


class Block:
    """An element with its children by name, so that a field that is not there costs nothing."""

    __slots__ = ("_children",)

    def __init__(self, element: Element) -> None:
        self._children: dict[str, list[Element]] = {}
        for child in element:
            self._children.setdefault(child.tag, []).append(child)

    def iterfind(self, path: str) -> Iterator[Element]:
        """Every element at a path of names, in order."""
        name, _, rest = path.partition("/")
        for child in self._children.get(name, ()):
            if rest:
                yield from child.iterfind(rest)
            else:
                yield child

    def find(self, path: str) -> Element | None:
        """The first element at a path of names."""
        name, _, rest = path.partition("/")
        children = self._children.get(name)
        if children is None or not rest:
            return children[0] if children else None
        return next((found for child in children for found in child.iterfind(rest)), None)

    def findtext(self, path: str) -> str | None:
        """The text of the first element at a path of names."""
        found = self.find(path)
        return None if found is None else found.text or ""


def text(element: Element | Block, path: str) -> str | None:
    """A one-line value."""
    return clean(element.findtext(path))


def prose(element: Element | Block, path: str) -> str | None:
    """Long text in its normal form."""
    return paragraphs(element.findtext(path))


def texts(element: Element | Block, path: str) -> tuple[str, ...]:
    """Every value of a repeated element, in order."""
    found = (clean(one.text) for one in element.iterfind(path))
    return once(value for value in found if value)


def study(content: bytes, where: str) -> Element:
    """The `<clinical_study>` of a record, with nothing fetched and nothing expanded.

    >>> study(b"<clinical_study/>", "a.xml").tag
    'clinical_study'
    """
    if _declares_type(content):
        raise RecordError(where, "the prolog", "a DTD (<!DOCTYPE)", "XML without one")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RecordError(where, "the document", str(error)[:200], "well-formed XML") from None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding unlike ASCII
        raise RecordError(where, "the prolog", "a DTD (<!DOCTYPE)", "XML without one")
    if root.tag != "clinical_study":
        raise RecordError(where, "the root element", repr(root.tag[:80]), "'clinical_study'")
    return root


def _declares_type(content: bytes) -> bool:
    """Whether a document type declaration stands before the root element.

    >>> _declares_type(b'<?xml version="1.0"?><!-- a > b --><!DOCTYPE a>')
    True
    >>> _declares_type(b"<a>&lt;!DOCTYPE a></a>")
    False
    """
    text = content.replace(b"\0", b"") if b"\0" in content[:64] else content  # UTF-16, UTF-32
    at = text.find(b"<")
    while at >= 0 and (end := {b"?": b"?>", b"-": b"-->"}.get(_after(text, at))):
        close = text.find(end, at + 2)
        at = text.find(b"<", close) if close >= 0 else -1
    return at >= 0 and text[at : at + 9].upper() == b"<!DOCTYPE"


def _after(text: bytes, at: int) -> bytes:
    """What kind of mark-up opens at `at`: `?` an instruction, `-` a comment."""
    return b"-" if text.startswith(b"<!--", at) else text[at + 1 : at + 2]
