"""`saves delete`: delete a recorded game."""

import click

from devops_tycoon.cli.options import json_option
from devops_tycoon.cli.output import print_document
from devops_tycoon.content.problem import clean


@click.command("delete")
@click.argument("name")
@json_option
@click.pass_obj
def command(of_group: dict[str, bool], name: str, as_json: bool) -> None:
    """Delete a saved game for good."""
    from devops_tycoon.play.saves import delete

    path = delete(clean(name))
    if as_json or of_group["as_json"]:
        print_document({"deleted": str(path)})
    else:
        click.echo(f"Deleted {clean(str(path))}.")
