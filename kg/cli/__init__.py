"""The command line: one module per family of commands, no logic of its own.

Data goes to standard output, progress and messages to standard error. Nothing heavy is imported
before a command runs, so that `kg --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kg.cli.build import build, demo
from kg.cli.cards import drug, sponsor, target, trial
from kg.cli.doctor import doctor
from kg.cli.explore import path
from kg.cli.export import export
from kg.cli.fetch import fetch
from kg.cli.info import info
from kg.cli.query import query
from kg.cli.related import related
from kg.cli.validate import validate
from kg.cli.vocab import vocab
from kg.cli.why import why
from kg.errors import KgError


class _Commands(click.Group):
    """Commands in the order a newcomer needs them; errors as one sentence, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # The reader of our output left; what is still buffered must not fail at exit either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except OSError as error:
            if os.environ.get("KG_DEBUG"):
                raise
            click.echo(
                f"kg: a file could not be read or written ({error}); `kg doctor` says what is "
                "wrong with a store",
                err=True,
            )
            ctx.exit(1)
        except Exception as error:
            if os.environ.get("KG_DEBUG"):
                raise
            kind = type(error).__name__
            click.echo(
                f"kg: something failed that should not ({kind}: {error}); "
                "set KG_DEBUG=1 to see where, and please report it",
                err=True,
            )
            ctx.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trialkg", prog_name="kg")
def main() -> None:
    """Clinical-trial registry records as one graph.

    Drugs under every name, targets, sponsors, sites and conditions, validated, ready for SPARQL.

    Begin with `kg demo`, or with records of your own: `kg build FILE… && kg info`.
    """


for _command in (
    demo,
    fetch,
    build,
    info,
    doctor,
    validate,
    query,
    trial,
    drug,
    target,
    sponsor,
    why,
    vocab,
    path,
    related,
    export,
):
    main.add_command(_command)
