"""Small builders of networks for the tests of the flow model."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from devops_tycoon.sim.flow import Breaker, Call, Demand, FlowState, Network, Node, Pool, Reading, advance, empty


def a_station(
    slots: float = 10, work_s: float = 0.1, queue: int | None = None, demand: Demand | None = None
) -> Network:
    """One pool, one node, one demand."""
    return Network((Pool("a", slots, queue),), (Node("a", 0, work_s),), (), (demand or Demand("users", 0),))


def a_chain(
    *stations: tuple[float, float], calls: Sequence[Call] | None = None, patience_s: float | None = 2.0
) -> Network:
    """Pools of (slots, work_s), each calling the next."""
    return Network(
        tuple(Pool(f"p{i}", slots) for i, (slots, _) in enumerate(stations)),
        tuple(Node(f"n{i}", i, work) for i, (_, work) in enumerate(stations)),
        tuple(calls if calls is not None else [Call(i, i + 1) for i in range(len(stations) - 1)]),
        (Demand("users", 0, timeout_s=patience_s),),
    )


def run(
    network: Network,
    rates: Callable[[int], float] | float,
    ticks: int,
    state: FlowState | None = None,
    see: Callable[[FlowState, FlowState, Reading], None] | None = None,
) -> tuple[FlowState, Reading]:
    """Advance; `see` is called with every tick's (before, after, reading)."""
    state = state or empty(network)
    reading = None
    for t in range(ticks):
        rate = rates(t) if callable(rates) else rates
        after, reading = advance(network, state, (rate,) * len(network.demands))
        if see:
            see(state, after, reading)
        state = after
    assert reading is not None
    return state, reading


@st.composite
def networks(draw: st.DrawFn, most: int = 10) -> Network:
    """Random acyclic graphs of up to ten services with everything a network can have."""
    size = draw(st.integers(1, most))
    pool_count = draw(st.integers(1, size))
    seconds = st.sampled_from([0.0, 0.001, 0.02, 0.3, 3.0])
    share = st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.5, 1.0])
    limits = st.sampled_from([None, 1e-6, 0.05, 0.5, 2.0, 30.0])
    budgets = st.sampled_from([None, None, 0.0, 0.1, 2.0])
    pools = tuple(
        Pool(
            f"p{i}",
            draw(st.sampled_from([0.0, 0.3, 1, 2.5, 8, 40])),
            draw(st.sampled_from([None, None, 0, 1, 20, 500])),
            draw(st.sampled_from([False, False, False, True])),
            draw(st.sampled_from([None, None, 0.5, 20.0])),
            draw(st.sampled_from([False, False, True])),
        )
        for i in range(pool_count)
    )
    nodes = tuple(
        Node(
            f"n{i}",
            draw(st.integers(0, pool_count - 1)),
            draw(seconds),
            draw(st.sampled_from([1.0, 1.0, 0.0, 0.3, 2.0])),
            draw(seconds) if draw(st.booleans()) else 0.0,
            draw(share),
        )
        for i in range(size)
    )
    edges = draw(
        st.lists(
            st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda e: e[0] < e[1]),
            max_size=2 * size,
            unique=True,
        )
        if size > 1
        else st.just([])
    )
    calls = tuple(
        Call(
            a,
            b,
            draw(st.sampled_from([1.0, 1.0, 0.5, 2.0, 3.7])),
            draw(st.booleans()),
            draw(limits),
            draw(st.integers(0, 3)),
            draw(seconds),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.sampled_from([0.0, 0.0, 0.01, 1.0])),
            draw(share),
            draw(share),
            budget=draw(budgets),
            breaker=draw(st.sampled_from([None, None, Breaker(), Breaker(3.0, 0.1, 2.0, 1, 1)])),
            bulkhead=draw(st.sampled_from([None, None, 0, 1, 30])),
        )
        for a, b in edges
    )
    demands = tuple(
        Demand(
            f"d{i}",
            draw(st.integers(0, size - 1)),
            draw(limits),
            draw(st.integers(0, 2)),
            draw(seconds),
            draw(st.sampled_from([None, 0.01, 0.4])),
            budget=draw(budgets),
            priority=draw(st.integers(0, 2)),
        )
        for i in range(draw(st.integers(1, 2)))
    )
    return Network(pools, nodes, calls, demands, draw(st.sampled_from([1.0, 1.0, 10.0])))
