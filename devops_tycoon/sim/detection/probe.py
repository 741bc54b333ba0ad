"""The outside probe: a remote machine tries each journey once a minute, as a member would.

It needs nothing of the company's own monitoring. Two failed checks in a row open an incident. Sometimes its own network
fails for two checks and it cries wolf; how often is a design value.
"""

from devops_tycoon.sim.numerics.dice import roll
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.timing.clock import ticks
from devops_tycoon.sim.values.watching import Counts
from devops_tycoon.sim.values.world import World

EVERY_S = 60
IN_A_ROW = 2
BAD_SHARE = 0.10
"""A check tries several times; it fails where more than this share of the members is failed."""
WOLF = 1 / 400
"""How likely a check is the first of two that fail for the probe's own reasons."""


def has_probe(world: World, rules: Rules) -> bool:
    """Say whether there is an outside probe."""
    return dial(world, rules, "probe") > 0


def checks_now(world: World, rules: Rules) -> bool:
    """Say whether a check is due in this tick."""
    return (world.tick - world.shift_began + 1) % max(1, ticks(EVERY_S, rules)) == 0


def checked(world: World, rules: Rules, failed: Counts) -> Counts:
    """Return the failed checks in a row of each journey, after one more."""
    every = max(1, ticks(EVERY_S, rules))
    number = (world.tick - world.shift_began + 1) // every
    reading = world.reading
    rows: list[int] = []
    for journey, (rules_journey, before) in enumerate(zip(rules.journeys, failed or (0,) * 99, strict=False)):
        valid, bad = reading.valid[journey], reading.bad[journey]
        broken = valid > 0 and bad > BAD_SHARE * valid
        broken = broken or any(
            roll(world.seed, world.shift_began, "probe", rules_journey.id, at) < WOLF for at in (number, number - 1)
        )
        rows.append(before + 1 if broken else 0)
    return tuple(rows)
