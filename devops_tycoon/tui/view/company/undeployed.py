"""Finished changes that wait to be deployed."""

from devops_tycoon.orders.deploy import Deploy
from devops_tycoon.sim.delivery.changes import deployable
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import plural
from devops_tycoon.sim.timing.clock import in_shift_s, shift_of
from devops_tycoon.sim.values.order import Placed
from devops_tycoon.sim.values.world import World


def waiting(world: World) -> int:
    """Return how many changes wait, in all services."""
    return sum(ready.changes for ready in world.delivery.ready)


def can_deploy(world: World, rules: Rules) -> tuple[str, ...]:
    """Return the services whose changes can be deployed now, those with most of them first."""
    able = [
        ready
        for ready in world.delivery.ready
        if deployable(world, ready.service) and refusal(world, rules, Placed(Deploy(ready.service))) is None
    ]
    return tuple(ready.service for ready in sorted(able, key=lambda ready: (-ready.changes, ready.service)))


def waiting_text(world: World, rules: Rules) -> str:
    """Return what waits, which key deploys it and how long that takes; empty if nothing can be deployed."""
    if world.phase != "shift" or dial(world, rules, "auto_deploy"):
        return ""
    able = can_deploy(world, rules)
    if not able:
        return ""
    count = waiting(world)
    delay_s = Deploy(able[0]).delay_s(world, rules)
    left_s = shift_of(world, rules).ticks * rules.scenario.tick_s - in_shift_s(world, rules)
    text = f"{plural(count, 'change')} waiting to be deployed: d deploys {able[0]}"
    if len(able) > 1:
        text += f" ({plural(len(able) - 1, 'more service')} after it)"
    if delay_s >= 60:
        text += f", takes a responder {delay_s // 60} min"
        text += "; it is too late for this shift" if left_s <= delay_s else ""
    return f"{text}."
