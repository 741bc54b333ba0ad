"""The physics: requests as a fluid with a second moment (queues, held workers, retries, timeouts)."""

from devops_tycoon.sim.flow.kernel import advance
from devops_tycoon.sim.flow.network import Breaker, Cache, Call, Demand, Network, Node, Pool, Stale
from devops_tycoon.sim.flow.paths import percentiles
from devops_tycoon.sim.flow.rest import empty
from devops_tycoon.sim.flow.shapes import carry
from devops_tycoon.sim.flow.state import FlowState, Reading
from devops_tycoon.sim.flow.topology import CircularCallsError

__all__ = [
    "Breaker",
    "Cache",
    "Call",
    "CircularCallsError",
    "Demand",
    "FlowState",
    "Network",
    "Node",
    "Pool",
    "Reading",
    "Stale",
    "advance",
    "carry",
    "empty",
    "percentiles",
]
