"""Threshold alerts: failed requests above a share, and services above a level. They come soon, and too often.

With averages the alert looks at whole windows of five minutes and knows errors only: an answer that came too late is no
error. With current numbers it looks twice a minute at the last two minutes, and late answers count.
"""

from devops_tycoon.sim.detection.counts import MICRO, ago, between
from devops_tycoon.sim.detection.health import HOT_UTILISATION, failing_share
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.watching import AVERAGES, Trail
from devops_tycoon.sim.values.world import World

LOOK_S, LOOKS = 30, 4
LEAST = 2 * MICRO
"""Failed requests that are heeded."""
SERVICE_S = 60
"""A threshold of a service is looked at once a minute."""


def look_every(level: int, rules: Rules) -> int:
    """Return the ticks between two looks."""
    return max(1, ticks(rules.balance.window_s if level == AVERAGES else LOOK_S, rules))


def failed(level: int, rules: Rules, trail: Trail) -> bool:
    """Say whether the share of failed requests is too high; the trail's last counts are of now."""
    valid, bad, late = between(ago(trail, 2 if level == AVERAGES else LOOKS + 1), trail[-1])
    if level == AVERAGES:
        bad -= late
    return bad >= LEAST and bad > rules.balance.alarm_on * valid


def over(world: World, rules: Rules) -> tuple[str, ...]:
    """Return the services that are busier, or fail more often, than their threshold: causes, not symptoms."""
    return tuple(
        service.id
        for number, service in enumerate(world.services)
        if world.reading.utilisation[number] > HOT_UTILISATION
        or failing_share(world, rules, number) > rules.balance.alarm_on
    )
