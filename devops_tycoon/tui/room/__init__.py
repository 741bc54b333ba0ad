"""Workshops in a terminal: a player's seat and the facilitator's console."""

from devops_tycoon.workshop.link import Link


def run_player(link: Link) -> None:
    """Play in a room until the player leaves or the room closes; the caller closes the link."""
    from devops_tycoon.tui.room.app import PlayerApp

    PlayerApp(link).run()


def run_console(link: Link, folder: str = "") -> None:
    """Show the facilitator's console until they leave it; `folder` is where the room is kept, for the notes."""
    from devops_tycoon.tui.room.app import ConsoleApp

    ConsoleApp(link, folder).run()
