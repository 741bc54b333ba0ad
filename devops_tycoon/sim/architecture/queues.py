"""Queues between services: what nobody waits for becomes a message, tried again until it is taken.

A message that fails comes back after the visibility timeout, so one that only took long is done twice.
"""

from devops_tycoon.sim.architecture.draft import Draft
from devops_tycoon.sim.basis import Rules, World, dial, replace

VISIBLE_S = 30.0
"""A message whose work is not done after so long is given to another worker [design value]."""
DELIVERIES = 12
"""Tried this often, then put aside."""
AGAIN_S = 30.0


def queued(draft: Draft, world: World, rules: Rules) -> None:
    """Turn calls that may come later into messages, on links that have a queue."""
    links = {a.target for a in world.practices if ">" in a.target}
    links = {link for link in links if dial(world, rules, "queued", link) > 0}
    if not links:
        return
    later = {(c.id, call.to) for c in rules.capability.values() for call in c.calls if call.message}
    for at, call in enumerate(draft.calls):
        caller, callee = draft.nodes[call.caller], draft.nodes[call.callee]
        ends = f"{draft.pools[caller.pool].id}>{draft.pools[callee.pool].id}"
        if ends in links and caller.pool != callee.pool and (caller.id, callee.id) in later:
            draft.calls[at] = replace(
                call,
                detached=True,
                timeout_s=VISIBLE_S,
                retries=DELIVERIES - 1,
                backoff_s=AGAIN_S,
                jitter=0.5,
                breaker=None,
                budget=None,
                bulkhead=None,
            )
            draft.changed = True
