"""Every bad request has one cause, and it is the right one."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.flow import Breaker, Call, Demand, FlowState, Network, Node, Pool, Reading
from tests.sim.flow.graphs import a_chain, a_station, run


def ledger(network: Network, rate: float, ticks: int) -> dict[str, float]:
    """Sum up the causes by name over a run."""
    sums: dict[str, float] = {}
    pools, nodes = network.pools, network.nodes

    def see(_: FlowState, __: FlowState, reading: Reading) -> None:
        ways = [f"{nodes[c.caller].id}→{nodes[c.callee].id}" for c in network.calls]
        for kind, names, amounts in (
            ("overload", [p.id for p in pools], reading.overload),
            ("down", [p.id for p in pools], reading.down),
            ("error", [n.id for n in nodes], reading.node_errors),
            ("lost", ways, reading.lost_calls),
            ("refused", ways, reading.call_errors),
            ("timeout", ways, reading.slow_calls),
            ("shed", [p.id for p in pools], reading.shedding),
            ("breaker", ways, reading.open_calls),
            ("bulkhead", ways, reading.full_bulkheads),
            ("timeout", [f"users→{nodes[d.entry].id}" for d in network.demands], reading.slow_entries),
        ):
            for name, amount in zip(names, amounts, strict=True):
                sums[f"{kind} {name}"] = sums.get(f"{kind} {name}", 0.0) + amount

    run(network, rate, ticks, see=see)
    return sums


def top(sums: dict[str, float]) -> str:
    return max(sums, key=lambda cause: sums[cause])


def a_shop(recommendations_s: float, timeout_s: float | None = None) -> Network:
    return Network(
        (Pool("web", 50), Pool("recommendations", 200), Pool("catalog", 20)),
        (Node("web", 0, 0.005), Node("recommendations", 1, 0.08, slow_s=recommendations_s), Node("catalog", 2, 0.01)),
        (Call(0, 2), Call(0, 1, timeout_s=timeout_s)),
        (Demand("users", 0, timeout_s=2.0),),
    )


@pytest.mark.parametrize("timeout_s", [None, 1.0, 5.0])
def test_a_slow_dependency_is_guilty_although_its_caller_runs_out_of_workers(timeout_s: float | None) -> None:
    sums = ledger(a_shop(10.0, timeout_s), 100.0, 120)
    bad = sum(sums.values())
    assert bad > 5000
    assert top(sums) == "timeout web→recommendations"
    assert sums["timeout web→recommendations"] > 0.9 * bad


def test_a_slow_service_two_steps_down_is_guilty() -> None:
    network = a_chain((60, 0.005), (60, 0.005), (200, 0.02))
    slow = replace(network, nodes=(*network.nodes[:2], replace(network.nodes[2], slow_s=8.0)))
    assert top(ledger(slow, 80.0, 120)) == "timeout n1→n2"


def test_an_entry_with_too_few_workers_is_overloaded_itself() -> None:
    sums = ledger(a_station(4, 0.1, demand=Demand("users", 0, 1.0)), 80.0, 60)
    assert top(sums) == "overload a"
    assert sums["overload a"] > 0.95 * sum(sums.values())


def test_a_full_queue_is_overload_and_a_dead_pool_is_down() -> None:
    assert top(ledger(a_station(4, 0.1, 10, Demand("users", 0)), 80.0, 60)) == "overload a"
    chain = a_chain((50, 0.005), (10, 0.02))
    dead = replace(chain, pools=(chain.pools[0], replace(chain.pools[1], down=True)))
    sums = ledger(dead, 80.0, 60)
    assert sums["down p1"] == pytest.approx(sum(sums.values()), rel=1e-9)


def test_an_overloaded_dependency_is_a_timeout_on_the_call_to_it() -> None:
    calls = [Call(0, 1, timeout_s=0.5)]
    assert top(ledger(a_chain((100, 0.005), (2, 0.1), calls=calls), 50.0, 60)) == "timeout n0→n1"


def test_errors_belong_to_the_node_that_makes_them() -> None:
    chain = a_chain((50, 0.005), (10, 0.02))
    wrong = replace(chain, nodes=(replace(chain.nodes[0], error=0.01), replace(chain.nodes[1], error=0.2)))
    sums = ledger(wrong, 80.0, 60)
    assert top(sums) == "error n1"
    assert sums["error n0"] / sums["error n1"] == pytest.approx(0.01 / 0.2, rel=0.02)


def test_a_cut_link_and_a_refusing_link_are_guilty_themselves() -> None:
    cut = [Call(0, 1, timeout_s=0.5, lost=0.3, error=0.1)]
    sums = ledger(a_chain((100, 0.005), (10, 0.02), calls=cut), 80.0, 60)
    assert sums["lost n0→n1"] / sum(sums.values()) == pytest.approx(0.27 / 0.37, abs=0.02)
    assert sums["refused n0→n1"] / sum(sums.values()) == pytest.approx(0.1 / 0.37, abs=0.02)


def test_a_cut_link_without_a_timeout_blocks_the_caller_and_is_still_guilty() -> None:
    sums = ledger(a_chain((50, 0.005), (10, 0.02), calls=[Call(0, 1, lost=1.0)]), 80.0, 100)
    assert top(sums) == "lost n0→n1"


def test_what_is_denied_on_purpose_is_a_cause_of_its_own() -> None:
    def chain(pool: Pool, call: Call) -> Network:
        network = a_chain((100, 0.005), (4, 0.02), calls=[call])
        return replace(network, pools=(network.pools[0], pool))

    full = ledger(chain(Pool("p1", 4), Call(0, 1, bulkhead=2)), 150.0, 60)
    assert top(full) == "bulkhead n0→n1"
    shed = ledger(chain(Pool("p1", 4, limit=10), Call(0, 1)), 300.0, 60)
    assert top(shed) == "shed p1"
    down = ledger(chain(Pool("p1", 4, down=True), Call(0, 1, breaker=Breaker())), 100.0, 60)
    assert top(down) == "breaker n0→n1"
    assert down["down p1"] > 50
    weary = ledger(chain(Pool("p1", 1, queue=0, throttle=True), Call(0, 1)), 300.0, 60)
    assert weary["shed p1"] > 1000
