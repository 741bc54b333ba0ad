"""Messages: calls whose caller does not wait, and the call that enqueues them.

A detached call costs its caller the hand-over and nothing else: it cannot fail, degrade or slow the answer. The
callee's pool is the consumers and their backlog. Three formulas are all there is to a backlog of B messages:

* it drains in B / (capacity − rate) seconds, and never if the rate is not below the capacity (the fluid limit of a
  queue: G. Newell, *Applications of Queueing Theory*, 1971);
* who comes now waits B / capacity;
* the oldest has waited B / λ, λ being the mean rate at which those came that still wait (J. Little, 1961).
"""

from devops_tycoon.sim.flow.memory import TRIES
from devops_tycoon.sim.flow.network import Call
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.sojourn import limited
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick

MOST_ORDERED_CV2 = 1e6
"""Holding times of ordered messages may vary that much: their pool has one slot, and the mean wait of M/G/1 is exact
whatever they are distributed like (F. Pollaczek 1930, A. Khinchin 1932)."""


def handed_over(plan: Plan, tick: Tick, e: int, call: Call, rest: tuple[float, float]) -> tuple[float, float, float]:
    """Note how deliveries end; return mean and variance of the hand-over and its share of degraded answers (none).

    `rest` is mean (s) and variance (s²) of the processing, from the consumer on: the visibility timeout runs from when
    a consumer takes the message (Amazon SQS developer guide, "Visibility timeout"), so the backlog is no part of it.
    A consumer that takes longer goes on; the message is delivered again all the same.
    """
    j = call.callee
    p = plan.network.nodes[j].pool
    slow = 0.0 if call.timeout_s is None or call.ordered else limited(0.0, 0.0, 0.0, *rest, call.timeout_s)[0]
    turned = 1.0 - (1.0 - min(1.0, tick.full_share[p] + tick.down_share[p])) * (1.0 - tick.shed[e])
    arrives = (1.0 - call.error) * (1.0 - call.lost)
    taken = arrives * (1.0 - turned)
    tick.att_error[e] = call.error
    tick.att_lost[e] = (1.0 - call.error) * call.lost
    tick.bounced[e] = arrives * turned
    tick.att_slow[e] = taken * slow
    tick.att_fail[e] = min(1.0, 1.0 - taken * (1.0 - slow) * (1.0 - tick.fail[j]))
    tick.attempt_mean[e] = call.latency_s
    return call.latency_s, 0.0, 0.0


def call_again(plan: Plan, state: FlowState, n: int, first: list[float]) -> None:
    """Make the calls of a node once per try of its message where redeliveries are no new requests (`ordered.py`)."""
    for e in plan.topology.calls[n]:
        first[e] *= state.memory[plan.memory.at[TRIES][plan.ordered[n]]]
