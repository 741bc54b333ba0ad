"""`lab`: run a bare service graph."""

from pathlib import Path

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import DONE, fail, print_document


@click.command("lab")
@click.argument("file", type=file_path)
@click.option("--seconds", type=click.FloatRange(1, 10_000_000), help="Simulated time (default: as the file says).")
@click.option("--series", is_flag=True, help="With --json: one row per tick.")
@json_option
def command(file: Path, seconds: float | None, series: bool, as_json: bool) -> int:
    """Run a bare service graph: no money, no people; queueing truth."""
    from dataclasses import replace

    from devops_tycoon.lab.format import MOST_TICKS
    from devops_tycoon.lab.read import read_lab
    from devops_tycoon.lab.run import run
    from devops_tycoon.lab.table import table

    graph = read_lab(file)
    if seconds and seconds / graph.tick_s > MOST_TICKS:
        fail(f"lab: --seconds makes more than {MOST_TICKS} ticks of {graph.tick_s:g} s; expected less")
    document = run(replace(graph, seconds=seconds) if seconds else graph, series=series and as_json)
    if as_json:
        print_document(document)
    else:
        click.echo("\n".join(table(document)))
    return DONE
