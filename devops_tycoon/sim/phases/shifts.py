"""A shift ends; the next is planned, or the game is over."""

from collections.abc import Callable

from devops_tycoon.sim.basis import FOREVER, Fact, News, Rules, World, replace, shift_of
from devops_tycoon.sim.delivery.rollback import night
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import empty
from devops_tycoon.sim.money.refunds import refunded
from devops_tycoon.sim.partition.repartition import at_rest
from devops_tycoon.sim.planning.quarter import plan_begun
from devops_tycoon.sim.values.order import order_of

Overnight = Callable[[World, Rules], News]


def shifts(world: World, rules: Rules) -> News:
    """Close the shift of a lesson after its last tick: work under way is finished, queues run empty overnight."""
    return _closed(world, rules, lambda world, rules: (world, ()))  # noqa: ARG005


def shifts_of_quarters(world: World, rules: Rules) -> News:
    """Close the shift of a quarter: rollouts end with it too."""
    return _closed(world, rules, night)


def _closed(world: World, rules: Rules, overnight: Overnight) -> News:
    shift = shift_of(world, rules)
    after = world.tick + 1
    if world.phase != "shift" or after - world.shift_began < shift.ticks:
        return world, ()
    facts = [Fact("shift", f"{shift.day} is over.")]
    world = replace(world, faults=tuple(fault for fault in world.faults if fault.ends == FOREVER))
    for pending in world.pending:
        world, news = order_of(pending).apply(world, rules)
        facts.extend(news)
    world, news = overnight(world, rules)
    facts.extend(news)
    world, news = refunded(world, rules)
    facts.extend(news)
    last = world.shift + 1 == len(rules.scenario.shifts) and rules.scenario.kind != "sandbox"
    world = replace(
        world,
        phase="over" if last else "planning",
        shift=world.shift + 1,
        shift_began=after,
        pending=(),
        busy=tuple(0 for _ in world.busy),
        services=tuple(replace(service, restart_until=0) for service in world.services),
        alarms=(),
        measures=(),
    )
    if not last:
        world = plan_begun(world, rules)
        world = at_rest(replace(world, flow=empty(network_in_effect(world, rules))), rules)
    return world, tuple(facts)
