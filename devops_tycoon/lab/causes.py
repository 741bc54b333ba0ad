"""Why requests of a lab run failed: the ledger's causes with the file's names."""

from devops_tycoon.sim.flow import Network, Reading

Cause = tuple[str, str]
"""(cause, where): a service, or a link `caller→callee`; words as in `sim/effects/blame.py`."""


def add_causes(network: Network, reading: Reading, sums: dict[Cause, float]) -> None:
    """Add this tick's bad requests to the sums."""
    pools, nodes = [pool.id for pool in network.pools], [node.id for node in network.nodes]
    links = [f"{nodes[call.caller]}→{nodes[call.callee]}" for call in network.calls]
    users = [f"users→{nodes[demand.entry]}" for demand in network.demands]
    for cause, places, amounts in (
        ("overload", pools, reading.overload),
        ("down", pools, reading.down),
        ("shed", pools, reading.shedding),
        ("error", nodes, reading.node_errors),
        ("lost", links, reading.lost_calls),
        ("refused", links, reading.call_errors),
        ("timeout", links, reading.slow_calls),
        ("breaker", links, reading.open_calls),
        ("bulkhead", links, reading.full_bulkheads),
        ("stale", links, reading.stale_calls),
        ("timeout", users, reading.slow_entries),
    ):
        for place, amount in zip(places, amounts, strict=True):
            if amount > 0.0:
                sums[cause, place] = sums.get((cause, place), 0.0) + amount
