"""Random ticks of a random graph, every one of them checked."""

from dataclasses import dataclass
from random import Random

from devops_tycoon.sim.flow import FlowState, Network, advance, carry, empty, percentiles
from devops_tycoon.sim.flow.down import MOST
from devops_tycoon.sim.flow.plan import plan_of
from devops_tycoon.sim.flow.shapes import refit
from devops_tycoon.sim.numerics.digest import digest
from tests.soak.check import (
    BrokenLawError,
    check_inside,
    check_numbers,
    check_pools,
    check_requests,
    check_users,
    on_the_way,
)
from tests.soak.draw import RATE, value
from tests.soak.graphs import a_network, other_numbers, other_structure

GRAPH_TICKS = 150
WILD = (0.0, 0.02, 0.1, 0.4, 1.0)
"""How wild a graph can be: shares of the fields with any legal value."""


@dataclass
class Story:
    """What an episode leaves behind, also when it breaks off."""

    tick: int = 0
    orders: int = 0
    digest: bytes = b""
    context: str = ""
    carried: int = 0
    """How often the graph was drawn anew in part."""
    most: float = 0.0
    """Most requests that ever were in a pool or came to it in a tick: what rounding is measured against."""


def play_graph(dice: Random, ticks: int, story: Story) -> None:
    """Play a graph whose demand, numbers and structure change now and then."""
    wild = dice.choice(WILD)
    network = healthy = a_network(dice, wild)
    state = empty(network)
    check_numbers(state)
    rates = _rates(network, dice, wild)
    restless = dice.choice((0.0, 0.05, 0.5))
    for story.tick in range(ticks):
        if dice.random() < restless:
            network = other_numbers(network, dice, wild)
        elif dice.random() < 0.05 and [*map(len, _parts(network))] == [*map(len, _parts(healthy))]:
            network = healthy
        if dice.random() < 0.03:
            story.context = f"carried from {network!r}"
            changed = other_structure(network, dice, wild)
            state = carried(network, state, changed, story)
            story.carried += 1
            network = healthy = changed
            rates = _rates(network, dice, wild)
        if dice.random() < 0.1:
            rates = _rates(network, dice, wild)
        story.context = f"rates {rates!r} in {network!r}"
        state = checked_tick(network, state, rates, story)
    state, reading = advance(network, state, rates)
    story.digest = digest((state, reading))
    times = percentiles(network, state, reading, 0, (0.5, 0.95, 0.99))
    if not 0.0 <= times[0] <= times[1] <= times[2] < float("inf"):
        raise BrokenLawError(f"percentiles {times!r}")


def _parts(network: Network) -> tuple[tuple[object, ...], ...]:
    return network.pools, network.nodes, network.calls, network.demands


def _rates(network: Network, dice: Random, wild: float) -> tuple[float, ...]:
    return tuple([value(RATE, dice, wild) for _ in network.demands])


def checked_tick(network: Network, state: FlowState, rates: tuple[float, ...], story: Story) -> FlowState:
    """Advance by one tick and check all that must hold of it."""
    before = refit(plan_of(network), state)
    waiting = on_the_way(network, before)
    levels = {pool.id: level for pool, level in zip(network.pools, state.level, strict=True)}
    after, reading = advance(network, state, rates)
    check_numbers(after)
    check_numbers(reading)
    story.most = max(story.most, *state.level, *after.level, *reading.arrivals)
    check_inside(network, after, story.most)
    check_pools(levels, network, after, reading)
    check_users(network, reading)
    new = [min(rate, MOST) * network.tick_s for rate in rates]
    check_requests(network, waiting, new, after, reading)
    return after


def carried(old: Network, state: FlowState, new: Network, story: Story) -> FlowState:
    """Carry the state over and check that what is still there has kept its requests."""
    after = carry(old, state, new)
    check_numbers(after)
    check_inside(new, after, story.most)
    levels = {pool.id: level for pool, level in zip(old.pools, state.level, strict=True)}
    plan = plan_of(new)
    for p, pool in enumerate(new.pools):
        want = levels.get(pool.id, 0.0) if plan.entering[p] else 0.0
        if after.level[p] != want:
            raise BrokenLawError(f"carried {want!r} requests in pool {pool.id} and has {after.level[p]!r}")
    pending, kept = 0.0, 0.0
    for amount in state.pot:
        pending += amount
    for amount in after.pot:
        kept += amount
    if abs(kept - pending) > 1e-9 * max(pending, 1e-6) and kept < pending:
        raise BrokenLawError(f"carried {pending!r} decided requests and has {kept!r}")
    return after
