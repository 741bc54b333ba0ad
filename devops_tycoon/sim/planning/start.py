"""The first world of a game."""

from devops_tycoon.sim.basis import WHOLE, Rules, Service, World, replace
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow import advance, empty
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.kinds import ServiceKind
from devops_tycoon.sim.partition.repartition import at_rest
from devops_tycoon.sim.planning.quarter import plan_begun
from devops_tycoon.sim.score.latencies import COUNT
from devops_tycoon.sim.values.delivery import Delivery
from devops_tycoon.sim.values.people import Business, Team
from devops_tycoon.sim.values.service import Link
from devops_tycoon.sim.values.tally import JourneyTally, Peak, Tally
from devops_tycoon.sim.values.world import Adopted

_NOTHING = Network(pools=(), nodes=(), calls=(), demands=())


def start(rules: Rules, seed: int) -> World:
    """Return the world before the first planning."""
    services, company = new_services(rules), rules.scenario.company_mode
    nothing = empty(_NOTHING)
    world = World(
        seed=seed,
        tick=0,
        phase="planning",
        shift=0,
        shift_began=0,
        services=services,
        links=tuple(Link(link.caller, link.callee, link.settings) for link in rules.scenario.links),
        faults=(),
        next_fault=1,
        pending=(),
        busy=(0,) * rules.scenario.responders,
        cash_cents=rules.scenario.cash_cents,
        rent_owed=0,
        alarms=(),
        flow=nothing,
        reading=advance(_NOTHING, nothing, ())[1],
        tally=new_tally(rules, services),
        answer=-1,
        practices=tuple(Adopted(practice, "", 0) for practice in company.practices),
        team=Team(company.engineers, 0, 0),
        business=Business(company.members, WHOLE),
        delivery=Delivery(debt=company.debt),
    )
    world = plan_begun(world, rules)
    return at_rest(replace(world, flow=empty(network_in_effect(world, rules))), rules)


def new_services(rules: Rules) -> tuple[Service, ...]:
    """Return the services as a scenario begins with them."""
    return tuple(
        Service(
            id=service.id,
            kind=_kind(rules, service.capabilities),
            capabilities=service.capabilities,
            replicas=service.replicas,
            concurrency=service.concurrency,
            queue=service.queue,
            boot_s=service.boot_s,
            price_cents=service.price_cents,
            rent_cents_per_hour=service.rent_cents_per_hour,
            most=service.most,
            version=1,
            restart_until=0,
            restart_all=False,
        )
        for service in rules.scenario.services
    )


def new_tally(rules: Rules, services: tuple[Service, ...]) -> Tally:
    """Return a tally in which nothing is counted yet."""
    return Tally(
        journeys=tuple(JourneyTally(j.id, 0, 0, 0, 0, (0,) * (COUNT + 1)) for j in rules.journeys),
        ledger=(),
        incidents=(),
        peaks=tuple(Peak(service.id, 0, 0) for service in services),
        recent=(),
        suspects=(),
        orders=0,
        deploys=0,
    )


def _kind(rules: Rules, capabilities: tuple[str, ...]) -> ServiceKind:
    kind = rules.capability[capabilities[0]].kind
    return "service" if kind == "capability" else kind
