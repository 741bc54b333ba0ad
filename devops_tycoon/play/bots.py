"""Bots: one function each, from what can be seen to orders. They are players without hands, not cheats."""

from collections.abc import Sequence

from devops_tycoon.orders import moves
from devops_tycoon.orders.restart import Restart
from devops_tycoon.orders.rollback import Rollback
from devops_tycoon.orders.scale import Scale
from devops_tycoon.play.drive import Bot
from devops_tycoon.sim.company import coming
from devops_tycoon.sim.dice import pick
from devops_tycoon.sim.health import health
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.order import Order, Placed
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World


def idle(world: World, rules: Rules) -> Sequence[Order]:  # noqa: ARG001
    """Do nothing."""
    return ()


def random(world: World, rules: Rules) -> Sequence[Order]:
    """Do any allowed thing now and then, by dice that hang on seed and tick."""
    if (world.tick * rules.scenario.tick_s) % 300 != 0:
        return ()
    able = list(moves(world, rules))
    return (able[pick(world.seed, world.tick, len(able), "bot")],) if able else ()


def cautious(world: World, rules: Rules) -> Sequence[Order]:
    """Roll back what fails after a deploy, restart what is stuck, and add a replica to what is busy."""
    if (world.tick * rules.scenario.tick_s) % 60 != 0:
        return ()
    for number, service in enumerate(world.services):
        state = health(world, rules, number)
        options: list[Order] = []
        if state in ("failing", "down"):
            options = [Rollback(service.id), Scale(service.id, 1), Restart(service.id, "rolling")]
        elif world.reading.utilisation[number] > 0.7 and not coming(world, "scale", service.id):
            options = [Scale(service.id, 1)]
        for order in options:
            if refusal(world, rules, Placed(order)) is None:
                return (order,)
    return ()


BOTS: dict[str, Bot] = {"idle": idle, "random": random, "cautious": cautious}
