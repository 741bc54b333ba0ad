"""`workshop`: lessons for a class over the local network."""

import click

from devops_tycoon.cli.output import fail
from devops_tycoon.cli.verbs import Verbs


@click.group("workshop", cls=Verbs, package="devops_tycoon.cli.workshop", names=("export", "host", "join", "purge"))
def command() -> None:
    """Run a lesson for a class over the local network."""
    needs_workshop()


def needs_workshop() -> None:
    """Fail if the packages of the extra `workshop` are not installed."""
    from importlib.util import find_spec

    if any(find_spec(part) is None for part in ("ifaddr", "segno", "starlette", "uvicorn", "websockets")):
        fail("workshop: packages are missing; install them with: pip install 'devops-tycoon[workshop]'")
