"""`--trial`, `--drug`, `--hops` and `--query`: a part of the graph in place of the whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import show
from kg.cli.options import Command

if TYPE_CHECKING:
    from pyoxigraph import Store


class Part:
    """Which part of a graph is asked for; all of it unless something is named."""

    def __init__(
        self, trials: tuple[str, ...], drugs: tuple[str, ...], hops: int | None, query: Path | None
    ) -> None:
        if query and (trials or drugs):
            raise click.UsageError("--query stands alone: it says itself what it builds.")
        if hops is not None and not (trials or drugs):
            raise click.UsageError("--hops goes with --trial or --drug.")
        self._trials, self._drugs, self._query = trials, drugs, query
        self._hops = 1 if hops is None else hops

    @property
    def whole(self) -> bool:
        """Whether it is the whole graph."""
        return not (self._trials or self._drugs or self._query)

    def of(self, store: Path) -> Store:
        """The part of a store folder's graph; what is left out for its size is told."""
        from kg.store import open_read_only

        graph = open_read_only(store)[0]
        if self._query:
            from kg.export.subset import built
            from kg.query.catalogue import read

            return built(graph, read(self._query.read_text(encoding="utf-8"), self._query.name))
        if self.whole:
            return graph
        from kg.export.subset import around

        part, left_out = around(graph, self._trials, self._drugs, self._hops)
        for words in left_out:
            show.say(f"left out: {words}")
        return part


_OPTIONS = (
    click.option("--trial", "trials", metavar="NCT", multiple=True, help="Only this trial."),
    click.option("--drug", "drugs", metavar="NAME", multiple=True, help="Only this drug."),
    click.option("--hops", type=click.IntRange(min=0), help="How far from them: 1 unless given."),
    click.option(
        "--query",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Only what this file's CONSTRUCT builds.",
    ),
)


def part_options(command: Command) -> Command:
    """Adds the options to a command, which takes them together as `part`."""
    inner: Callable[..., Any] = command

    @wraps(inner)
    def outer(
        *,
        trials: tuple[str, ...],
        drugs: tuple[str, ...],
        hops: int | None,
        query: Path | None,
        **others: Any,
    ) -> None:
        inner(part=Part(trials, drugs, hops, query), **others)

    found: Any = outer
    for option in reversed(_OPTIONS):
        found = option(found)
    return found  # type: ignore[no-any-return]
