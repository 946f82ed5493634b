"""Builds the bundle: `python -m kg.vocabularies.bundle --out DIR --downloads DIR`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.vocabularies.bundle.build import build


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True)
@click.option("--downloads", type=click.Path(path_type=Path, file_okay=False), required=True)
def main(out: Path, downloads: Path) -> None:
    """Fetch the pinned packages into DOWNLOADS, where missing, and write the tables to OUT."""
    out.mkdir(parents=True, exist_ok=True)
    downloads.mkdir(parents=True, exist_ok=True)
    for vocabulary in build(out, downloads):
        click.echo(f"{vocabulary.file}: {vocabulary.rows} rows", err=True)


main()
