"""Pools of one level: what enters them, and how their nodes call each other and on."""

from dataclasses import dataclass

import numpy as np

from devops_tycoon.lab.vector.exact import Array, Index, column, indices
from devops_tycoon.lab.vector.queueing import Tables
from devops_tycoon.lab.vector.shares import Sums
from devops_tycoon.lab.vector.station import Stations, stations_of
from devops_tycoon.sim.flow.plan import Plan


@dataclass(frozen=True, slots=True)
class Crowd:
    """Pools of a level in front of which only so many callers can stand (see `_crowd` of the plain kernel)."""

    rows: Index
    """Of the level's live pools."""
    known: Index
    """Among all pools with a crowd."""
    places: Index
    c: Index
    base: Index


@dataclass(frozen=True, slots=True)
class Round:
    """Nodes of a level whose callers within their own pool are done, and the calls they make."""

    nodes: Index
    """That pool-mates call; empty in the first round."""
    inner: Index
    """The pool-mates' calls."""
    callers_of_inner: Index
    inner_alone: Array
    inner_together: Array
    sums: Sums
    """Nodes first, then the calls to them."""
    outgoing: Index
    callers: Index


@dataclass(frozen=True, slots=True)
class PoolLevel:
    """Pools that are independent of each other, and what enters them."""

    pools: Index
    stretch: Array
    down: Array
    """1 where new arrivals are refused."""
    live: Index
    """Rows with slots."""
    stations: Stations
    dead: Index
    dead_places: Array
    slots: Array
    queue: Array
    crowd: Crowd | None
    shut: Index
    """Rows without slots that have a queue with an end."""
    limited: tuple[tuple[int, Index, tuple[int, ...]], ...]
    """Rows with a limit: row, its rows among the streams, their priorities."""
    streams: Index
    target: Index
    at: Index
    """Per stream: row of its pool."""
    reach: Array
    crowded: Array
    """Per row: streams."""
    by_pool: Sums
    by_node: Sums
    nodes: Index
    calls: Index
    """Calls among the streams."""
    call_rows: Index
    callers: Index
    alone: Array
    together: Array
    generations: int
    rounds: tuple[Round, ...]


def a_pool_level(plan: Plan, tables: Tables, pools: list[int], crowd_place: dict[int, int]) -> PoolLevel:
    """Prepare a level of pools."""
    network, topology = plan.network, plan.topology
    count = len(network.calls)
    live = [i for i, p in enumerate(pools) if plan.slots[p] > 0]
    dead = [i for i, p in enumerate(pools) if plan.slots[p] == 0]
    streams = [(i, s) for i, p in enumerate(pools) for s in plan.entering[p]]
    nodes = [n for p in pools for n in topology.members[p]]
    spot = {n: i for i, n in enumerate(nodes)}
    made = [(row, s) for row, (_, s) in enumerate(streams) if s < count]
    crowds: list[tuple[int, int, int]] = []
    for row, i in enumerate(live):
        p = pools[i]
        if plan.crowd[p] >= 0.0:
            places = int(plan.crowd[p]) - plan.slots[p]
            if places <= 150:
                crowds.append((row, p, places))
    queues = [network.pools[p].queue for p in pools]
    limits = [network.pools[p].limit for p in pools]
    dead_places: list[int | None] = []
    for i in dead:
        ends = [int(end) for end in (queues[i], limits[i]) if end is not None]
        dead_places.append(min(ends, default=None))
    return PoolLevel(
        pools=indices(pools),
        stretch=column([plan.stretch[p] for p in pools]),
        down=column([float(network.pools[p].down) for p in pools]),
        live=indices(live),
        stations=stations_of(
            tables, [plan.slots[pools[i]] for i in live], [queues[i] for i in live], [limits[i] for i in live]
        ),
        dead=indices(dead),
        dead_places=column([np.inf if q is None else float(q) for q in dead_places]),
        slots=column([float(plan.slots[p]) for p in pools]),
        queue=column([np.inf if q is None else float(q) for q in queues]),
        crowd=Crowd(
            indices([row for row, _, _ in crowds]),
            indices([crowd_place[p] for _, p, _ in crowds]),
            indices([k for _, _, k in crowds]),
            indices([plan.slots[p] for _, p, _ in crowds]),
            indices([257 * tables.row[plan.slots[p]] for _, p, _ in crowds]),
        )
        if crowds
        else None,
        shut=indices([i for i in dead if queues[i] is not None]),
        limited=tuple(
            [
                (
                    i,
                    indices([row for row, (j, _) in enumerate(streams) if i == j]),
                    tuple([plan.priority[s] for s in plan.entering[p]]),
                )
                for i, p in enumerate(pools)
                if limits[i] is not None
            ]
        ),
        streams=indices([s for _, s in streams]),
        target=indices([plan.target[s] for _, s in streams]),
        at=indices([i for i, _ in streams]),
        reach=column([plan.reach[s] for _, s in streams]),
        crowded=column([float(len(plan.entering[p])) for p in pools]),
        by_pool=Sums([i for i, _ in streams], len(pools)),
        by_node=Sums([spot[plan.target[s]] for _, s in streams], len(nodes)),
        nodes=indices(nodes),
        calls=indices([s for _, s in made]),
        call_rows=indices([row for row, _ in made]),
        callers=indices([network.calls[s].caller for _, s in made]),
        alone=column([plan.batch[s] for _, s in made]),
        together=column([_together(plan, s) for _, s in made]),
        generations=max([plan.line_count[s] for _, s in made], default=0),
        rounds=_inner_rounds(plan, nodes),
    )


def _together(plan: Plan, e: int) -> float:
    call = plan.network.calls[e]
    return call.calls if call.calls < 1.0 or (call.parallel and not plan.topology.local[e]) else 1.0


def _inner_rounds(plan: Plan, nodes: list[int]) -> tuple[Round, ...]:
    topology, calls = plan.topology, plan.network.calls
    into: dict[int, list[int]] = {}
    depth: dict[int, int] = {}
    for n in nodes:  # members in the order of computation
        depth.setdefault(n, 0)
        for e in topology.calls[n]:
            if topology.local[e]:
                into.setdefault(calls[e].callee, []).append(e)
                depth[calls[e].callee] = max(depth.get(calls[e].callee, 0), depth[n] + 1)
    rounds: list[Round] = []
    for k in range(max(depth.values(), default=-1) + 1):
        here = [n for n in nodes if depth[n] == k]
        called = here if k > 0 else []
        inner = [(i, e) for i, n in enumerate(called) for e in into[n]]
        outgoing = [e for n in here for e in topology.calls[n]]
        rounds.append(
            Round(
                indices(called),
                indices([e for _, e in inner]),
                indices([calls[e].caller for _, e in inner]),
                column([1.0 for _ in inner]),
                column([_together(plan, e) for _, e in inner]),
                Sums([*range(len(called)), *[i for i, _ in inner]], len(called)),
                indices(outgoing),
                indices([calls[e].caller for e in outgoing]),
            )
        )
    return tuple(rounds)
