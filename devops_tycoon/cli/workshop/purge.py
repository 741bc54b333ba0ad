"""`workshop purge`: delete old rooms."""

import click

from devops_tycoon.cli.options import json_option
from devops_tycoon.cli.output import print_document
from devops_tycoon.content.problem import clean


@click.command("purge")
@click.option("--older-than", type=click.IntRange(0, 3650), default=0, show_default=True, help="Days.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def command(older_than: int, yes: bool, as_json: bool) -> None:
    """Delete the rooms in the rooms folder for good: names, orders, everything."""
    from devops_tycoon.workshop.hosting import purge_rooms
    from devops_tycoon.workshop.opening import rooms_folder

    if not yes:
        question = f"Delete every room in {clean(str(rooms_folder()))} older than {older_than} days?"
        click.confirm(question, abort=True, err=as_json)
    paths = purge_rooms(older_than)
    if as_json:
        print_document({"deleted": [str(path) for path in paths]})
        return
    for path in paths:
        click.echo(f"Deleted {clean(str(path))}.")
