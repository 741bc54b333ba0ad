"""Alarms: what the monitoring says when a service's health changes."""

from devops_tycoon.sim.basis import Fact, News, Rules, World, replace
from devops_tycoon.sim.detection.eyes import alert_level
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.detection.noticing import noticed
from devops_tycoon.sim.detection.seen import seen
from devops_tycoon.sim.text import plural
from devops_tycoon.sim.values.watching import BLIND, percentiles


def alarms(world: World, rules: Rules) -> News:
    """Raise and clear the alarms of a lesson, where everything is seen."""
    return _rung(world, world, rules)


def measured_alarms(world: World, rules: Rules) -> News:
    """Raise and clear the alarms of company mode: what its observability shows, its probes and its complaints."""
    world, news = noticed(world, rules)
    if alert_level(world, rules) == BLIND:
        return world, news
    world, more = _rung(world, seen(world, rules), rules)
    return world, (*news, *more)


def _rung(world: World, shown: World, rules: Rules) -> News:
    """Ring for what is shown."""
    states = {service.id: health(shown, rules, number) for number, service in enumerate(shown.services)}
    bad = tuple(name for name, state in states.items() if state in ("failing", "down"))
    # An alarm stays until the service is well again, so that one that flutters is one alarm.
    kept = tuple(name for name in states if name in bad or (name in world.alarms and states[name] != "ok"))
    if kept == world.alarms:
        return world, ()
    facts = [
        Fact("alarm", _says(shown, name, states[name]), name, bad=True) for name in kept if name not in world.alarms
    ]
    facts += [
        Fact("well", f"{name} is well again.", name) for name in world.alarms if name not in kept and name in states
    ]
    return replace(world, alarms=kept), tuple(facts)


def _says(world: World, name: str, state: str) -> str:
    number = next(i for i, service in enumerate(world.services) if service.id == name)
    reading = world.reading
    if state == "down":
        return f"{name} is down."
    busy = round(100 * reading.utilisation[number])
    if not percentiles(world.sight):
        return f"{name} is failing: {busy}% of workers busy, on average."
    waiting = max(0, round(reading.in_system[number] - reading.slots[number]))
    return f"{name} is failing: {busy}% of workers busy, {plural(waiting, 'request')} waiting."
