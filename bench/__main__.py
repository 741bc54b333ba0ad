"""`python -m bench`: how fast the model is here; `python -m bench rooms`: what a room stands."""

import json
from pathlib import Path

import click

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group(invoke_without_command=True)
@click.option("--quick", is_flag=True, help="Smaller runs: about 15 s instead of 90 s.")
@_json
@click.pass_context
def main(context: click.Context, quick: bool, as_json: bool) -> None:
    """Measure how fast games, the flow model and other simulators are on this machine."""
    if context.invoked_subcommand is not None:
        return
    from bench.model.measure import bench
    from bench.model.table import table

    document = bench(quick, say=lambda line: click.echo(f"measuring {line} …", err=True))
    click.echo(json.dumps(document, indent=1, ensure_ascii=False) if as_json else "\n".join(table(document)))


@main.command()
@click.option("--quick", is_flag=True, help="Smaller runs: about 6 min instead of 40 min.")
@_json
@click.option("--only", multiple=True, metavar="ROW", help="Measure this row; can be given more than once.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write docs/workshop.md.")
def rooms(quick: bool, as_json: bool, only: tuple[str, ...], output: Path | None) -> None:
    """Measure what a room stands: load, crashes, abuse. Everything stays on this machine and ends by itself."""
    from bench.rooms.measure import ROWS, bench
    from bench.rooms.table import page, table

    known = [row.name for row in ROWS]
    if unknown := [name for name in only if name not in known]:
        raise click.UsageError(f"There is no row {unknown[0]}; expected one of {', '.join(known)}.")
    document = bench(quick, only, say=lambda line: click.echo(f"measuring {line} …", err=True))
    if output is not None:
        output.write_text(page(document), encoding="utf-8")
    click.echo(json.dumps(document, indent=1, ensure_ascii=False) if as_json else "\n".join(table(document)))


@main.command("first-frame")
def first_frame() -> None:
    """Measure how long a player waits for the first frame, in terms of a minimal Textual app."""
    from bench.first_frame import lines, measure

    click.echo("\n".join(lines(measure())))


if __name__ == "__main__":
    main(prog_name="python -m bench")
