"""The command `devops-tycoon`: its verbs, its exit codes, and how it ends when something goes wrong."""

import errno
import io
import os
import sys

import click

from devops_tycoon import __version__
from devops_tycoon.cli.output import DONE, INTERRUPTED, UNUSABLE, is_terminal, print_document
from devops_tycoon.cli.verbs import Verbs
from devops_tycoon.content.problem import ContentError, clean


def main() -> None:
    """Run the command; every error ends in a sentence and an exit code, never in a traceback."""
    _use_utf8()
    try:
        code = program(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        click.echo(clean(error.format_message()), err=True)
        code = UNUSABLE
    except ContentError as error:
        click.echo(str(error), err=True)
        code = UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader is gone: write nothing more
        code = DONE
    except OSError as error:
        what = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or "cannot be used"
        click.echo(f"{clean(str(error.filename or 'devops-tycoon'))}: {what}", err=True)
        code = UNUSABLE
    sys.exit(code if isinstance(code, int) else DONE)


def _use_utf8() -> None:
    """Use UTF-8 on pipes on every platform; replace what cannot be decoded or encoded."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


@click.group(
    cls=Verbs,
    package="devops_tycoon.cli",
    names=("check", "debrief", "lab", "odds", "play", "replay", "run", "saves", "scenarios", "verify", "workshop"),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--version", is_flag=True, is_eager=True, help="Show the version and exit.")
@click.option("--json", "as_json", is_flag=True, help="With --version: one JSON document, which kernel runs among it.")
@click.pass_context
def program(context: click.Context, version: bool, as_json: bool) -> None:
    """Grow a monolith into microservices and keep it up: a terminal game and teaching simulator."""
    if version:
        _print_version(as_json)
        context.exit()
    if as_json:
        raise click.UsageError("--json belongs behind a verb, or with --version.")
    if context.invoked_subcommand is not None:
        return
    if is_terminal():
        from devops_tycoon.tui.app import run_app

        run_app()
    else:
        click.echo(context.get_help())


def _print_version(as_json: bool) -> None:
    """Print the version; in JSON also the rules' version and the kernel that runs here."""
    if not as_json:
        click.echo(f"devops-tycoon, version {__version__}")
        return
    from devops_tycoon.compiled import kernel
    from devops_tycoon.sim.step import RULES

    print_document({"schema": 1, "version": __version__, "rules": RULES, "kernel": kernel()})
