"""`workshop host`: open a room and show its console."""

import sys
from pathlib import Path

import click

from devops_tycoon.cli.options import difficulty_option, file_path, seed_option
from devops_tycoon.cli.output import is_terminal
from devops_tycoon.content.problem import clean


@click.command("host")
@click.argument("lesson", required=False)
@seed_option
@difficulty_option
@click.option("--room", type=file_path, help="Folder of the room: a new one, or one to reopen.")
@click.option("--lan", is_flag=True, help="Accept players from this network (default: from this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), default=8137, show_default=True, help="0: any free port.")
@click.option("--history", type=click.IntRange(0, 10**6), default=0, help="Ticks played before players may act.")
@click.option("--free-names", is_flag=True, help="Players choose their names (default: they are given one).")
@click.option("--bots", type=click.IntRange(0, 200), default=0, help="Idle players, for a rehearsal.")
@click.option("--retain-days", type=click.IntRange(1, 3650), help="First delete rooms older than this.")
@click.option("--homework", is_flag=True, help="No shared clock: everyone plays alone and hands in the recording.")
@click.option("--text", is_flag=True, help="Host line by line, without a screen.")
def command(
    lesson: str | None,
    seed: int | None,
    difficulty: str,
    room: Path | None,
    lan: bool,
    port: int,
    history: int,
    free_names: bool,
    bots: int,
    retain_days: int | None,
    homework: bool,
    text: bool,
) -> None:
    """Open a room for LESSON, or reopen --room, and show the console."""
    from devops_tycoon.workshop.hosting import Wanted, hosting

    wanted = Wanted(lesson, seed, difficulty, room, lan, port, history, free_names, bots, retain_days, homework)
    with hosting(wanted, say=lambda line: click.echo(clean(line), err=True)) as (hosted, link, code):
        if text or not is_terminal():
            from devops_tycoon.workshop.text_host import host_text

            host_text(hosted, link, code, sys.stdin, sys.stdout)
        else:
            from devops_tycoon.tui.room import run_console

            run_console(link, str(hosted.folder))
