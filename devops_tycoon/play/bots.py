"""Bots: one function each, from what can be seen to orders. They see what a player sees and cannot cheat."""

from collections.abc import Sequence

from devops_tycoon.orders import moves
from devops_tycoon.orders.restart import Restart
from devops_tycoon.orders.rollback import Rollback
from devops_tycoon.orders.scale import Scale
from devops_tycoon.play.autoplay import Bot
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.numerics.dice import pick
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.operations.services import coming
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order, Placed
from devops_tycoon.sim.values.world import World


def idle(world: World, rules: Rules) -> Sequence[Order]:  # noqa: ARG001
    """Do nothing."""
    return ()


def random(world: World, rules: Rules) -> Sequence[Order]:
    """Place any allowed order now and then, by dice keyed on seed and tick."""
    if (world.tick * rules.scenario.tick_s) % 300 != 0:
        return ()
    able = list(moves(world, rules))
    return (able[pick(world.seed, world.tick, len(able), "bot")],) if able else ()


def cautious(world: World, rules: Rules) -> Sequence[Order]:
    """Roll back what fails after a deploy, restart what is stuck, and add a replica to what is busy."""
    if (world.tick * rules.scenario.tick_s) % 60 != 0:
        return ()
    failing = [s for n, s in enumerate(world.services) if health(world, rules, n) in ("failing", "down")]
    busy = [s for n, s in enumerate(world.services) if world.reading.utilisation[n] > 0.7]
    options: list[Order] = [Rollback(service.id) for service in failing]
    options += [Scale(service.id, 1) for service in [*failing, *busy] if not coming(world, "scale", service.id)]
    options += [Restart(service.id, "rolling") for service in failing]
    return tuple(order for order in options if refusal(world, rules, Placed(order)) is None)[:1]


BOTS: dict[str, Bot] = {"idle": idle, "random": random, "cautious": cautious}
