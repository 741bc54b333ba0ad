"""The loss ledger, read by cause (how it failed) and by fault (what was behind it); both sum to all losses."""

from devops_tycoon.sim.values.world import World


def by_cause(world: World) -> tuple[tuple[str, int], ...]:
    """Return (cause, micro-requests), the largest first."""
    return _summed([(line.cause, line.bad) for line in world.tally.ledger])


def by_fault(world: World) -> tuple[tuple[str, int], ...]:
    """Return (card, micro-requests), the largest first; an empty card is what no fault was behind."""
    return _summed([(line.fault, line.bad) for line in world.tally.ledger])


def _summed(lines: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for name, bad in lines:
        sums[name] = sums.get(name, 0) + bad
    return tuple(sorted(sums.items(), key=lambda item: (-item[1], item[0])))
