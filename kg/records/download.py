"""Fetches studies from the registry into one file of JSON Lines, going on where it was cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from kg.errors import SourceError
from kg.records.api import PAGE_SIZE, Api, TokenError
from kg.records.asked import Asked
from kg.records.partial import Note, Partial


class Fetched(Struct, frozen=True, kw_only=True):
    """What came of a fetch."""

    out: Path
    studies: int
    repeated: int
    """Studies that came again on a later page; the first is kept."""
    total: int | None
    """Studies the registry counted when asked; differs where its data moved meanwhile."""
    missing: tuple[str, ...]
    """NCT ids asked for that the registry does not have."""
    data_timestamp: str | None
    """When the registry published the data fetched; None where a mirror does not say."""
    data_changed: bool
    """New data were published while the pages came: studies updated then may be missing."""


def fetch(
    api: Api,
    asked: Asked,
    out: Path,
    *,
    force: bool = False,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
    say: Callable[[str], None] = lambda text: None,
) -> Fetched:
    """Write every study asked for to `out`, one a line, exactly as the registry gave it.

    `out` appears only when it is complete. Until then its pages stand in `OUT.part`; the same call
    made again goes on from there, unless the registry has published new data since. `progress`
    hears how many studies have come and how many there are.
    """
    if out.exists() and not force:
        raise SourceError(f"{out} exists: name another --out, or replace it with --force")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return _fetch(_Fetching(api, asked, Partial(out), progress, say), force)
    except OSError as error:
        raise SourceError(f"{out} cannot be written: {error.strerror or error}") from error


def _fetch(fetching: _Fetching, force: bool) -> Fetched:
    resumed = fetching.resume(force)
    try:
        return fetching.run()
    except TokenError as error:
        if not resumed:
            raise
        fetching.say(f"{error}: starting over")
        fetching.start()
        return fetching.run()


class _Fetching:
    def __init__(
        self,
        api: Api,
        asked: Asked,
        partial: Partial,
        progress: Callable[[int, int | None], None],
        say: Callable[[str], None],
    ) -> None:
        self.api, self.asked, self.partial = api, asked, partial
        self.progress, self.say = progress, say
        self.data_timestamp = api.data_timestamp()

    def start(self) -> None:
        self.note = Note(
            asked=self.asked, base_url=self.api.base_url, data_timestamp=self.data_timestamp
        )
        self.partial.begin(self.note)
        self._forget()

    def resume(self, force: bool) -> bool:
        """Go on from an unfinished fetch of the same; otherwise start. True if there was one."""
        note = self.partial.read_note()
        if note is None or not self.partial.cut(note.offset):
            self.start()
            return False
        if (note.asked, note.base_url) != (self.asked, self.api.base_url):
            if not force:
                raise SourceError(
                    f"{self.partial.data} is an unfinished fetch of something else:"
                    " finish it, name another --out, or drop it with --force"
                )
            self.start()
            return False
        if note.data_timestamp != self.data_timestamp:
            self.say(
                f"the registry published new data ({self.data_timestamp}) since this fetch began"
                f" ({note.data_timestamp}): starting over"
            )
            self.start()
            return False
        self.note = note
        self._forget()
        for line in self.partial.lines():
            self._keep(line)
        self.say(f"going on after {self.studies:,} studies already in {self.partial.data}")
        return True

    def _forget(self) -> None:
        self.seen: set[str] = set()
        self.aliases: set[str] = set()
        self.studies = 0

    def run(self) -> Fetched:
        requests = self.asked.requests()
        while self.note.series < len(requests) and self._wanted():
            self._page(requests[self.note.series])
        changed = self.api.data_timestamp() != self.data_timestamp
        self.partial.finish()
        return Fetched(
            out=self.partial.out,
            studies=self.studies,
            repeated=self.note.repeated,
            total=self.note.total,
            missing=self._missing(),
            data_timestamp=self.data_timestamp,
            data_changed=changed,
        )

    def _missing(self) -> tuple[str, ...]:
        """Ids the registry has neither as a study's own nor as an obsolete one of it."""
        if self.asked.limit is not None and self.studies >= self.asked.limit:
            return ()
        found = self.seen | self.aliases
        return tuple(nct_id for nct_id in self.asked.ids if nct_id not in found)

    def _wanted(self) -> int:
        """How many studies the next page may hold."""
        if self.asked.limit is None:
            return PAGE_SIZE
        return min(PAGE_SIZE, self.asked.limit - self.studies)

    def _page(self, parameters: dict[str, str]) -> None:
        wanted = self._wanted()
        page = self.api.page(parameters, self.note.token, wanted)
        studies = page.studies[:wanted]
        kept = [study for study in studies if self._keep(study)]
        total = self.note.total
        if page.total is not None:
            total = (total or 0) + page.total
        self.note = self.partial.append(
            kept,
            replace(
                self.note,
                series=self.note.series + (page.next_token is None),
                token=page.next_token,
                repeated=self.note.repeated + len(studies) - len(kept),
                total=total,
            ),
        )
        limits = [number for number in (total, self.asked.limit) if number is not None]
        self.progress(self.studies, min(limits, default=None))

    def _keep(self, study: bytes) -> bool:
        """Count a study in, unless it came before; one without an id is kept for the reader."""
        nct_id, aliases = _nct_ids(study)
        if nct_id is not None and nct_id in self.seen:
            return False
        if nct_id is not None:
            self.seen.add(nct_id)
        self.aliases.update(aliases)
        self.studies += 1
        return True


class _Identification(Struct, rename="camel"):
    nct_id: str
    nct_id_aliases: list[str] = []


class _Protocol(Struct, rename="camel"):
    identification_module: _Identification


class _Study(Struct, rename="camel"):
    protocol_section: _Protocol


_study = msgspec.json.Decoder(_Study)


def _nct_ids(study: bytes) -> tuple[str | None, list[str]]:
    try:
        module = _study.decode(study).protocol_section.identification_module
    except msgspec.DecodeError:
        return None, []
    return module.nct_id, module.nct_id_aliases
