"""From one act of a campaign to the next: the company stays, the world around it grows."""

from devops_tycoon.sim.basis import Rules, Service, World, replace
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import empty
from devops_tycoon.sim.money.books import booked
from devops_tycoon.sim.partition.repartition import at_rest
from devops_tycoon.sim.planning.quarter import plan_begun
from devops_tycoon.sim.planning.start import new_services, new_tally
from devops_tycoon.sim.rules.company_mode import CompanyMode
from devops_tycoon.sim.rules.scenario import StartService
from devops_tycoon.sim.score.score import score
from devops_tycoon.sim.values.tally import Chapter
from devops_tycoon.sim.values.watching import NOTHING_NOTICED


def rules_of(rules: Rules, world: World) -> Rules:
    """Return the rules of the act that a world is in, from those of the first."""
    for _ in world.chapters:
        rules = rules.next or rules
    return rules


def may_go_on(world: World, rules: Rules) -> bool:
    """Say whether an act is won and another follows."""
    return world.phase == "over" and rules.next is not None and score(world, rules).won


def onward(world: World, rules: Rules) -> World:
    """Return the first planning of the next act: services, practices, people, members and money are carried over.

    What is new in the act moves in with what it talks to most; stores and providers come as the act's file says. In
    the time between two acts the market grows as the next act's file has it, and the owners hire as many people as it
    begins with.
    """
    then = rules.next
    if then is None:
        return world
    chapter = Chapter(rules.scenario.id, world.tick, world.tally)
    services = _grown(world.services, rules, then)
    world = replace(
        world,
        phase="planning",
        shift=0,
        shift_began=world.tick,
        services=services,
        faults=(),
        pending=(),
        busy=(0,) * then.scenario.responders,
        alarms=(),
        tally=new_tally(then, services),
        watch=NOTHING_NOTICED,
        delivery=replace(world.delivery, due=0, ready=(), rollouts=(), shipped=0),
        accounts=replace(world.accounts, shipped=0, served=()),
        chapters=(*world.chapters, chapter),
        answer=-1,
    )
    world = plan_begun(_meanwhile(world, rules, then.scenario.company_mode), then)
    return at_rest(replace(world, flow=empty(network_in_effect(world, then))), then)


def _meanwhile(world: World, rules: Rules, company: CompanyMode) -> World:
    """Return the company after the time between two acts: more members, more people, and what the owners add."""
    expected = next((shift.members for shift in reversed(rules.scenario.shifts) if shift.members), 0)
    members = world.business.members
    if expected:
        members = members * company.members // expected
    return replace(
        booked(world, "grants", company.grant_cents),
        business=replace(world.business, members=members),
        team=replace(world.team, engineers=max(world.team.engineers, company.engineers)),
    )


def _grown(services: tuple[Service, ...], rules: Rules, then: Rules) -> tuple[Service, ...]:
    """Return the services with the capabilities, stores and providers of the next act in them."""
    known = {name for service in services for name in service.capabilities}
    starts = then.start_service
    grown = [_as_in(service, starts.get(service.id)) for service in services]
    for name in then.capability:
        if name in known:
            continue
        kind = then.capability[name].kind
        home = _home(name, grown, then) if kind != "provider" else None
        if home is None:
            grown += [new for new in new_services(then) if name in new.capabilities]
            known |= set(grown[-1].capabilities)
        else:
            grown[home] = replace(grown[home], capabilities=(*grown[home].capabilities, name))
    del rules
    return tuple(grown)


def _as_in(service: Service, start: StartService | None) -> Service:
    """Return a service at the next act's prices; what was built stays."""
    if start is None:
        return service
    return replace(
        service,
        boot_s=start.boot_s,
        price_cents=start.price_cents,
        rent_cents_per_hour=start.rent_cents_per_hour,
        most=max(service.most, start.most),
        restart_until=0,
    )


def _home(name: str, services: list[Service], rules: Rules) -> int | None:
    """Return the number of the service of the same kind that exchanges most calls with a capability."""
    kind = "service" if rules.capability[name].kind == "capability" else rules.capability[name].kind
    talks: dict[str, float] = {call.to: call.per_request for call in rules.capability[name].calls}
    for other in rules.capability.values():
        for call in other.calls:
            if call.to == name:
                talks[other.id] = talks.get(other.id, 0.0) + call.per_request
    best, most = None, -1.0
    for number, service in enumerate(services):
        weight = 0.0
        for member in service.capabilities:
            weight += talks.get(member, 0.0)
        if service.kind == kind and weight > most:
            best, most = number, weight
    return best
