"""What is counted of the members' requests, and shares of it over windows that end now."""

from devops_tycoon.sim.values.watching import Counts, Trail
from devops_tycoon.sim.values.world import World

MICRO = 1_000_000
COLUMNS = 3
"""Valid, bad, late."""


def nothing(world: World) -> Counts:
    """Return the counts at the beginning of a shift."""
    return (0,) * (COLUMNS * len(world.tally.journeys))


def added(counts: Counts, world: World) -> Counts:
    """Return the counts with this tick in them, rounded as the tally rounds."""
    more: list[int] = []
    reading = world.reading
    for number in range(len(world.tally.journeys)):
        bad = round(reading.bad[number] * MICRO)
        more += [round(reading.good[number] * MICRO) + bad, bad, min(bad, round(reading.late[number] * MICRO))]
    return tuple(a + b for a, b in zip(counts, more, strict=True))


def between(then: Counts, now: Counts, journey: int | None = None) -> tuple[int, int, int]:
    """Return what was valid, bad and late between two moments, of one journey or of all."""
    valid = bad = late = 0
    for at in range(0, len(now), COLUMNS):
        if journey is None or at == COLUMNS * journey:
            valid += now[at] - then[at]
            bad += now[at + 1] - then[at + 1]
            late += now[at + 2] - then[at + 2]
    return valid, bad, late


def looked(trail: Trail, now: Counts, most: int) -> Trail:
    """Return a trail with one more look, the oldest forgotten."""
    return (*trail, now)[-most:]


def ago(trail: Trail, looks: int) -> Counts:
    """Return the counts so many looks ago, or the oldest that are remembered."""
    return trail[max(0, len(trail) - looks)]
