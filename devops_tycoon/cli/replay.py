"""`replay`: print the timeline of a replay."""

from pathlib import Path

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import DONE, fail, print_document


@click.command("replay")
@click.argument("file", type=file_path)
@click.option("--text", is_flag=True, help="Print the timeline.")
@json_option
def command(file: Path, text: bool, as_json: bool) -> int:
    """Print the timeline of a replay: its orders and events in order."""
    from devops_tycoon.debrief.timeline import replay_timeline

    if not text and not as_json:
        fail("replay needs --text or --json")
    lines, document = replay_timeline(file)
    if as_json:
        print_document(document)
    else:
        click.echo("\n".join(lines))
    return DONE
