"""The arrays one vector tick works on: what is known before it, and its scratch."""

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, Mask
from devops_tycoon.lab.vector.layout import Layout
from devops_tycoon.lab.vector.tails import Tails


class Before:
    """What a tick starts from and no pass of it changes; all arrays are (items, columns)."""

    __slots__ = ("again", "all_out", "demand", "given_up", "made", "passed", "state", "tails")

    state: dict[str, Array]
    """As in `FlowState`, without lines."""
    again: tuple[Array, ...]
    """Per generation after the first: attempts of each call that are due now."""
    demand: Array
    """Attempts per demand stream."""
    passed: Array
    """Per call: share of its caller's requests that get as far as this call."""
    made: Array
    """Per call: calls made by a request that gets so far."""
    given_up: Mask
    """Per pool with a crowd: some of its callers may give up, so there are more requests than callers."""
    all_out: Array
    """Per pool with a crowd: how likely all callers of one kind are busy."""
    tails: Tails
    """Per timed request: how it would have ended at the start of the tick."""

    def narrowed(self, columns: Index) -> "Before":
        """Return only these columns."""
        some = Before()
        some.state = {name: values[:, columns] for name, values in self.state.items()}
        some.again = tuple([values[:, columns] for values in self.again])
        some.demand = self.demand[:, columns]
        some.passed = self.passed[:, columns]
        some.made = self.made[:, columns] if self.made.shape[1] > 1 else self.made
        some.given_up = self.given_up[:, columns]
        some.all_out = self.all_out[:, columns]
        some.tails = self.tails.narrowed(columns)
        return some


_POOL_ZERO = (
    "arrivals",
    "served",
    "rejected",
    "refused",
    "full_share",
    "down_share",
    "pool_hold",
    "pool_hold_var",
    "shed_count",
)
_NODE_ZERO = ("visits", "asked", "packed", "branch_fail", "fail", "degraded")
_CALL_ZERO = (
    "failing",
    "att_error",
    "att_lost",
    "bounced",
    "att_slow",
    "att_fail",
    "quick_fail",
    "attempt_mean",
    "lost_s",
    "core_s",
    "dep_s",
    "held_s",
)
_KEPT = {
    "level": "level",
    "variance": "variance",
    "waiting": "waiting",
    "fixed": "fixed_s",
    "theta": "theta_s",
    "inside": "inside",
    "hold": "hold_s",
    "hold_var": "hold_var_s2",
    "answer": "answer_s",
    "answer_var": "answer_var_s2",
    "branch": "branch",
    "branch_s": "branch_s",
    "branch_var": "branch_var_s2",
    "first": "first",
}


class Tick:
    """Scratch of one pass, named as in the plain kernel's `Tick`."""

    __slots__ = (
        *_POOL_ZERO,
        *_NODE_ZERO,
        *_CALL_ZERO,
        *_KEPT,
        "attempts",
        "generations",
        "grant",
        "paid",
        "shed",
        "stream_served",
        "tails",
        "wanted",
    )

    level: Array
    variance: Array
    waiting: Array
    fixed: Array
    theta: Array
    arrivals: Array
    served: Array
    rejected: Array
    refused: Array
    full_share: Array
    down_share: Array
    pool_hold: Array
    pool_hold_var: Array
    shed_count: Array
    inside: Array
    attempts: Array
    stream_served: Array
    shed: Array
    """Share of each stream that a limit sheds; no rows where no pool has a limit."""
    visits: Array
    asked: Array
    packed: Array
    hold: Array
    hold_var: Array
    answer: Array
    answer_var: Array
    branch: Array
    branch_s: Array
    branch_var: Array
    branch_fail: Array
    fail: Array
    degraded: Array
    first: Array
    failing: Array
    att_error: Array
    att_lost: Array
    bounced: Array
    att_slow: Array
    att_fail: Array
    quick_fail: Array
    attempt_mean: Array
    lost_s: Array
    core_s: Array
    dep_s: Array
    held_s: Array
    paid: Array
    """Per call, then per demand, like `wanted` and `grant`: first attempts, which earn tokens of a retry budget."""
    wanted: Array
    grant: Array
    generations: Array
    """Per call: first attempts, those after them included only in `Before.again`."""
    tails: Tails
    """Per timed request: how it ends at the end of the tick, which is the start of the next."""

    def __init__(self, layout: Layout, before: Before, guess: Array) -> None:
        state = before.state
        columns = guess.shape[1]
        pools, nodes = len(layout.plan.slots), len(layout.plan.work)
        calls, streams = len(layout.plan.network.calls), len(layout.plan.target)
        for name, source in _KEPT.items():
            setattr(self, name, state[source].copy())
        entries = calls + len(layout.plan.network.demands)
        self.paid, self.wanted = np.zeros((entries, columns)), np.zeros((entries, columns))
        self.grant = np.ones((entries, columns))
        for names, count in ((_POOL_ZERO, pools), (_NODE_ZERO, nodes), (_CALL_ZERO, calls)):
            block = np.zeros((len(names), count, columns))
            for i, name in enumerate(names):
                setattr(self, name, block[i])
        self.generations = np.zeros((calls, columns))
        self.attempts = np.zeros((streams, columns))
        self.attempts[calls:] = before.demand
        self.stream_served = np.zeros((streams, columns))
        self.shed = np.zeros((streams, columns)) if layout.sheds else np.zeros((0, columns))
        self.tails = Tails.blank(len(layout.timing.rows), columns)
        other = (guess != self.hold) & (self.hold > 0.0)
        ratio = guess / np.where(other, self.hold, 1.0)
        self.hold_var = np.where(other, self.hold_var * (ratio * ratio), self.hold_var)
        self.hold = guess.copy()

    def take_over(self, part: "Tick", columns: Index) -> None:
        """Replace these columns by those of a tick that has no others."""
        self.tails.put(slice(None), columns, part.tails)
        for name in self.__slots__:
            if name == "tails":
                continue
            getattr(self, name)[:, columns] = getattr(part, name)
