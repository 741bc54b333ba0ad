"""`saves export`: copy a recorded game."""

from pathlib import Path

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import print_document
from devops_tycoon.content.problem import clean


@click.command("export")
@click.argument("name")
@click.option("-o", "--output", type=file_path, required=True, help="A new file, or a folder.")
@json_option
@click.pass_obj
def command(of_group: dict[str, bool], name: str, output: Path, as_json: bool) -> None:
    """Copy a saved game: a replay that anybody can verify."""
    from devops_tycoon.play.saves import export

    path = export(clean(name), output)
    if as_json or of_group["as_json"]:
        print_document({"written": str(path)})
    else:
        click.echo(f"Wrote {clean(str(path))}.")
