r"""Registry text in one normal form, whichever format it came in.

The same paragraph is markdown in API v2 (`\>` for `>`, `* ` for a bullet), hard-wrapped and
indented in legacy XML (`          -  ` for a bullet) and bare lines in the older API. Here all of
them become the same string, so that formats can be compared and said once.
"""

from __future__ import annotations

import html
import re
import unicodedata

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\+([!-/:-@\[\]^-`{-~])")
_BACKSLASHES = re.compile(r"\\{2,}")
_BULLET = re.compile(r"(?:[-*–—](?=\s|$)|[•·●▪■◦○‣⁃➢])\s*")
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def _control(match: re.Match[str]) -> str:
    """A control character's reading: the Windows-1252 sign it stood for, or nothing."""
    char = match.group()
    if "\x80" <= char <= "\x9f":  # Windows text taken for Latin-1 on its way to the registry
        return bytes([ord(char)]).decode("cp1252", "ignore")
    if "\x1c" <= char <= "\x1f" or char in "\x0b\x0c":
        return " "
    return "\ufffd" if "\ud800" <= char <= "\udfff" else ""


def _plain(text: str) -> str:
    r"""Characters cleaned, lines kept: repeated until nothing changes, for what was escaped twice.

    >>> _plain("age \\&gt;= 18 &amp;lt; 65")
    'age >= 18 < 65'
    """
    if (
        text.isascii()
        and "&" not in text
        and "\\" not in text
        and text.replace("\n", " ").isprintable()
    ):
        return text  # as most values are
    while True:
        before = text
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "&" in text:
            text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
        if "\\" in text:
            text = _BACKSLASHES.sub(r"\\", _ESCAPE.sub(r"\1", text))
        text = _CONTROLS.sub(_control, text)
        if not text.isascii():
            text = unicodedata.normalize(
                "NFC", text.replace("\u2028", "\n").replace("\u2029", "\n")
            )
        if text == before:
            return text


def clean(text: str | None) -> str | None:
    r"""A one-line value: characters cleaned, white space collapsed; None where nothing is left.

    >>> clean("  Placebo\n  (matching),  \\>5&nbsp;mg ")
    'Placebo (matching), >5 mg'
    >>> clean(" \u200e ") is None
    True
    """
    return " ".join(_plain(text).split()) or None if text else None


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines are the indented, hard-wrapped lines of a legacy XML text block.

    API text indents too, but only nested list items, never all its lines.
    """
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return min(indents, default=0) >= 2 or min(indents[1:], default=0) >= 6


def _blocks(text: str) -> list[str]:
    """Paragraphs and list items, each on one line: what blank lines part, or else every line."""
    lines = _plain(text).split("\n")
    if not _is_wrapped(lines):
        return [" ".join(line.split()) for line in lines]
    blocks: list[list[str]] = [[]]
    for line in lines:
        words = line.split()
        if not words:
            blocks.append([])
        blocks[-1] += words
    return [" ".join(words) for words in blocks]


def paragraphs(text: str | None) -> str | None:
    r"""Long text in its normal form: one line for each paragraph and each list item.

    List items start with `* ` whatever their bullet was; nesting is not kept, for the formats
    do not agree on it. Give the text as it stands in the record, unstripped: the indentation of
    all lines is what tells hard-wrapped text.

    >>> paragraphs("Inclusion:\n\n* age \\>= 18\n  * or emancipated")
    'Inclusion:\n* age >= 18\n* or emancipated'
    >>> paragraphs("\n      Inclusion:\n\n        -  age &gt;=\n           18\n\n")
    'Inclusion:\n* age >= 18'
    """
    if not text:
        return None
    found = []
    for block in _blocks(text):
        bullet = _BULLET.match(block)
        item = block[bullet.end() :] if bullet else block
        if item:
            found.append(f"* {item}" if bullet else item)
    return "\n".join(found) or None
