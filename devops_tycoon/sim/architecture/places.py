"""Where things stand: zones of a region, regions, providers, and what is left when one of them is gone.

A region that is dark answers nobody: its members hang until their patience ends, for as long as people need to decide
and to point names elsewhere (Netflix needed 45 to 50 minutes before 2018, and 7 since: Amjith R., "How Netflix does
Failovers in 7 minutes", 2018). Then they come to what is left, all at once, and its caches do not know them.

Approximate: regions are not pools of their own. All of a service's workers, wherever they stand, are one pool, and
a lost region takes its part.
"""

from devops_tycoon.sim.architecture.draft import Draft
from devops_tycoon.sim.basis import Fault, Rules, Service, World, dial, replace
from devops_tycoon.sim.numerics.exact import exp, log
from devops_tycoon.sim.operations.measures import in_force
from devops_tycoon.sim.rules.failure import Effect

HOME, ACCOUNT = "home", "account"
"""What the region and the provider are called in which a company began; failure cards aim at these."""
UNTRAINED_S = 2700.0
"""From the loss of a region to members who are served elsewhere, by people who do it for the first time."""
PROMOTE_S = 90.0
"""A primary is lost: the time until a copy in another zone has taken its place [design value]."""
ROT_PER_WEEK, ROTTEN = 0.01, 0.4
"""What a standby that nobody uses loses: settings that drift, secrets, limits [design value]; and the least left."""


def zones_of(world: World, rules: Rules) -> int:
    """Return in how many zones replicas run: in a lesson in all, in company mode in those that practices added."""
    return min(rules.scenario.zones, max(rules.scenario.company_mode.zones, int(dial(world, rules, "zones"))))


def settled_s(world: World, rules: Rules, effect: Effect, listed_s: float) -> float:
    """Return after what time nothing moves by itself any more under an effect on a place."""
    if effect.where == "zone":
        promoted = rules.scenario.company_mode.primaries and zones_of(world, rules) > 1
        return max(listed_s, PROMOTE_S if promoted else 0.0)
    return failover_s(world, rules) if effect.where in ("region", "account") else 0.0


def failover_s(world: World, rules: Rules) -> float:
    """Return how long it takes to bring all members elsewhere."""
    return UNTRAINED_S * dial(world, rules, "failover")


def zones_in_turn(draft: Draft, world: World, rules: Rules) -> None:
    """Let zones do what they do to those in them: primaries that must be replaced, callers that stay in their zone."""
    zones = zones_of(world, rules)
    if zones < 2:
        return
    aware, primaries = dial(world, rules, "zone_aware") > 0, rules.scenario.company_mode.primaries
    gone = {fault.target: _age_s(world, rules, fault) for fault in _struck(world, rules, "zone")}
    for number, service in enumerate(world.services):
        if primaries and service.kind == "store" and gone.get("a", PROMOTE_S) < PROMOTE_S:
            primary = dial(world, rules, "quorum", service.id) <= 0
            if primary and in_force(world, "failover", service.id) is None:
                draft.pools[number] = replace(draft.pools[number], down=True)
                draft.changed = True
        elif aware and service.kind == "service":
            counts = [len(range(n, service.replicas, zones)) for n in range(zones) if "abcdefgh"[n] not in gone]
            if counts and min(counts) > 0:
                draft.resize(number, len(counts) * min(counts) / sum(counts))


def in_places(draft: Draft, world: World, rules: Rules) -> None:
    """Give every service the workers of all regions that serve."""
    share = _capacity(world, rules)
    if share != 1.0:
        for number, service in enumerate(world.services):
            if _ours(service):
                draft.resize(number, share)


def moved_users(draft: Draft, world: World, rules: Rules) -> None:
    """Let members hang whose region is dark, until they are brought elsewhere.

    Trying again leads them to the same region: of n tries in a row all must be lost for the share of members who are.
    """
    dark = _dark(world, rules)
    if dark > 0:
        for number, demand in enumerate(draft.demands):
            lost = exp(log(dark) / (demand.retries + 1)) if dark < 1 else 1.0
            draft.demands[number] = replace(demand, lost=demand.lost + lost - demand.lost * lost)
        draft.changed = True


def _capacity(world: World, rules: Rules) -> float:
    """Return the workers of a service relative to those of one region."""
    regions = float(max(1, int(dial(world, rules, "regions"))))
    share = regions
    for fault in _struck(world, rules, "region"):
        if regions > 1:
            share = min(share, regions - 1)
        elif _age_s(world, rules, fault) >= failover_s(world, rules):
            share = min(share, _standby(world, rules) or share)
    for fault in _struck(world, rules, "account"):
        if _age_s(world, rules, fault) >= failover_s(world, rules):
            share = min(share, dial(world, rules, "second") or share)
    return share


def _dark(world: World, rules: Rules) -> float:
    """Return the share of the members whom nobody answers."""
    regions = max(1, int(dial(world, rules, "regions")))
    lost = 0.0
    for fault in _struck(world, rules, "region"):
        saved = regions > 1 or _standby(world, rules) > 0
        if not saved or _age_s(world, rules, fault) < failover_s(world, rules):
            lost = max(lost, 1.0 / regions)
    for fault in _struck(world, rules, "account"):
        if dial(world, rules, "second") <= 0 or _age_s(world, rules, fault) < failover_s(world, rules):
            lost = 1.0
    return lost


def _standby(world: World, rules: Rules) -> float:
    """Return the size of the standby region; it rots from the week in which it was built."""
    size = dial(world, rules, "standby")
    if size <= 0:
        return 0.0
    since = [a.week for a in world.practices if any(s.dial == "standby" for s in rules.practice[a.practice].settings)]
    left = max(ROTTEN, 1.0 - ROT_PER_WEEK * (world.week - min(since, default=world.week)) * dial(world, rules, "rot"))
    return size * left


def _ours(service: Service) -> bool:
    return service.kind != "provider"


def _struck(world: World, rules: Rules, where: str) -> list[Fault]:
    """Return the faults that take a place away; where capacity is left, all is there and only hard to reach."""
    return [
        fault
        for fault in world.faults
        if any(e.where == where and (where != "zone" or e.capacity_pct <= 0) for e in rules.failure[fault.card].effects)
    ]


def _age_s(world: World, rules: Rules, fault: Fault) -> float:
    return float((world.tick - fault.began) * rules.scenario.tick_s)
