"""`kg related`: the trials most like one, a drug's or a description, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kg.cli import show
from kg.cli.options import format_option, store_option

if TYPE_CHECKING:
    from kg.related.answer import Answer, Related


@click.command()
@click.argument("nct_ids", metavar="[NCT]...", nargs=-1)
@click.option("--drug", metavar="NAME", help="Like the trials of a drug, under any of its names.")
@click.option("--text", help="Like a description in your words.")
@click.option(
    "--file",
    "text_file",
    type=click.File(encoding="utf-8"),
    help="Like a description in a text file, such as a protocol; `-` is standard input.",
)
@click.option("-k", type=click.IntRange(min=1), default=10, show_default=True, help="How many.")
@click.option("--phase", multiple=True, help="Only this phase: 1, 2, 3, 4, 1/2, early, na.")
@click.option("--status", multiple=True, help="Only this recruitment status.")
@click.option("--condition", multiple=True, help="Only this condition, or one below it in MeSH.")
@click.option("--sponsor", multiple=True, help="Only this lead sponsor.")
@click.option("--exclude-sponsor", multiple=True, help="No trial of this lead sponsor.")
@click.option("--country", multiple=True, help="Only trials with a site there.")
@click.option("--since", metavar="DATE", help="Only trials that started on DATE or later.")
@click.option(
    "--weight",
    "weights",
    metavar="KIND=FACTOR",
    multiple=True,
    help="Let a kind of reason count more or less: target=2, text=0.5.",
)
@click.option("--only", metavar="KIND", multiple=True, help="Let no other kind of reason count.")
@click.option(
    "--html",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Also write a page with the neighbourhood drawn.",
)
@store_option
@format_option("table", "json", "csv", piped="json")
def related(
    nct_ids: tuple[str, ...],
    drug: str | None,
    text: str | None,
    text_file: TextIO | None,
    k: int,
    phase: tuple[str, ...],
    status: tuple[str, ...],
    condition: tuple[str, ...],
    sponsor: tuple[str, ...],
    exclude_sponsor: tuple[str, ...],
    country: tuple[str, ...],
    since: str | None,
    weights: tuple[str, ...],
    only: tuple[str, ...],
    html: Path | None,
    store: Path,
    form: str,
) -> None:
    """List the trials most like NCT (one or several), --drug, --text or --file.

    Filters act before ranking; a filter given several times allows any of its values. The weights
    of a trial's reasons sum to its score.
    """
    if sum((bool(nct_ids), drug is not None, text is not None, text_file is not None)) != 1:
        raise click.UsageError("Give NCT ids, or one of --drug, --text and --file.")
    from kg.graph import Graph
    from kg.related.filters import Filters

    if text_file is not None:
        text = _read(text_file)
    filters = Filters(
        phase=phase,
        status=status,
        condition=condition,
        sponsor=sponsor,
        exclude_sponsor=exclude_sponsor,
        country=country,
        since=since,
    )
    found = Graph(store).related(
        *nct_ids,
        drug=drug,
        text=text,
        k=k,
        filters=filters,
        weights=_factors(weights),
        only=only,
    )
    if html is not None:
        from kg.related.page import page

        html.write_text(page(found), encoding="utf-8")
    if form == "json":
        show.json(found)
    elif form == "csv":
        show.rows(_COLUMNS, [_line(number, one) for number, one in _numbered(found)], "csv")
    else:
        _print(found)


_COLUMNS = (
    "rank", "nct_id", "score", "title", "status", "phases", "start_date", "sponsor",
    "relations", "shared_ids", "reasons", "differences",
)  # fmt: skip


def _read(file: TextIO) -> str:
    from kg.errors import SourceError

    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise SourceError(f"{file.name}: cannot be read as UTF-8 text ({error})") from None


def _factors(given: tuple[str, ...]) -> dict[str, float]:
    factors = {}
    for one in given:
        kind, equals, factor = one.partition("=")
        try:
            factors[kind] = float(factor)
        except ValueError:
            equals = ""
        if not equals:
            raise click.UsageError(f"--weight {one}: expected KIND=FACTOR, such as target=2.")
    return factors


def _numbered(found: Answer) -> list[tuple[int, Related]]:
    return list(enumerate(found.related, 1))


def _line(number: int, one: Related) -> tuple[object, ...]:
    return (
        number,
        one.nct_id,
        f"{one.score:.6f}",
        one.title,
        one.status,
        "/".join(one.phases),
        one.start_date,
        one.sponsor,
        "; ".join(one.relations),
        "; ".join(one.shared_ids),
        "; ".join(f"{r.kind} {r.label} {r.weight:.6f}" for r in one.reasons),
        "; ".join(f"{d.what}: {d.trial or '-'} / {d.other or '-'}" for d in one.differences),
    )


def _print(found: Answer) -> None:
    for trial in found.trials:
        click.echo(f"{trial.nct_id} {trial.title}")
    if not found.trials:
        click.echo(found.asked)
    if not found.related:
        click.echo("  no related trial")
    for number, one in _numbered(found):
        click.echo(f"{number:>3}. {one.score:.3f} {one.nct_id} {one.title}")
        facts = [*one.phases, one.status, one.start_date, one.sponsor]
        click.echo(f"     {' · '.join(fact for fact in facts if fact)}")
        if one.relations:
            ids = f" ({', '.join(one.shared_ids)})" if one.shared_ids else ""
            click.echo(f"     {', '.join(one.relations)}{ids}")
        shown = [f"{r.kind} {r.label} {r.weight:.3f}" for r in one.reasons if r.weight >= 0.0005]
        click.echo(f"     shares {'; '.join(shown)}")
        if one.differences:
            differs = (f"{d.what} {d.trial or '-'} → {d.other or '-'}" for d in one.differences)
            click.echo(f"     differs in {'; '.join(differs)}")
