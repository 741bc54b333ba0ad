"""Six services whose truth is known exactly, for the fluid model and for simulators of single requests.

web calls catalog, identity and reviews; catalog and identity each call a database of their own. Calls are made one
after another and hold no worker of the caller, since queueing simulators have no calls: to them a request visits six
stations in turn. By Burke's theorem (1956) each is then an M/M/c of its own, and the mean time is a sum.
"""

from dataclasses import dataclass

from devops_tycoon.sim.flow import Call, Demand, Network, Node, Pool, advance, empty
from devops_tycoon.sim.flow.queueing import erlang_c

RATE = 100.0
"""Requests per second."""
TICKS = 120
"""Simulated seconds; the answer is the mean time of requests that begin in the second half."""

REQUESTS_FOR_ONE_PERCENT = 295_000
"""Requests that a simulator of single requests needs until its mean time is known to ± 1 % (95 %).

A property of the tree and not of the simulator: requests that follow one another meet the same queues. Measured with
200 independent runs of 20,000 requests (tests/lab/test_bench.py); so known to some 10 % itself.
"""


@dataclass(frozen=True)
class Station:
    """A service: workers, mean work and, in order, whom it calls."""

    id: str
    workers: int
    work_s: float
    calls: tuple[str, ...] = ()


TREE = (
    Station("web", 8, 0.050, ("catalog", "identity", "reviews")),
    Station("catalog", 4, 0.028, ("catalog-db",)),
    Station("catalog-db", 2, 0.015),
    Station("identity", 3, 0.020, ("identity-db",)),
    Station("identity-db", 2, 0.016),
    Station("reviews", 4, 0.030),
)
"""In the order of a request's visits; 62 to 80 % busy."""


def theory_s() -> float:
    """Return the exact mean time of a request: each station's work and Erlang's wait."""
    total = 0.0
    for station in TREE:
        c, s = station.workers, station.work_s
        total += s + erlang_c(c, RATE * s / c) / (c / s - RATE)
    return total


def network() -> Network:
    """Return the tree as the flow model sees it."""
    number = {station.id: i for i, station in enumerate(TREE)}
    return Network(
        tuple(Pool(station.id, station.workers) for station in TREE),
        tuple(Node(station.id, i, station.work_s) for i, station in enumerate(TREE)),
        tuple(
            Call(i, number[callee], hold=False, parallel=False)
            for i, station in enumerate(TREE)
            for callee in station.calls
        ),
        (Demand("users", 0),),
    )


def fluid_s() -> float:
    """Run the flow model from an empty system and return its mean time of a request; the plan is made anew."""
    tree = network()
    state = empty(tree)
    total = 0.0
    for tick in range(TICKS):
        state, reading = advance(tree, state, (RATE,))
        if tick >= TICKS // 2:
            total += reading.request_s[0]
    return total / (TICKS - TICKS // 2)


def requests_needed(accuracy: float) -> float:
    """Return how many requests make the 95 % interval of the mean time ± `accuracy` (a share of it)."""
    return REQUESTS_FOR_ONE_PERCENT * (0.01 / accuracy) * (0.01 / accuracy)
