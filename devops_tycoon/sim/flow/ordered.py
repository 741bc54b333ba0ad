"""Ordered messages: one that fails blocks those behind it until it is delivered or dead.

A partition (or message group) hands out one message at a time (Apache Kafka documentation, "Consumers"; Amazon SQS
developer guide, "FIFO queues": nothing else of the group is delivered meanwhile). So its redeliveries happen in the
slot: the slot is held for all tries and the pauses between them, Σ p^q tries with a share p of failures.

The mean of the queue is that of M/G/1 (`messages.MOST_ORDERED_CV2`); how single waits are spread around it is not
promised, since a hold that rarely is very long makes them anything but exponential.
"""

from devops_tycoon.sim.flow.attempts import tries
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.sojourn import limited
from devops_tycoon.sim.flow.station import NEVER_S
from devops_tycoon.sim.flow.tick import Tick


def hold_for_all_tries(plan: Plan, tick: Tick) -> None:
    """Make what a node's message needs in one try into what it needs in all; the rest of its failures are dead."""
    for n, e in plan.ordered.items():
        call = plan.network.calls[e]
        stretch = plan.stretch[plan.network.nodes[n].pool]
        mean, var = tick.answer[n] * stretch, tick.answer_var[n] * stretch * stretch
        slow = 0.0
        if call.timeout_s is not None:
            slow, mean, square = limited(0.0, 0.0, 0.0, mean, var, call.timeout_s)
            var = max(0.0, square - mean * mean)
        p = min(1.0, 1.0 - (1.0 - slow) * (1.0 - tick.fail[n]))
        made, mean, var = tries(p, call.retries, mean, var, call.backoff_s)
        tick.answer[n] = tick.hold[n] = min(NEVER_S, mean / stretch)
        tick.answer_var[n] = tick.hold_var[n] = min(NEVER_S * NEVER_S, var / (stretch * stretch))
        tick.fail[n] = p
        for _ in range(call.retries):
            tick.fail[n] *= p
        tick.redelivered[e] = [made]
