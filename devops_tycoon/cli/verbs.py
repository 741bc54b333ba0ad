"""A group of verbs whose modules are imported only when they are needed."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from devops_tycoon.content.problem import clean, suggestion


class Verbs(click.Group):
    """A click group; each verb is the `command` of the module of its name in a package."""

    def __init__(self, *args: Any, package: str, names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package, self._names = package, names

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the verbs."""
        return sorted(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the verb of that name, or None."""
        if cmd_name not in self._names:
            return None
        command: click.Command = import_module(f"{self._package}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the verb that the arguments call; name the nearest one if there is none."""
        name = args[0]
        if name not in self._names and not name.startswith("-"):
            near = suggestion(name, self._names) or f"; expected one of {', '.join(self.list_commands(ctx))}"
            ctx.fail(f"No such command '{clean(name)}'{near}")
        return super().resolve_command(ctx, args)
