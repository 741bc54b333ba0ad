"""`saves`: list, delete and export recorded games."""

import click

from devops_tycoon.cli.options import json_option
from devops_tycoon.cli.output import print_document
from devops_tycoon.cli.verbs import Verbs
from devops_tycoon.content.problem import clean


@click.group(
    "saves", cls=Verbs, package="devops_tycoon.cli.saves", names=("delete", "export"), invoke_without_command=True
)
@click.pass_context
@json_option
def command(context: click.Context, as_json: bool) -> None:
    """List the saved games; `play --load` continues one."""
    if context.invoked_subcommand is not None:
        context.obj = {"as_json": as_json}
        return
    from devops_tycoon.play.saves import listing

    known = listing()
    if as_json:
        print_document(
            [
                {
                    "name": save.name,
                    "file": str(save.path),
                    "scenario": save.scenario,
                    "seed": save.seed,
                    "tick": save.tick,
                    "result": save.result or None,
                    "problem": save.problem or None,
                }
                for save in known
            ]
        )
        return
    for save in known:
        how = save.problem or save.result or f"stopped at tick {save.tick}"
        click.echo(clean(f"{save.name}  seed {save.seed}  {how}"))
    if not known:
        click.echo("No saved games.")
