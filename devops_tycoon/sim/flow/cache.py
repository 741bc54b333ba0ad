"""Caches in the tick (MODEL J): what is answered from memory is not asked for, takes its own time and never fails."""

from math import sqrt

from devops_tycoon.sim.flow.contents import FAIL, FETCH, HIT, JOINED, OWN, pass_tick, size_of
from devops_tycoon.sim.flow.memory import CACHE
from devops_tycoon.sim.flow.network import Cache, Call
from devops_tycoon.sim.flow.plan import Plan
from devops_tycoon.sim.flow.state import FlowState
from devops_tycoon.sim.flow.tick import Tick


def ask(plan: Plan, state: FlowState, tick: Tick, e: int, wanted: float) -> float:
    """Return how many of the `wanted` answers of call `e` the origin is asked for in this tick; note what is kept."""
    cache, at = plan.network.calls[e].cache, plan.memory.at[CACHE].get(e)
    if cache is None or at is None:
        return wanted
    dt = plan.network.tick_s
    kept = tick.cached[e] = list(state.memory[at : at + size_of(cache, dt)])
    return pass_tick(cache, dt, kept, wanted)


def answered(
    plan: Plan, state: FlowState, tick: Tick, e: int, call: Call, cost: float, cost_var: float
) -> tuple[float, float, float]:
    """Return mean and variance of the time of an answer, from the cache or not, and the share that needs the origin.

    A hit costs its time, never fails and is never degraded. Who joins a fetch waits for the rest of it, E[T²]/2E[T]
    (the inspection paradox), and shares its fate.
    """
    cache, at = call.cache, plan.memory.at[CACHE].get(e)
    if cache is None or at is None:
        return cost, cost_var, 1.0
    tick.fetched[e] = (cost, sqrt(tick.answer_var[call.callee]), tick.failing[e])
    kept = tick.cached.get(e)
    hit = kept[HIT] if kept is not None else state.memory[at + HIT]
    joined = kept[JOINED] if kept is not None else state.memory[at + JOINED]
    tick.hit[e], tick.joined[e] = hit, joined
    asked = max(0.0, 1.0 - hit - joined)
    square = cost_var + cost * cost
    rest = 0.5 * square / cost if cost > 0.0 else 0.0
    mean = hit * cache.time_s + asked * cost + joined * rest
    second = hit * cache.time_s * cache.time_s + asked * square + joined * rest * rest * 4.0 / 3.0
    share = asked + joined
    tick.failing[e] *= share
    tick.gate_fail[e] *= share
    return mean, max(0.0, second - mean * mean), share


def learn(plan: Plan, tick: Tick, memory: list[float]) -> None:
    """Write what the caches keep after this tick, and what the origin's answers cost."""
    for e, at in plan.memory.at[CACHE].items():
        kept = tick.cached.get(e)
        if kept is not None:
            memory[at : at + len(kept)] = kept
        memory[at + FETCH], memory[at + OWN], memory[at + FAIL] = tick.fetched[e]


def begun(plan: Plan, tick: Tick, memory: tuple[float, ...]) -> tuple[float, ...]:
    """Return the memory with which a network begins: the caches know how long a fetch takes before anybody asks."""
    if not plan.memory.at[CACHE]:
        return memory
    values = list(memory)
    learn(plan, tick, values)
    return tuple(values)


def thinned(tick: Tick, e: int, bunch: float) -> float:
    """Return E[N²]/E[N] of calls when only the misses are made; `bunch` is that of all of them."""
    kept = tick.cached.get(e)
    return bunch if kept is None else 1.0 + (bunch - 1.0) * max(0.0, 1.0 - kept[HIT] - kept[JOINED])


def sampled(
    cache: Cache, hit: float, joined: float, times: list[float], lost: list[bool] | None, draws: list[float]
) -> tuple[list[float], list[bool] | None]:
    """Return times and failures of sampled answers, some of them hits and some joining a fetch in flight."""
    spent: list[float] = []
    for time, u in zip(times, draws, strict=True):
        if u < hit:
            spent.append(cache.time_s)
        elif u < hit + joined:
            spent.append(time * (u - hit) / joined)
        else:
            spent.append(time)
    if lost is None:
        return spent, None
    return spent, [u >= hit and gone for gone, u in zip(lost, draws, strict=True)]
