"""`play`: play a scenario on the screen or as text."""

import sys
from pathlib import Path

import click

from devops_tycoon.cli.options import DEFAULT_DIFFICULTY, difficulty_option, file_path, seed_option
from devops_tycoon.cli.output import DONE, NOT_MET, fail, is_terminal


@click.command("play")
@click.argument("scenario", required=False)
@seed_option
@difficulty_option
@click.option("--load", "saved", type=file_path, help="Continue a recorded game.")
@click.option("--record", type=file_path, help="File to record in (default: one in the saves folder).")
@click.option("--text", is_flag=True, help="Play line by line, for screen readers and pipes.")
def command(
    scenario: str | None, seed: int | None, difficulty: str, saved: Path | None, record: Path | None, text: bool
) -> int:
    """Play a scenario on the screen, or line by line with --text."""
    if saved is not None and (scenario or seed is not None or difficulty != DEFAULT_DIFFICULTY):
        fail("play: --load brings its own scenario, seed and difficulty; give one or the other")
    if not text and not is_terminal():
        fail("play: This terminal cannot show the game; use play --text")
    if saved is None and scenario is None:
        if text:
            fail("play: --text needs a scenario; `devops-tycoon scenarios` lists them")
        from devops_tycoon.tui.app import run_app

        run_app()
        return DONE
    from devops_tycoon.play.saves import new_save, resume

    if saved is not None:
        session = resume(saved)
    else:
        from devops_tycoon.cli.games import load_game

        session = new_save(load_game(str(scenario), seed, difficulty=difficulty), record)
    if not text:
        from devops_tycoon.tui.app import run_app

        run_app(session=session)
        return DONE
    from devops_tycoon.play.text import play_text

    return DONE if play_text(session, sys.stdin, sys.stdout) else NOT_MET
