"""Where the numbers of a service come from: the formulas, filled in."""

from devops_tycoon.sim.detection.health import HOT_UTILISATION, health
from devops_tycoon.sim.operations.services import find
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import duration, percent, plural, short
from devops_tycoon.sim.values.watching import PERCENTILES, needs
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.view.failure_impact import hurt_with, lone_points


def why(world: World, rules: Rules, name: str) -> list[str]:
    """Return sentences that derive the service's numbers and say what usually helps."""
    service = find(world, name)
    if service is None:
        said = "Requests per second come from the scenario's demand; bad ones are late, failed or abandoned."
        return [said, *lone_points(world, rules)]
    number = next(index for index, other in enumerate(world.services) if other.id == name)
    unknown = needs(world.sight, PERCENTILES)
    if unknown:
        size = f"{plural(service.replicas, 'replica')} × {plural(service.concurrency, 'worker')}"
        said = f"{size}. The rest is not measured: {unknown}."
        return [said, *hurt_with(world, rules, name)]
    reading, tick_s = world.reading, rules.scenario.tick_s
    served = reading.served[number] / tick_s
    own = _own_work(rules, service.capabilities)
    hold = reading.hold_s[number]
    slots = reading.slots[number]
    lines = [
        f"Workers: {plural(service.replicas, 'replica')} × {service.concurrency} = {short(slots)} available now.",
        f"Busy (Little's law) = served {short(served)}/s × held {duration(hold)} ÷ {short(slots)} workers"
        f" = {percent(reading.utilisation[number])}.",
        f"Held {duration(hold)} per request: its own work is {own} ms per capability;"
        " the rest is waiting for the services it calls.",
        f"Probability of waiting (Erlang C, from utilisation) = {percent(reading.wait_probability[number])};"
        f" mean wait of all requests = {duration(reading.wait_s[number])}.",
        f"In the system (waiting + held) = {short(reading.in_system[number])} requests.",
    ]
    state = health(world, rules, number)
    if hold > 0 and _mostly_waiting(rules, service.capabilities, hold):
        lines.append("Its workers mostly wait for other services: more replicas would wait too. Look at what it calls.")
    elif state in ("hot", "failing"):
        lines.append(f"Above {percent(HOT_UTILISATION)} busy, waiting grows steeply: more replicas or less work help.")
    return lines + hurt_with(world, rules, name)


def _own_work(rules: Rules, capabilities: tuple[str, ...]) -> str:
    works = sorted(rules.capability[name].work_ms for name in capabilities)
    return f"{works[0]:g}" if works[0] == works[-1] else f"{works[0]:g} to {works[-1]:g}"


def _mostly_waiting(rules: Rules, capabilities: tuple[str, ...], hold_s: float) -> bool:
    most = 0.0
    for name in capabilities:
        most += rules.capability[name].work_ms / 1000
    return hold_s > 2 * most
