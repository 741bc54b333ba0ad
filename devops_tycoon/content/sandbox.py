"""A sandbox of any company: one program, ample resources, endless shifts, nothing to lose."""

from dataclasses import replace
from graphlib import TopologicalSorter
from pathlib import Path

from devops_tycoon.content.assemble import all_cards, all_practices
from devops_tycoon.content.company import read_company
from devops_tycoon.content.find import find, roots
from devops_tycoon.content.fingerprint import fingerprint
from devops_tycoon.content.problem import ContentError
from devops_tycoon.content.scenario import read_scenario
from devops_tycoon.sim.rules.company import Capability, Company
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.scenario import Scenario, StartService
from devops_tycoon.sim.rules.shift import Demand

RATE = 50.0
"""Requests per second of the heaviest journey at the peak; the others follow their weights."""
BUSY = 0.5
"""Utilisation of its pools at that rate."""
WORKERS = 16
"""Workers of one replica of the program."""


def load_sandbox(file: Path) -> Rules:
    """Return an endless sandbox of a company file; raise ContentError with all problems."""
    where = roots(file)
    company = read_company(file).value
    cards, problems = all_cards(where)
    practices, more = all_practices(where)
    if problems + more:
        raise ContentError(problems + more)
    scenario = sandbox_of(company)
    return Rules(scenario, company, cards, fingerprint(scenario, company, cards, practices), practices=practices)


def sandbox_of(company: Company) -> Scenario:
    """Return the shipped sandbox with another company in it, its pools sized for the demand."""
    pattern = read_scenario(find("scenarios", "sandbox")).value.scenario
    heaviest = max(journey.weight for journey in company.journeys)
    demands = tuple(
        Demand(journey.id, RATE * journey.weight / heaviest, "day", 0.0, 0.0, ()) for journey in company.journeys
    )
    return replace(
        pattern,
        title=company.title,
        act=6,
        briefing=company.about,
        services=_services(company, demands),
        links=(),
        events=(),
        demands=demands,
        shifts=tuple(replace(shift, growth=1.0) for shift in pattern.shifts),
    )


def _services(company: Company, demands: tuple[Demand, ...]) -> tuple[StartService, ...]:
    nodes = {c.id: c for c in company.capabilities}
    visits = _visits(company, demands, nodes)
    inner = tuple(c.id for c in company.capabilities if c.kind == "capability")
    held_s = 0.0
    for name, node in nodes.items():
        held_s += visits[name] * node.work_ms / 1000
    outside = [node for node in company.capabilities if node.kind != "capability"]
    return (
        _service("web", inner, WORKERS, held_s),
        *[
            _service(node.id, (node.id,), 1 if node.kind == "store" else 50, visits[node.id] * node.work_ms / 1000)
            for node in outside
        ],
    )


def _service(name: str, nodes: tuple[str, ...], workers: int, busy: float) -> StartService:
    """Return a pool with `busy` busy workers on average at the peak."""
    replicas = max(2, int(busy / BUSY / workers) + 1)
    return StartService(
        id=name,
        capabilities=nodes,
        replicas=replicas,
        concurrency=workers,
        queue=200,
        boot_s=120,
        price_cents=0,
        rent_cents_per_hour=100,
        most=10 * replicas,
    )


def _visits(company: Company, demands: tuple[Demand, ...], nodes: dict[str, Capability]) -> dict[str, float]:
    """Return the requests per second of each node at the peak."""
    visits = dict.fromkeys(nodes, 0.0)
    entry = {journey.id: journey.entry for journey in company.journeys}
    for demand in demands:
        visits[entry[demand.journey]] += demand.rate
    order = TopologicalSorter({c.id: [call.to for call in c.calls] for c in company.capabilities}).static_order()
    for name in reversed(list(order)):  # callers first
        for call in nodes[name].calls:
            visits[call.to] += visits[name] * call.per_request
    return visits
