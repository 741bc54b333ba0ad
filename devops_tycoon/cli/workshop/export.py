"""`workshop export`: write the results of a room."""

from pathlib import Path

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import print_document
from devops_tycoon.content.problem import clean


@click.command("export")
@click.argument("room", type=file_path)
@click.option("-o", "--output", type=file_path, required=True, help="Folder for grades.csv, replays and debrief.html.")
@click.option("--round", "number", type=click.IntRange(1, 1000), help="Which round (default: the last).")
@click.option("--odds", type=click.IntRange(0, 100), default=8, show_default=True, help="Other seeds; 0: no odds.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@json_option
def command(room: Path, output: Path, number: int | None, odds: int, jobs: int, as_json: bool) -> None:
    """Write grades, replays and debrief of a lesson. Every score is re-simulated."""
    from devops_tycoon.workshop.lesson_files import export_room
    from devops_tycoon.workshop.opening import folder_of

    click.echo("Simulating every game again; many players or --odds take some minutes …", err=True)
    paths = export_room(folder_of(room), output, jobs, odds, number or 0)
    if as_json:
        print_document({"written": [str(path) for path in paths]})
        return
    for path in paths:
        click.echo(f"Wrote {clean(str(path))}.")
