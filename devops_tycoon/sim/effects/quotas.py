"""Quotas of providers: limits that stand in a contract nobody has read, until they are hit or written down."""

from devops_tycoon.sim.flow.quota import Quota
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.world import World

NEAR = 0.8
"""From this share of a known quota on, the company is warned [design value]."""


def quota_in_effect(world: World, rules: Rules, service: str) -> Quota | None:
    """Return what a provider takes: so many requests a second, and a second's worth that it lets pass at once."""
    begun = rules.start_service.get(service)
    if begun is None or begun.quota_per_s <= 0:
        return None
    rate = begun.quota_per_s * dial(world, rules, "quota")
    return Quota(rate=rate, burst=rate)
