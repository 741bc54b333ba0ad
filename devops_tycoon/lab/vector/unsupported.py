"""What the vector kernel does not know: it says so instead of computing something else."""

from dataclasses import MISSING, fields

from devops_tycoon.sim.flow.network import Call, Demand, Network, Node, Pool

_KNOWN: dict[type, frozenset[str]] = {
    Pool: frozenset({"id", "slots", "queue", "down", "limit"}),
    Node: frozenset({"id", "pool", "work_s", "cv2", "slow_s", "error"}),
    Call: frozenset(
        {
            "caller",
            "callee",
            "calls",
            "required",
            "timeout_s",
            "retries",
            "backoff_s",
            "hold",
            "parallel",
            "latency_s",
            "lost",
            "error",
            "budget",
        }
    ),
    Demand: frozenset({"budget", "id", "entry", "timeout_s", "retries", "backoff_s", "threshold_s", "priority"}),
    Network: frozenset({"pools", "nodes", "calls", "demands", "tick_s"}),
}
"""Every field that is computed; any other must have its default, so that a new one is never overlooked."""


def unsupported(network: Network) -> str | None:
    """Return what the network uses that only the plain kernel computes, e.g. `Call.breaker`; None: nothing."""
    for items in (network.pools, network.nodes, network.calls, network.demands, (network,)):
        found = _first_odd(items)
        if found is not None:
            return found
    return None


def _first_odd(items: tuple[object, ...]) -> str | None:
    if not items:
        return None
    kind = type(items[0])
    known = _KNOWN[kind]
    for field in fields(kind):  # type: ignore[arg-type]
        if field.name in known:
            continue
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        for item in items:
            if getattr(item, field.name) != default:
                return f"{kind.__name__}.{field.name}"
    return None
