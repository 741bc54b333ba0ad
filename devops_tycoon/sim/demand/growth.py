"""Members who join and leave in the weeks between two shifts."""

from dataclasses import dataclass

from devops_tycoon.sim.basis import WHOLE, Rules, World, shift_of

LEAST, MOST = 0.8, 1.2
"""Growth of a company that ships nothing, and of one whose people do nothing else [design value].

The scenario's figures are those of a company that spends half of its time on what members can see: so half of what all
engineers could have shipped is a factor of 1. A fifth up or down is felt after two quarters, but too little to make
features more important than being up: an hour of outage costs an eighth of the trust, and with it as much.
"""

CHURN = 0.25
"""Members who leave in thirteen weeks where no trust at all is left, as a share of all [design value].

Those who leave anyway are in the scenario's figures. With the eighth of the trust that an hour of outage costs it is
3% of the members in a quarter, which is about what a subscription loses to a price rise that makes the news.
"""
_QUARTER = 13


@dataclass(frozen=True, slots=True)
class Growth:
    """What the weeks until the shift do to the number of members."""

    joined: int
    """Who comes; negative where the scenario's market shrinks."""
    left: int
    """Who leaves because the company is not trusted."""


def growth(world: World, rules: Rules) -> Growth:
    """Return who joins and who leaves until the shift that is planned: also the forecast."""
    market = market_growth(world, rules)
    distrust = (WHOLE - world.business.trust) / WHOLE
    joined = round(market * (1.0 - distrust) * appeal(world, rules)) if market > 0 else market
    left = round(world.business.members * distrust * CHURN * shift_of(world, rules).weeks / _QUARTER)
    return Growth(joined, left)


def members_after(world: World, rules: Rules) -> int:
    """Return how many members there will be on the morning of the shift."""
    change = growth(world, rules)
    return max(0, world.business.members + change.joined - change.left)


def market_growth(world: World, rules: Rules) -> int:
    """Return how many more members the scenario has by this shift than by the one before."""
    expected = shift_of(world, rules).members
    if not expected:
        return 0
    known = [
        rules.scenario.company_mode.members,
        *[shift.members for shift in rules.scenario.shifts[: world.shift] if shift.members],
    ]
    return expected - known[-1]


def appeal(world: World, rules: Rules) -> float:
    """Return the factor by which features that were shipped since the last planning make growth more or less."""
    if not world.shift:
        return 1.0
    weeks = rules.scenario.shifts[min(world.shift, len(rules.scenario.shifts)) - 1].weeks
    could = world.team.engineers * weeks * rules.scenario.company_mode.changes_per_week
    if could <= 0.0:
        return 1.0
    made = max(0, world.delivery.shipped - world.accounts.shipped)
    return LEAST + (MOST - LEAST) * min(1.0, made / could)
