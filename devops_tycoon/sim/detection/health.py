"""Health: one word for what a service's numbers say, the same on the map, in alarms and for bots."""

from typing import Final

from devops_tycoon.sim.kinds import Health
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.watching import numbers
from devops_tycoon.sim.values.world import World

HOT_UTILISATION = 0.80
"""Above this, waiting grows steeply: an M/M/1 queue multiplies the service time by 5 at 80%."""
FAILING_SHARE = 0.05
FULL = 0.995

ORDER: tuple[Health, ...] = ("ok", "hot", "failing", "down")
UNKNOWN: Final = "unknown"
"""Nobody measures it."""


def health(world: World, rules: Rules, number: int) -> Health:
    """Return `ok`, `hot`, `failing` or `down` for the service with that index, or `unknown` where nobody measures."""
    service, reading = world.services[number], world.reading
    if not numbers(world.sight):
        return "down" if service.replicas == 0 else UNKNOWN
    refused_all = reading.arrivals[number] > 0 and reading.refused[number] >= reading.arrivals[number]
    if service.replicas == 0 or reading.slots[number] == 0 or refused_all:
        return "down"
    arrivals = reading.arrivals[number]
    turned_away = reading.rejected[number] + reading.refused[number]
    waiting = reading.in_system[number] - reading.slots[number]
    stuck = reading.utilisation[number] >= FULL and waiting > reading.slots[number]
    if (
        stuck
        or (arrivals > 0 and turned_away / arrivals > FAILING_SHARE)
        or failing_share(world, rules, number) > FAILING_SHARE
    ):
        return "failing"
    slow = reading.wait_s[number] > reading.hold_s[number] > 0
    return "hot" if slow or reading.utilisation[number] > HOT_UTILISATION else "ok"


def failing_share(world: World, rules: Rules, number: int) -> float:
    """Return the worst share of failed answers among the service's capabilities that are asked at all."""
    worst, members = 0.0, world.services[number].capabilities
    for capability in members:
        index = rules.place.get(capability)
        if index is not None and world.reading.visits[index] > 0:
            worst = max(worst, world.reading.fail[index])
    return worst
