"""The lists one tick works on: they live from the start to the end of `advance` and nowhere else."""

from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState


class Tick:
    """Scratch of one tick, indexed as `FlowState` and `Reading` are; the passes read and write it in turn."""

    __slots__ = (
        "accepted",
        "answer",
        "answer_var",
        "arrivals",
        "att_error",
        "att_fail",
        "att_lost",
        "att_slow",
        "attempt_mean",
        "attempts",
        "bounced",
        "branch",
        "branch_fail",
        "branch_s",
        "branch_var",
        "buffer",
        "cached",
        "core_s",
        "crammed",
        "dead",
        "degraded",
        "denied",
        "dep_s",
        "down_share",
        "fail",
        "failing",
        "fetched",
        "first",
        "fixed",
        "full_share",
        "gate_fail",
        "generations",
        "grant",
        "held_s",
        "hit",
        "hold",
        "hold_var",
        "inside",
        "joined",
        "level",
        "lost_s",
        "opened",
        "paid",
        "passing",
        "pool_hold",
        "pool_hold_var",
        "quick_fail",
        "redelivered",
        "refused",
        "rejected",
        "served",
        "shed",
        "shed_count",
        "stale",
        "stale_calls",
        "stream_served",
        "theta",
        "throttled",
        "variance",
        "visits",
        "waiting",
        "wanted",
    )  # fmt: skip

    def __init__(self, plan: Plan, state: FlowState) -> None:
        pools, nodes = len(plan.slots), len(plan.work)
        calls, streams = len(plan.network.calls), len(plan.target)
        self.buffer = list(state.lines)
        # per pool
        self.level = list(state.level)
        self.variance = list(state.variance)
        self.waiting = list(state.waiting)
        self.fixed = list(state.fixed_s)
        self.theta = list(state.theta_s)
        self.arrivals = [0.0] * pools
        self.served = [0.0] * pools
        self.rejected = [0.0] * pools
        self.refused = [0.0] * pools
        self.full_share = [0.0] * pools
        self.down_share = [0.0] * pools
        self.pool_hold = [0.0] * pools
        self.pool_hold_var = [0.0] * pools
        # per stream
        self.inside = list(state.inside)
        self.attempts = [0.0] * streams
        self.stream_served = [0.0] * streams
        # per node
        self.visits = [0.0] * nodes
        self.hold = list(state.hold_s)
        self.hold_var = list(state.hold_var_s2)
        self.answer = list(state.answer_s)
        self.answer_var = list(state.answer_var_s2)
        self.branch = list(state.branch)
        self.branch_s = list(state.branch_s)
        self.branch_var = list(state.branch_var_s2)
        self.branch_fail = [0.0] * nodes
        self.fail = [0.0] * nodes
        self.degraded = [0.0] * nodes
        # per call: first attempts and final failures, then shares of attempts by fate, then where time goes
        self.first = list(state.first)
        self.failing = [0.0] * calls
        self.generations: list[list[float]] = [[] for _ in range(calls)]  # all but the last, where there are retries
        self.att_error = list(plan.lost[0])
        self.att_lost = list(plan.lost[1])
        self.bounced = [0.0] * calls
        self.att_slow = [0.0] * calls
        self.att_fail = [0.0] * calls
        self.quick_fail = [0.0] * calls
        self.attempt_mean = [0.0] * calls
        self.lost_s = list(plan.lost[2])
        self.core_s = [0.0] * calls
        self.dep_s = [0.0] * calls
        self.held_s = [0.0] * calls
        # per call, then per demand: first attempts, retries wanted, share of them that the budget grants
        entries = len(plan.line)
        self.paid = [0.0] * entries
        self.wanted = [0.0] * entries
        self.grant = [1.0] * entries
        # share of wanted attempts that pass the gate; of those denied: open breaker, full bulkhead, throttle; denied
        # attempts; share of attempts made that the callee took and answered in time
        self.passing = [1.0] * entries
        self.opened = [0.0] * entries
        self.crammed = [0.0] * entries
        self.throttled = [0.0] * entries
        self.denied = [0.0] * entries
        self.accepted = [1.0] * entries
        self.gate_fail = [0.0] * calls
        # of messages: dead letters; those in the pool that came again, by generation; tries of one in order
        self.dead = [0.0] * calls
        self.redelivered: dict[int, list[float]] = {}
        # share of good answers that are old: per node, and per call whose callee is a replica (its own share)
        self.stale = [0.0] * nodes if plan.stale else []
        self.stale_calls: dict[int, float] = {}
        # per call: shares answered by its cache, and by a fetch that was under way; per call with a cache: its memory
        # after this tick; time of a fetch, the part of it that is its own luck, failures
        self.hit = [0.0] * calls
        self.joined = [0.0] * calls
        self.cached: dict[int, list[float]] = {}
        self.fetched: dict[int, tuple[float, float, float]] = {}
        # shed by the callee's limit: share per stream, requests per pool
        self.shed = [0.0] * streams
        self.shed_count = [0.0] * pools
