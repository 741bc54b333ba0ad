"""Failed deliveries come again until they are dead letters.

A message that fails (error, visibility timeout, turned away, lost on the way) is delivered again `backoff_s` later, up
to `retries` times; then it is a dead letter (Amazon SQS developer guide, "Dead-letter queues": maxReceiveCount =
retries + 1). With a share p of failures a message costs Σ p^q deliveries, and p^(retries+1) of them die.

The backlog may last for hours, so a failure is known when the consumers are through with the message, not when it was
sent: deliveries are counted by generation as they leave the pool, which is well mixed as for every other stream.
"""

from devops_tycoon.sim.flow.memory import MESSAGES, TRIES
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.users import push


def deliver_again(plan: Plan, state: FlowState, tick: Tick) -> None:
    """Put this tick's failed deliveries into the next generation's line, the last ones among the dead letters."""
    for e in plan.messages:
        call = plan.network.calls[e]
        waits = 0 if call.ordered else call.retries
        generations = [*tick.generations[e][:waits]]
        last = tick.attempts[e]
        for count in generations:
            last -= count
        generations.append(max(0.0, last))
        reach = (1.0 - tick.att_error[e]) - tick.att_lost[e]
        enters = max(0.0, reach - tick.bounced[e])
        slow = tick.att_slow[e] / enters if enters > 0.0 else 0.0
        fails = 1.0 - (1.0 - slow) * (1.0 - tick.fail[call.callee])
        left, served = tick.inside[e], tick.stream_served[e]
        leaves = served / (left + served) if served > 0.0 else 0.0
        rest = left + served  # of the first generation: what is no other's
        begin = plan.memory.at[MESSAGES].get(e, -1)
        failed = [0.0] * (waits + 1)
        stays = [0.0] * waits
        for q in range(waits, -1, -1):
            there = rest
            if q > 0:
                there = min(rest, state.memory[begin + q - 1] + generations[q] * enters)
                rest -= there
                stays[q - 1] = there * (1.0 - leaves)
            failed[q] = generations[q] * (1.0 - enters) + there * leaves * fails
        if not call.ordered:
            tick.redelivered[e] = stays
        tick.dead[e] = failed[waits]
        ticks = plan.length[e]
        pause = max(1.0, call.backoff_s / plan.network.tick_s)
        for q in range(waits):
            push(tick.buffer, plan.line[e] + q * ticks, ticks, pause, failed[q])


def remember_messages(plan: Plan, tick: Tick, memory: list[float]) -> None:
    """Keep how many messages of each later generation are in the consumers' pools, and the tries of ordered ones."""
    for kind in (MESSAGES, TRIES):
        for e, begin in plan.memory.at[kind].items():
            values = tick.redelivered.get(e, [])
            memory[begin : begin + len(values)] = values
