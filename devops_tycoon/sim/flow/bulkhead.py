"""Bulkheads: at most N attempts of a caller are under way at a callee; more fail at once.

M. Nygard, *Release It!* (2007). Attempts under way are busy servers of a system without waiting places: the share
turned away is Erlang's loss B(N, rate × time), whatever the times are distributed like (A. K. Erlang 1917; for any
times B. Sevastyanov 1957). The time is that of a callee that has taken in what the bulkhead lets pass, so the two are
solved together, by bisection.
"""

from devops_tycoon.sim.flow.queueing import blocking


def share_let_in(
    places: int, offered: float, dt: float, answer_s: float, limit: float | None, backlog: float, capacity: float
) -> float:
    """Return the share of `offered` attempts (of this tick) that find a place.

    `answer_s` is the callee's time without a wait; `backlog` what would wait there at the end of the tick if nobody
    passed (negative: spare); `capacity` what it finishes per second.
    """
    if offered <= 0.0:
        return 1.0
    if places <= 0:
        return 0.0
    rate = offered / dt

    def found(passed: float) -> float:
        wait = max(0.0, backlog + passed) / capacity if capacity > 0.0 else 1e6
        time = answer_s + wait
        if limit is not None and time > limit:
            time = limit
        return 1.0 - blocking(places, rate * time / places)

    low, high = 0.0, 1.0
    if found(offered) >= 1.0 - 1e-12:
        return 1.0
    for _ in range(30):
        middle = 0.5 * (low + high)
        if found(offered * middle) > middle:
            low = middle
        else:
            high = middle
    return high
