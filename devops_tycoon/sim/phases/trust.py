"""Members lose trust while they are failed, and win it back slowly."""

from devops_tycoon.sim.basis import WHOLE, News, Rules, World, dial, replace
from devops_tycoon.sim.demand.trust import HEARD, HEARD_S
from devops_tycoon.sim.operations.measures import open_incident, recently, turned_away

PER_MINUTE = 2_000
"""Parts per million of trust that a minute costs in which everybody fails: an hour is 12% [design value]."""
DEGRADED = 0.05
"""What a degraded answer counts of a failed one."""
_BACK_PER_MINUTE = 10
"""Parts per million of what is lost that a good minute brings back [design value]."""
_FINE = 1_000_000


def trust(world: World, rules: Rules) -> News:
    """Take trust for this tick's bad requests and give a little back for good ones."""
    business, minutes = world.business, rules.scenario.tick_s / 60
    lost = PER_MINUTE * minutes * failed(world, rules)
    if lost > 0.0:
        incident = open_incident(world)
        if incident is not None and recently(world, rules, incident.updated, HEARD_S):
            lost *= HEARD
        lost *= dial(world, rules, "trust_loss")
    lost += _shocks(world, rules) - (WHOLE - business.trust) * _BACK_PER_MINUTE * minutes / WHOLE
    whole, rest = divmod(business.owed + round(lost * _FINE), _FINE)
    left = min(WHOLE, max(0, business.trust - whole))
    return replace(world, business=replace(business, trust=left, owed=rest)), ()


def failed(world: World, rules: Rules) -> float:
    """Return the share of this tick's requests that failed, weighted as journeys are; degraded answers count little."""
    reading, refused = world.reading, turned_away(world, rules)
    bad = weights = 0.0
    for number, journey in enumerate(rules.journeys):
        valid = reading.good[number] + reading.bad[number] + refused[number]
        if valid > 0.0:
            lost = reading.bad[number] + refused[number] + DEGRADED * reading.good_degraded[number]
            bad += journey.weight * lost / valid
            weights += journey.weight
    return bad / weights if weights > 0.0 else 0.0


def _shocks(world: World, rules: Rules) -> float:
    """Return the trust lost at once: stolen data, and public incidents."""
    lost = 0.0
    for fault in world.faults:
        card = rules.failure[fault.card]
        if fault.began == world.tick and card.trust_pct > 0:
            lost += card.trust_pct / 100 * WHOLE * (dial(world, rules, card.dial) if card.dial else 1.0)
    incident = open_incident(world)
    if incident is not None and incident.detected == world.tick:
        lost += dial(world, rules, "publicity")
    return lost
