"""A proposed cut in numbers: what crosses it, whose data it shares, what fails together, and how busy both sides get.

The numbers come from the same model that plays the shift. They inform a decision: nothing here says yes or no.
A good seam has few calls across it, one owner of the data, and different scaling or risk on its sides.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from devops_tycoon.sim.basis import Rules, World, dial, replace
from devops_tycoon.sim.demand.load import asked, disks_for, peak, visits
from devops_tycoon.sim.effects.shared_fate import lost_with
from devops_tycoon.sim.effects.steady_state import Forecast, forecast
from devops_tycoon.sim.operations.estate import pipeline_cents, tables_of
from devops_tycoon.sim.operations.services import find, owner_of
from devops_tycoon.sim.partition.partition import Move, effort_of_split, moved, weeks_of_split

NEW = "+cut"
"""The name of the part that would be cut out, as a service; its store is this with `-db`."""
REPLICAS = 2


@dataclass(frozen=True, slots=True)
class Crossing:
    """One kind of call that would become a network call."""

    caller: str
    callee: str
    per_request: float
    per_s: float
    """At the coming peak."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A cut, seen from both sides. Times are in seconds unless they say otherwise; journeys in the rules' order."""

    capabilities: tuple[str, ...]
    parent: str
    crossings: tuple[Crossing, ...]
    calls_per_s: float
    """Calls across it at the coming peak."""
    extra_ms: tuple[tuple[str, float], ...]
    """Per journey: network time that a request would pay, with nobody waiting."""
    tables: tuple[str, ...]
    """Tables that the part owns."""
    shared: tuple[tuple[str, str], ...]
    """(capability, table) where one side would ask a table that the other side owns."""
    owners: tuple[str, ...]
    """Owners of all tables that the part asks; one is good."""
    own_share: float
    """The part's share of its service's own work at the peak."""
    wait_share: float
    """The part's share of the requests to its service's capabilities; far from `own_share`: it scales differently."""
    together: tuple[tuple[str, tuple[str, ...]], ...]
    """(service, journeys that fail when it is dead) today, of the service and the stores that the part asks."""
    apart: tuple[tuple[str, tuple[str, ...]], ...]
    """The same after the cut."""
    before: Forecast
    after: Forecast
    rent_cents_per_week: int
    """More rent and pipelines in a week."""
    effort: int
    """Tenths of engineer-weeks."""
    lead_weeks: int


def seam_of(
    world: World,
    rules: Rules,
    capabilities: tuple[str, ...],
    data: str = "shared",
    replicas: int = REPLICAS,
    disks: int | None = None,
) -> Seam | None:
    """Return a cut's numbers; None where it is no cut through one service.

    `world` is what is seen. The part would get new replicas, and with data="moved" a store of its own for its tables,
    of so many disks, or of as many as they need.
    """
    parent = owner_of(world, capabilities[0]) if capabilities else None
    if parent is None or parent.kind != "service" or not set(capabilities) < set(parent.capabilities):
        return None
    part = tuple(name for name in parent.capabilities if name in capabilities)
    tables = tables_of(rules, part)
    changed = cut(world, rules, part, data, replicas, disks)
    rates = asked(world, rules)
    crossings = tuple(_crossings(rules, part, parent.capabilities, rates))
    per_s = 0.0
    for crossing in crossings:
        per_s += crossing.per_s
    stores = _stores(world, rules, part)
    return Seam(
        capabilities=part,
        parent=parent.id,
        crossings=crossings,
        calls_per_s=per_s,
        extra_ms=_extra_ms(world, rules, crossings),
        tables=tables,
        shared=_shared(rules, part, tables),
        owners=tuple(dict.fromkeys(rules.capability[table].owner for table in _asked_tables(rules, part))),
        own_share=_share(part, parent.capabilities, {n: rates[n] * rules.capability[n].work_ms for n in rates}),
        wait_share=_share(part, parent.capabilities, rates),
        together=tuple((name, lost_with(world, rules, name)) for name in (parent.id, *stores)),
        apart=tuple(
            (name, lost_with(changed, rules, name))
            for name in (parent.id, NEW, *_stores(changed, rules, parent.capabilities))
        ),
        before=forecast(world, rules, peak(world, rules)),
        after=forecast(changed, rules, peak(world, rules)),
        rent_cents_per_week=_weekly(changed, rules) - _weekly(world, rules),
        effort=effort_of_split(world, rules, part, tables if data == "moved" else ()),
        lead_weeks=weeks_of_split(world, rules, part, tables if data == "moved" else ()),
    )


def cut(world: World, rules: Rules, part: tuple[str, ...], data: str, replicas: int, disks: int | None = None) -> World:
    """Return the world with the cut made, without its price and its weeks."""
    parent = owner_of(world, part[0])
    if parent is None:
        return world
    world = moved(world, rules, Move(part, parent.id, NEW, replicas))
    tables = tables_of(rules, part) if data == "moved" else ()
    for store in dict.fromkeys(s.id for s in (owner_of(world, table) for table in tables) if s is not None):
        block = find(world, store)
        here = tuple(t for t in block.capabilities if t in tables) if block is not None else ()
        world = moved(world, rules, Move(here, store, f"{NEW}-db", disks or disks_for(world, rules, here)))
    return world


def joined(world: World, rules: Rules, service: str, into: str) -> tuple[Forecast, Forecast]:
    """Return the forecasts without and with a merge of two services, all their replicas kept."""
    rates = peak(world, rules)
    old, target = find(world, service), find(world, into)
    if old is None or target is None:
        return forecast(world, rules, rates), forecast(world, rules, rates)
    after = moved(world, rules, Move(old.capabilities, service, into, 0))
    block = find(after, into) or target
    together = replace(block, replicas=min(block.most, block.replicas + old.replicas))
    after = replace(after, services=tuple(together if s.id == into else s for s in after.services))
    return forecast(world, rules, rates), forecast(after, rules, rates)


def _crossings(
    rules: Rules, part: tuple[str, ...], whole: tuple[str, ...], rates: dict[str, float]
) -> Iterable[Crossing]:
    for name in whole:
        for call in rules.capability[name].calls:
            if call.to in whole and (name in part) != (call.to in part):
                yield Crossing(name, call.to, call.per_request, rates[name] * call.per_request)


def _extra_ms(world: World, rules: Rules, crossings: tuple[Crossing, ...]) -> tuple[tuple[str, float], ...]:
    network_ms = rules.balance.network_ms + dial(world, rules, "network_ms")
    found = []
    for journey in rules.journeys:
        often, extra = visits(rules, journey.entry), 0.0
        for crossing in crossings:
            extra += often[crossing.caller] * crossing.per_request * network_ms
        found.append((journey.id, extra))
    return tuple(found)


def _asked_tables(rules: Rules, part: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tables that these capabilities ask themselves."""
    found = [call.to for name in part for call in rules.capability[name].calls if call.to in rules.capability]
    return tuple(dict.fromkeys(name for name in found if rules.capability[name].kind == "store"))


def _shared(rules: Rules, part: tuple[str, ...], tables: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return who asks a table across the cut."""
    found = []
    for capability in rules.capability.values():
        for call in capability.calls:
            asks = call.to in rules.capability and rules.capability[call.to].kind == "store"
            if asks and (capability.id in part) != (call.to in tables):
                found.append((capability.id, call.to))
    return tuple(found)


def _share(part: tuple[str, ...], whole: tuple[str, ...], amounts: dict[str, float]) -> float:
    here = total = 0.0
    for name in whole:
        total += amounts[name]
        here += amounts[name] if name in part else 0.0
    return here / total if total > 0 else 0.0


def _stores(world: World, rules: Rules, capabilities: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stores in which the tables stand that these capabilities ask."""
    asks = _asked_tables(rules, capabilities)
    return tuple(s.id for s in world.services if any(table in s.capabilities for table in asks))


def _weekly(world: World, rules: Rules) -> int:
    hourly = sum(service.replicas * service.rent_cents_per_hour for service in world.services)
    return hourly * 168 + pipeline_cents(world, rules)
