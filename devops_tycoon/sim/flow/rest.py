"""A flow at rest: the state of a network without any requests in it."""

from devops_tycoon.sim.flow.blame import cause_count
from devops_tycoon.sim.flow.cache import begun
from devops_tycoon.sim.flow.network import Network
from devops_tycoon.sim.flow.plan import plan_of
from devops_tycoon.sim.flow.reading import next_state
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick
from devops_tycoon.sim.flow.up import send_up

_MEMO = 4
_memo: list[tuple[Network, FlowState]] = []


def empty(network: Network) -> FlowState:
    """Return the state of a network without any requests in it; the last few are remembered."""
    for known, state in _memo:
        if known is network:
            return state
    state = _at_rest(network)
    _memo.insert(0, (network, state))
    del _memo[_MEMO:]
    return state


def _at_rest(network: Network) -> FlowState:
    plan = plan_of(network)
    pools, nodes, calls = len(plan.slots), len(plan.work), len(network.calls)
    none = (0.0,) * pools
    state = FlowState(
        level=none,
        variance=none,
        waiting=none,
        fixed_s=none,
        theta_s=none,
        inside=(0.0,) * len(plan.target),
        hold_s=plan.work,
        hold_var_s2=plan.work_var,
        answer_s=plan.work,
        answer_var_s2=plan.work_var,
        branch=(0.0,) * nodes,
        branch_s=(0.0,) * nodes,
        branch_var_s2=(0.0,) * nodes,
        failing=(0.0,) * calls,
        first=(0.0,) * calls,
        lines=(0.0,) * plan.line_total,
        shape=plan.shape,
        pot=(0.0,) * cause_count(plan),
        clock=(0.0,),
        memory=plan.memory.start,
        layout=plan.memory.layout,
    )
    tick = Tick(plan, state)
    send_up(plan, state, tick)  # twice: tails are means of the old and the new state
    state = next_state(state, tick, plan, [state.pot], state.memory)
    tick = Tick(plan, state)
    send_up(plan, state, tick)
    return next_state(state, tick, plan, [state.pot], begun(plan, tick, state.memory), 0.0)
