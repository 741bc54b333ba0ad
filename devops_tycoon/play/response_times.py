"""How quickly incidents were detected, acknowledged and ended: MTTD, MTTA and MTTR, in seconds.

Detection and restoration are counted from the start of the fault, acknowledgement from detection.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True, slots=True)
class Times:
    """The three times of one incident; what did not happen is None."""

    detect_s: int
    acknowledge_s: int | None
    restore_s: int | None


@dataclass(frozen=True, slots=True)
class Typical:
    """Mean and median of one of the times over all incidents that reached it."""

    mean_s: float
    median_s: float


def times(incident: Incident, rules: Rules) -> Times:
    """Return how long an incident took to be detected, acknowledged and over."""
    tick_s = rules.scenario.tick_s
    hand = None if incident.acknowledged == FOREVER else (incident.acknowledged - incident.detected) * tick_s
    over = None if incident.mitigated == FOREVER else (incident.mitigated - incident.began) * tick_s
    return Times((incident.detected - incident.began) * tick_s, hand, over)


def responding(world: World, rules: Rules) -> dict[str, Typical | None]:
    """Return MTTD, MTTA and MTTR of a run, each with the median: in a mean one long incident hides many short ones."""
    found = [times(incident, rules) for incident in world.tally.incidents]
    return {
        "mttd": _typical(one.detect_s for one in found),
        "mtta": _typical(one.acknowledge_s for one in found if one.acknowledge_s is not None),
        "mttr": _typical(one.restore_s for one in found if one.restore_s is not None),
    }


def _typical(seconds: Iterable[int]) -> Typical | None:
    found = sorted(seconds)
    if not found:
        return None
    middle = len(found) // 2
    median = found[middle] if len(found) % 2 else (found[middle - 1] + found[middle]) / 2
    return Typical(sum(found) / len(found), float(median))
