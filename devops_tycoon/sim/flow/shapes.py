"""Keeping the state when the network changes: new timeouts, new services, splits and merges."""

from devops_tycoon.sim.flow.blame import cause_count
from devops_tycoon.sim.flow.memory import moved
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.plan import OUTCOMES, Plan, plan_of
from devops_tycoon.sim.flow.rest import empty
from devops_tycoon.sim.flow.staleness import fitted_pot, stale_causes
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.numerics.replace import replace


def refit(plan: Plan, state: FlowState) -> FlowState:
    """Return the state with delay lines as long as the plan's timeouts and retries need; counts must be the same."""
    if state.shape == plan.shape and len(state.pot) == cause_count(plan):
        if state.layout == plan.memory.layout:
            return state
        return replace(state, memory=_kept(state, plan), layout=plan.memory.layout)
    same = (
        len(state.level) == len(plan.slots)
        and len(state.hold_s) == len(plan.work)
        and len(state.first) == len(plan.network.calls)
        and len(state.shape) == len(plan.shape)
    )
    if not same:
        raise ValueError("the state belongs to another network; make it fit with carry(old, state, new)")
    entries = len(plan.line)
    calls = len(plan.network.calls)
    pairs = [(i, i) for i in range(entries)]
    pot = fitted_pot(plan, state.pot)
    lines = _move_lines(state, plan, pairs, calls, pot)
    inside = list(state.inside[:calls])
    begin = calls
    for d in range(entries - calls):
        had = int(state.shape[2 * (calls + d) + 1]) - OUTCOMES + 1
        inside += _fold(list(state.inside[begin : begin + had]), plan.network.demands[d].retries + 1)
        begin += had
    return replace(
        state,
        inside=tuple(inside),
        lines=tuple(lines),
        shape=plan.shape,
        pot=tuple(pot),
        memory=_kept(state, plan),
        layout=plan.memory.layout,
    )


def _kept(state: FlowState, plan: Plan) -> tuple[float, ...]:
    """Return the memory for new settings of the same network."""
    return moved(state.memory, state.layout, plan.memory, {i: i for i in range(len(plan.line) + len(plan.slots))})


def _fold(values: list[float], size: int) -> list[float]:
    """Return `values` with a new length; what has no place any more joins the last."""
    kept = values[:size] + [0.0] * (size - len(values))
    for value in values[size:]:
        kept[-1] += value
    return kept


def _move_lines(
    state: FlowState, plan: Plan, pairs: list[tuple[int, int]], old_calls: int, pot: list[float]
) -> list[float]:
    """Copy the delay lines of old entry (call or demand) `a` to new entry `b` for every pair (a, b).

    Users who were about to try again and may no longer have given up: they go to `pot` as well.
    """
    calls = len(plan.network.calls)
    first_entry = len(pot) - len(plan.network.demands) - calls
    begin: list[int] = []
    at = 0
    for i in range(len(state.shape) // 2):
        begin.append(at)
        at += int(state.shape[2 * i]) * int(state.shape[2 * i + 1])
    lines = [0.0] * plan.line_total
    for a, b in pairs:
        ticks, count = int(state.shape[2 * a]), int(state.shape[2 * a + 1])
        new_ticks, new_count = plan.length[b], plan.line_count[b]
        outcomes = OUTCOMES if a >= old_calls else 0
        for k in range(count):
            old_line = list(state.lines[begin[a] + k * ticks : begin[a] + (k + 1) * ticks])
            from_end = count - k
            if from_end <= outcomes:
                to = new_count - from_end
            else:
                to = min(k, new_count - outcomes - 1)
                if to < 0 and outcomes == 0:
                    continue  # a call's retries are part of its caller's request, which goes on
                if to < 0:
                    to = new_count - 1
                    for value in old_line:
                        pot[first_entry + b] += value
            for i, value in enumerate(_fold(old_line, new_ticks)):
                lines[plan.line[b] + to * new_ticks + i] += value
    return lines


def carry(old_network: Network, old_state: FlowState, new_network: Network) -> FlowState:
    """Return the state for a changed network: pools, nodes and demands match by id, calls by the ids of their ends.

    What is new begins empty; a node keeps its times if its calls are the same. Requests inside a pool stay in it
    (those of a call that is gone count for another one into the same pool). What is in a pool that is gone is lost,
    and so are attempts on their way along a call that is gone.
    """
    old, new = plan_of(old_network), plan_of(new_network)
    old_state = refit(old, old_state)
    fresh = empty(new_network)
    pools = _match([p.id for p in old_network.pools], [p.id for p in new_network.pools])
    nodes = _match([n.id for n in old_network.nodes], [n.id for n in new_network.nodes])
    calls = _match(_call_ids(old_network), _call_ids(new_network))
    demands = _match([d.id for d in old_network.demands], [d.id for d in new_network.demands])
    old_calls, new_calls = len(old_network.calls), len(new_network.calls)
    inside = list(fresh.inside)
    stranded = [0.0] * len(new_network.pools)
    kept_pool = dict(pools)
    landing = dict(calls)
    for a, b in demands:
        last = new_network.demands[b].retries
        for q in range(old_network.demands[a].retries + 1):
            landing[old.demand_stream[a] + q] = new.demand_stream[b] + min(q, last)
    for s, amount in enumerate(old_state.inside):
        p = kept_pool.get(old_network.nodes[old.target[s]].pool)
        if p is None or amount <= 0.0:
            continue
        to = landing.get(s)
        if to is not None and to in new.entering[p]:
            inside[to] += amount
        else:
            stranded[p] += amount
    level = list(fresh.level)
    for p, amount in enumerate(stranded):
        if amount > 0.0 and new.entering[p]:
            inside[new.entering[p][0]] += amount
    for a, b in pools:
        if new.entering[b]:
            level[b] = old_state.level[a]
    pairs = [(a, b) for a, b in calls if not new.topology.local[b] and not old.topology.local[a]]
    pairs += [(old_calls + a, new_calls + b) for a, b in demands]
    quotas = [(len(old.line) + a, len(new.line) + b) for a, b in pools]
    pot = [0.0] * cause_count(new)
    lines = _move_lines(old_state, new, pairs, old_calls, pot)
    _move_pot(old_state.pot, pot, old, new, pools, nodes, calls, demands)
    known = {a: b for a, b in calls if old.topology.local[a] == new.topology.local[b]}
    same = [(a, b) for a, b in nodes if [known.get(e) for e in old.topology.calls[a]] == list(new.topology.calls[b])]
    return replace(
        fresh,
        level=tuple(level),
        variance=_taken(fresh.variance, old_state.variance, pools),
        waiting=_taken(fresh.waiting, old_state.waiting, pools),
        fixed_s=_taken(fresh.fixed_s, old_state.fixed_s, pools),
        theta_s=_taken(fresh.theta_s, old_state.theta_s, pools),
        inside=tuple(inside),
        hold_s=_taken(fresh.hold_s, old_state.hold_s, same),
        hold_var_s2=_taken(fresh.hold_var_s2, old_state.hold_var_s2, same),
        answer_s=_taken(fresh.answer_s, old_state.answer_s, same),
        answer_var_s2=_taken(fresh.answer_var_s2, old_state.answer_var_s2, same),
        branch=_taken(fresh.branch, old_state.branch, same),
        branch_s=_taken(fresh.branch_s, old_state.branch_s, same),
        branch_var_s2=_taken(fresh.branch_var_s2, old_state.branch_var_s2, same),
        failing=_taken(fresh.failing, old_state.failing, calls),
        first=_taken(fresh.first, old_state.first, calls),
        lines=tuple(lines),
        pot=tuple(pot),
        clock=old_state.clock,
        memory=moved(old_state.memory, old_state.layout, new.memory, dict(pairs + quotas)),
        layout=new.memory.layout,
    )


def _match(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    place = {name: i for i, name in enumerate(old)}
    return [(place[name], j) for j, name in enumerate(new) if name in place]


def _call_ids(network: Network) -> list[str]:
    seen: dict[str, int] = {}
    ids: list[str] = []
    for call in network.calls:
        name = f"{network.nodes[call.caller].id}\n{network.nodes[call.callee].id}"
        seen[name] = seen.get(name, 0) + 1
        ids.append(f"{name}\n{seen[name]}")
    return ids


def _taken(fresh: tuple[float, ...], old: tuple[float, ...], pairs: list[tuple[int, int]]) -> tuple[float, ...]:
    values = list(fresh)
    for a, b in pairs:
        values[b] = old[a]
    return tuple(values)


def _move_pot(
    old_pot: tuple[float, ...],
    pot: list[float],
    old: Plan,
    new: Plan,
    pools: list[tuple[int, int]],
    nodes: list[tuple[int, int]],
    calls: list[tuple[int, int]],
    demands: list[tuple[int, int]],
) -> None:
    """Move what is decided but not noticed; causes that are gone count as slowness of the first demand's entry."""
    begin = new_begin = 0
    before = after = 0.0
    for pairs, size, new_size in (
        (pools, len(old.slots), len(new.slots)),
        (pools, len(old.slots), len(new.slots)),
        (nodes, len(old.work), len(new.work)),
        (calls, len(old.network.calls), len(new.network.calls)),
        (calls, len(old.network.calls), len(new.network.calls)),
        (calls, len(old.network.calls), len(new.network.calls)),
        (pools, len(old.slots), len(new.slots)),
        (calls, len(old.network.calls), len(new.network.calls)),
        (calls, len(old.network.calls), len(new.network.calls)),
        (calls if old.stale and new.stale else [], stale_causes(old), stale_causes(new)),
        (demands, len(old.network.demands), len(new.network.demands)),
    ):
        for a, b in pairs:
            pot[new_begin + b] += old_pot[begin + a]
            after += old_pot[begin + a]
        begin += size
        new_begin += new_size
    for amount in old_pot:
        before += amount
    if new.network.demands and before > after:
        pot[len(pot) - len(new.network.demands)] += before - after
