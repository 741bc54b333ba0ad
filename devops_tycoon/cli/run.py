"""`run`: play a scenario without a screen."""

from pathlib import Path

import click

from devops_tycoon.cli.options import difficulty_option, file_path, json_option, seed_option
from devops_tycoon.cli.output import DONE, NOT_MET, fail, print_document


@click.command("run")
@click.argument("scenario")
@seed_option
@difficulty_option
@click.option(
    "--bot", help="Bot that plays: idle, random, cautious; in company mode also boxes, monolith, seams, splitter."
)
@click.option("--orders", type=file_path, help="Order file: lines `TICK. ORDER ; comment`.")
@click.option("--trace", type=file_path, help="Demand from a CSV of `timestamp,value` rows, scaled to the company.")
@click.option("--record", type=file_path, help="Record a replay.")
@click.option("--until", type=click.IntRange(0, 10**9), help="Stop at this tick.")
@json_option
def command(
    scenario: str,
    seed: int | None,
    difficulty: str,
    bot: str | None,
    orders: Path | None,
    trace: Path | None,
    record: Path | None,
    until: int | None,
    as_json: bool,
) -> int:
    """Play a scenario without a screen, by a bot or an order file."""
    from devops_tycoon.cli.games import bots, load_game
    from devops_tycoon.play.autoplay import drive_bot, drive_orders
    from devops_tycoon.play.interrupt import stoppable
    from devops_tycoon.play.journal import Journal
    from devops_tycoon.play.replay import read
    from devops_tycoon.play.result import result
    from devops_tycoon.play.session import Session
    from devops_tycoon.play.summary import summary

    if bot is not None and orders is not None:
        fail("run: --bot and --orders exclude each other")
    player = bots(bot)[bot or "idle"]
    plan = read(orders, tags=False).orders if orders is not None else None
    game = load_game(scenario, seed, trace, difficulty)
    if game.rules.scenario.kind == "sandbox" and until is None:
        fail("run: a sandbox never ends; expected --until TICK")
    session = Session(game, Journal.begin(record, game) if record is not None else None)
    try:
        with stoppable() as wish:
            if plan is not None:
                for refused in drive_orders(session, plan, until, wish.heed):
                    click.echo(refused, err=True)
            else:
                drive_bot(session, player, until, wish.heed)
    finally:
        session.close()
    document = result(session)
    if as_json:
        print_document(document)
    else:
        click.echo("\n".join(summary(session)))
    return DONE if document["won"] else NOT_MET
