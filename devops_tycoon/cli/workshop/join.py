"""`workshop join`: take part in a room."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from devops_tycoon.cli.options import file_path
from devops_tycoon.cli.output import fail, is_terminal
from devops_tycoon.content.problem import clean

if TYPE_CHECKING:
    from devops_tycoon.workshop.link import Link

WELCOME_S = 3.0
"""How long the command waits for the room to say what is played, before it shows a screen."""


@click.command("join")
@click.argument("address")
@click.argument("code")
@click.option("--name", default="", help="Your name, if players may choose their names.")
@click.option("--new", is_flag=True, help="Take a new seat even if this machine has one.")
@click.option("--hand-in", "recording", type=file_path, help="In a homework room: only hand in this recording.")
@click.option("--text", is_flag=True, help="Play line by line, for screen readers and pipes.")
def command(address: str, code: str, name: str, new: bool, recording: Path | None, text: bool) -> None:
    """Join the room at ADDRESS with its CODE; the same command brings you back.

    In a homework room you play alone; at the end you hand in the recording.
    """
    from devops_tycoon.workshop.link import Link
    from devops_tycoon.workshop.seats import token_for
    from devops_tycoon.workshop.tokens import person_token

    token = person_token() if new else token_for(code)
    link = Link.open(address, token, code, name)
    try:
        if link.welcomed(WELCOME_S) and (recording is not None or link.welcome.get("homework")):
            _homework(link, address, code, token, recording, text)
        elif recording is not None:
            fail(f"workshop join: nothing was handed in: {clean(link.bye) or 'the room does not answer'}")
        elif text or not is_terminal():
            from devops_tycoon.workshop.text_player import TextPlayer

            TextPlayer(link, sys.stdout).play(sys.stdin)
        else:
            from devops_tycoon.tui.room import run_player

            run_player(link)
    finally:
        link.close()


def _homework(link: "Link", address: str, code: str, token: str, recording: Path | None, text: bool) -> None:
    """Play alone and hand in, or hand in what was played."""
    from devops_tycoon.workshop.homework_client import begin, hand_in, told
    from devops_tycoon.workshop.remote import game_of

    if recording is not None:
        click.echo(hand_in(address, token, recording))
        return
    game = game_of(link.welcome)
    if "state" not in link.now:
        link.wait(link.version, 1)  # it comes right after the welcome
    back = clean(f"devops-tycoon workshop join {address} {code}")
    lines = told(link.welcome, link.now, game, back)
    link.close()  # the game needs no room while it is played
    session, path = begin(game)
    click.echo("\n".join([*lines, f"It is recorded in {clean(str(path))}"]))
    if text or not is_terminal():
        from devops_tycoon.play.text import play_text

        play_text(session, sys.stdin, sys.stdout)
    else:
        from devops_tycoon.tui.app import run_app

        run_app(session=session)
    if not session.over:
        click.echo(f"The game is not over; nothing was handed in. To continue: {back}")
    elif not sys.stdin.isatty() or click.confirm("Hand it in? Only your latest hand-in counts.", default=True):
        click.echo(hand_in(address, token, path))
    else:
        click.echo(f"Nothing was handed in. To hand it in later: {back} --hand-in {clean(str(path))}")
