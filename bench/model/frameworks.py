"""The same tree in two simulation frameworks, request by request; each is measured where it is installed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from random import Random
from typing import Any

from bench.model.tree import RATE, TREE

Times = list[float]
"""Seconds that requests took, in the order in which they came."""


@dataclass(frozen=True)
class Framework:
    """A simulator: `run(requests)` returns the times of that many requests or a few more."""

    name: str
    run: Callable[[int], Times]


def installed() -> tuple[tuple[Framework, ...], tuple[str, ...]]:
    """Return the frameworks found, and the names of those that are not installed."""
    found, absent = [], []
    for name, make in (("simpy", _simpy), ("ciw", _ciw)):
        try:
            found.append(Framework(name, make(import_module(name))))
        except ImportError:
            absent.append(name)
    return tuple(found), tuple(absent)


def _simpy(simpy: Any) -> Callable[[int], Times]:
    """Return the tree as SimPy processes: a resource per service, a process per request."""

    def run(requests: int) -> Times:
        dice = Random(1)  # noqa: S311  # a simulation, not a secret
        env = simpy.Environment()
        pools = [(simpy.Resource(env, station.workers), 1.0 / station.work_s) for station in TREE]
        times: Times = [0.0] * requests

        def request(number: int) -> Any:
            begin = env.now
            for pool, mu in pools:
                with pool.request() as turn:
                    yield turn
                    yield env.timeout(dice.expovariate(mu))
            times[number] = env.now - begin

        def users() -> Any:
            for number in range(requests):
                yield env.timeout(dice.expovariate(RATE))
                env.process(request(number))

        env.process(users())
        env.run()
        return times

    return run


def _ciw(ciw: Any) -> Callable[[int], Times]:
    """Return the tree as a Ciw network of stations in a row."""

    def run(requests: int) -> Times:
        stations = len(TREE)
        ciw.seed(1)
        system = ciw.create_network(
            arrival_distributions=[ciw.dists.Exponential(RATE), *[None] * (stations - 1)],
            service_distributions=[ciw.dists.Exponential(1.0 / station.work_s) for station in TREE],
            number_of_servers=[station.workers for station in TREE],
            routing=[[1.0 if j == i + 1 else 0.0 for j in range(stations)] for i in range(stations)],
        )
        simulation = ciw.Simulation(system)
        simulation.simulate_until_max_customers(requests, method="Finish")
        began: dict[int, float] = {}
        ended: dict[int, float] = {}
        for record in simulation.get_all_records():
            if record.node == 1:
                began[record.id_number] = record.arrival_date
            elif record.node == stations:
                ended[record.id_number] = record.exit_date
        return [ended[number] - began[number] for number in sorted(ended)]

    return run
