"""What is asked of the registry: studies by id, by words, by date of update, or all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from kg.errors import SourceError

IDS_PER_REQUEST = 100
"""Keeps an address under 2,000 characters; the registry names no limit of its own."""

_NCT_ID = re.compile(r"NCT[0-9]{8}")
_ONLY_NCT_IDS = re.compile(r"(?i)[\s,]*(nct\d+[\s,]*)+")


def nct_ids(texts: Iterable[str]) -> tuple[str, ...]:
    """NCT ids in the registry's spelling, each once, in the order given.

    >>> nct_ids(["nct99000002", " NCT99000001", "NCT99000002"])
    ('NCT99000002', 'NCT99000001')
    """
    ids = tuple(dict.fromkeys(text.strip().upper() for text in texts))
    for nct_id in ids:
        if not _NCT_ID.fullmatch(nct_id):
            raise SourceError(f"found {nct_id!r}, expected an NCT id such as NCT03324113")
    return ids


def nct_ids_in(given: str) -> tuple[str, ...]:
    """An NCT id itself, or those in a file that has one on each line; empty lines say nothing.

    >>> nct_ids_in("nct99000001")
    ('NCT99000001',)
    """
    if _NCT_ID.fullmatch(given.strip().upper()):
        return nct_ids([given])
    try:
        lines = Path(given).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "no text"
        raise SourceError(
            f"{given}: cannot be read ({reason}), expected an NCT id or a file of such ids"
        ) from None
    for number, line in enumerate(lines, 1):
        if line.strip() and not _NCT_ID.fullmatch(line.strip().upper()):
            raise SourceError(
                f"{given} line {number}: found {line.strip()[:40]!r}, expected an NCT id"
            )
    return nct_ids(line for line in lines if line.strip())


class Asked(Struct, frozen=True, kw_only=True):
    """One question to the registry; parts that are given must all hold. Empty asks for all.

    `term`, `condition`, `intervention` and `sponsor` are in the registry's own search language.
    """

    ids: tuple[str, ...] = ()
    term: str | None = None
    condition: str | None = None
    intervention: str | None = None
    sponsor: str | None = None
    since: str | None = None
    """ISO date: only studies whose last update was posted on it or later."""
    limit: int | None = None

    def __post_init__(self) -> None:
        words = (self.term, self.condition, self.intervention, self.sponsor)
        if self.since and any(text and _ONLY_NCT_IDS.fullmatch(text) for text in words):
            raise SourceError(
                "the registry ignores --since when a search holds nothing but NCT ids:"
                " give the ids as arguments instead"
            )

    def requests(self) -> list[dict[str, str]]:
        """The parameters of each series of pages that together answer the question.

        >>> Asked(since="2026-01-31").requests()
        [{'filter.advanced': 'AREA[LastUpdatePostDate]RANGE[2026-01-31,MAX]'}]
        >>> Asked(ids=("NCT99000001", "NCT99000002")).requests()
        [{'filter.ids': 'NCT99000001,NCT99000002'}]
        """
        named = {
            "query.term": self.term,
            "query.cond": self.condition,
            "query.intr": self.intervention,
            "query.spons": self.sponsor,
            "filter.advanced": self.since and f"AREA[LastUpdatePostDate]RANGE[{self.since},MAX]",
        }
        common = {name: value for name, value in named.items() if value}
        if not self.ids:
            return [common]
        return [
            {**common, "filter.ids": ",".join(self.ids[start : start + IDS_PER_REQUEST])}
            for start in range(0, len(self.ids), IDS_PER_REQUEST)
        ]
