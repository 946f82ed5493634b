"""`kg build` and `kg demo`: from records to a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import show
from kg.cli.options import format_option, store_option
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.pipeline import BuildReport
    from kg.pipeline.spark import PartForm

MOST_SHOWN = 10
"""Rejected records named on the terminal; `build.json` names them all."""


@click.command()
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@store_option
@click.option("--base-iri", metavar="IRI", help="Where the graph's own IRIs begin.")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that share the work, as many as there are cores unless given; the graph is "
    "the same with any number.",
)
@click.option(
    "--engine",
    type=click.Choice(("local", "spark")),
    default="local",
    help="Where the work is done: here, or on Spark, which writes parts that any store loads.",
)
@click.option("--parts", metavar="DIR", help="With Spark: the new folder of the parts.")
@click.option("--part-form", type=click.Choice(("ntriples", "parquet")), default="ntriples")
@click.option("--master", metavar="URL", help="With Spark: its master, unless submitted to one.")
@click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Pairs of names that are, or are not, one drug, whatever the rules say: a TSV with the "
    "columns name, other, decision (ACCEPTED or REFUSED), comment.",
)
@click.option(
    "--bundled", is_flag=True, help="Use the package's own vocabularies, none fetched or added."
)
@format_option("table", "json", piped="table")
def build(
    sources: tuple[str, ...],
    store: Path,
    base_iri: str | None,
    workers: int | None,
    engine: str,
    parts: str | None,
    part_form: PartForm,
    master: str | None,
    decisions: Path | None,
    bundled: bool,
    form: str,
) -> None:
    """Build a graph from registry records.

    SOURCE is a file, a folder, an archive or `-`: ClinicalTrials.gov API v2 JSON, the older API's
    JSON, legacy XML or text pages, plain, gzipped or zipped, told apart by what they hold. The
    graph that stands in the store stays in force until the new one is whole.
    """
    from kg.iris import BASE
    from kg.pipeline import build as build_store
    from kg.vocabularies import kept

    if bundled:
        kept.use_bundled_only()

    if engine == "spark":
        if decisions is not None:
            raise click.UsageError("--decisions goes with the local engine only.")
        _build_parts(sources, parts, base_iri or BASE, master, part_form, form)
        return
    if parts is not None or master is not None:
        raise click.UsageError("--parts and --master go with --engine spark.")
    try:
        with show.progress() as progress:
            report = build_store(
                sources,
                store,
                base_iri=base_iri or BASE,
                workers=workers,
                decisions=decisions,
                progress=progress,
            )
    except KeyboardInterrupt:
        raise KgError(f"{store}: stopped; what it held before is untouched") from None
    if form == "json":
        show.json(report)
    else:
        _print(report, store)


def _build_parts(
    sources: tuple[str, ...],
    parts: str | None,
    base_iri: str,
    master: str | None,
    part_form: PartForm,
    form: str,
) -> None:
    from kg.pipeline.spark import build_parts

    if parts is None:
        raise click.UsageError("--engine spark needs --parts DIR, where the parts are written.")
    manifest = build_parts(sources, parts, base_iri=base_iri, master=master, form=part_form)
    if form == "json":
        show.json(manifest)
        return
    click.echo(
        f"{parts}: {show.many(manifest.trials, 'trial')}, "
        f"{show.many(manifest.triples, 'triple')} in {show.many(len(manifest.parts), 'part')}"
    )
    click.echo(
        f"{show.many(manifest.records_read, 'record')} read = {manifest.trials:,} in the graph "
        f"+ {manifest.superseded:,} older versions + {manifest.repeated:,} read before "
        f"+ {len(manifest.rejected):,} rejected"
    )


@click.command()
@store_option
def demo(store: Path) -> None:
    """Build, validate and explore a graph of the example records in the package."""
    from kg.demo import demo as run_demo

    with show.progress() as progress:
        lines = run_demo(store, progress)
    for line in lines:
        click.echo(line)


def _print(report: BuildReport, store: Path) -> None:
    seconds = sum(report.seconds.values())
    click.echo(
        f"{store}: {show.many(report.trials, 'trial')}, {show.many(report.triples, 'triple')}, "
        f"{show.many(report.drugs, 'drug')}, {show.many(report.targets, 'target')} "
        f"in {seconds:.1f} s"
    )
    click.echo(
        f"{show.many(report.records_read, 'record')} read = {report.trials:,} in the graph "
        f"+ {report.superseded:,} older versions + {len(report.rejected):,} rejected"
    )
    click.echo(f"understood: {'; '.join(show.reached(report.coverage, report.reached))}")
    others = [each for each in report.vocabularies if each.origin != "bundled"]
    if others:
        names = ", ".join(f"{each.name} {each.edition}" for each in others)
        click.echo(f"vocabularies beside the bundle: {names}")
    if report.decisions:
        unused = [each for each in report.decisions if not each.used]
        click.echo(f"{show.many(len(report.decisions), 'decision')}, {len(unused)} unused")
        for each in unused[:MOST_SHOWN]:
            show.say(f"unused {each.place}: {each.name} and {each.other} name no drug here")
    for rejection in report.rejected[:MOST_SHOWN]:
        show.say(f"rejected {rejection.source}: {rejection.reason}")
    if report.unread:
        lines = sum(map(len, report.unread.values()))
        show.say(f"{show.many(lines, 'line')} of text pages not understood, all in build.json")
    if len(report.rejected) > MOST_SHOWN:
        show.say(
            f"… and {len(report.rejected) - MOST_SHOWN:,} more rejected, all named in "
            f"{store / 'build.json'}"
        )
