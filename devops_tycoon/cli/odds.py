"""`odds`: play the same decisions against other seeds."""

from pathlib import Path

import click

from devops_tycoon.cli.options import DEFAULT_DIFFICULTY, difficulty_option, json_option, seed_option
from devops_tycoon.cli.output import DONE, NOT_MET, fail, print_document


@click.command("odds")
@click.argument("what", metavar="FILE|SCENARIO")
@click.option("--bot", help="Bot that plays the scenario; `run --help` lists them.")
@click.option("--seeds", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Number of other seeds.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes.")
@seed_option
@difficulty_option
@json_option
def command(what: str, bot: str | None, seeds: int, jobs: int, seed: int | None, difficulty: str, as_json: bool) -> int:
    """Play the same decisions against other seeds: luck or skill."""
    from devops_tycoon.lab.odds import lines, odds, odds_of_replay, seeds_beside

    if Path(what).is_file() and not what.endswith(".toml"):
        if bot is not None or seed is not None or difficulty != DEFAULT_DIFFICULTY:
            fail("odds: a recording brings its own orders, seed and difficulty")
        found = odds_of_replay(Path(what), seeds, jobs)
    else:
        from devops_tycoon.cli.games import bots, load_game

        bots(bot)
        game = load_game(what, seed, difficulty=difficulty)
        if game.rules.scenario.kind == "sandbox":
            fail("odds: a sandbox never ends; expected a scenario that does")
        found = odds(game, (), seeds_beside(game.seed, seeds), jobs, bot=bot or "idle")
    if as_json:
        print_document(found.document())
    else:
        click.echo("\n".join(lines(found)))
    return DONE if found.this.won else NOT_MET
