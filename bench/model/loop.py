"""The plain kernel's arithmetic as a C loop: the plan goes over as flat arrays, state and reading come back.

What C sees is declared once, in `loop.c`; the declarations are read from there.
"""

import re
from collections.abc import Iterable, Sequence
from ctypes import CDLL, POINTER, Structure, byref, c_double, c_int, c_void_p, cast
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from bench.model.compiler import SOURCE
from devops_tycoon.sim.flow import FlowState, Network, Reading, advance
from devops_tycoon.sim.flow.plan import Plan, plan_of
from devops_tycoon.sim.flow.queueing import blocking_table, waiting_table

_TYPES: dict[str, Any] = {"int": c_int, "double": c_double}
_UNTOUCHED = ("shape", "memory", "layout")
"""Parts of the state that a tick without protections leaves as they are."""

Values = int | float | Sequence[int] | Sequence[float]


class UnsuitableError(ValueError):
    """The network uses what the C loop leaves out."""


def _declared() -> list[tuple[str, Any, bool]]:
    """Return (name, C type, is an array) of the fields of `struct network`, in order."""
    text = re.sub(r"/\*.*?\*/", "", SOURCE.read_text(encoding="utf-8"), flags=re.DOTALL)
    body = text[text.index("struct network {") :].partition("{")[2].partition("}")[0]
    found = []
    for line in body.split(";"):
        kind, _, names = line.strip().partition(" ")
        found += [(name.strip(" *"), _TYPES[kind], "*" in name) for name in names.split(",") if name]
    return found


_FIELDS = _declared()


class _Network(Structure):
    _fields_ = [(name, POINTER(kind) if many else kind) for name, kind, many in _FIELDS]


class Loop:
    """A network that runs in C, from a state on. `run` moves it; `state` and `reading` fetch copies."""

    def __init__(self, library: Path, network: Network, state: FlowState) -> None:
        plan = plan_of(network)
        _refuse(plan)
        self._c = CDLL(str(library))
        self._c.loop_begin.restype = c_void_p
        self._start = state
        self._sample = advance(network, state, (0.0,) * len(network.demands))[1]
        values: dict[str, Values] = _plan_values(plan)
        values.update({f"was_{f.name}": getattr(state, f.name) for f in fields(state) if f.name not in _UNTOUCHED})
        values.update({f"out_{f.name}": getattr(self._sample, f.name) for f in fields(Reading) if f.name != "clock"})
        self._arrays: dict[str, Any] = {}
        self._network = _Network()
        for name, kind, many in _FIELDS:
            value: Any = values[name]
            if many:
                array = self._arrays[name] = (kind * max(1, len(value)))(*value)
                value = cast(array, POINTER(kind))
            setattr(self._network, name, value)
        self._ticks = 0
        self._tick = c_void_p(self._c.loop_begin(byref(self._network)))
        if not self._tick:
            raise MemoryError

    def run(self, rates: Sequence[Sequence[float]]) -> None:
        """Advance by one tick for each element of `rates`; raise ArithmeticError where the plain kernel does."""
        flat = [rate for tick in rates for rate in tick]
        given = (c_double * max(1, len(flat)))(*flat)
        if self._c.loop_run(byref(self._network), self._tick, given, len(rates)):
            raise ArithmeticError("the C loop produced a number that is not finite")
        self._ticks += len(rates)

    def state(self) -> FlowState:
        """Return the state as `advance` would."""
        changed = {
            f.name: self._fetch("was_", f.name, self._start) for f in fields(FlowState) if f.name not in _UNTOUCHED
        }
        return replace(self._start, **changed)

    def reading(self) -> Reading:
        """Return the reading of the last tick."""
        seen = {f.name: self._fetch("out_", f.name, self._sample) for f in fields(Reading) if f.name != "clock"}
        return replace(self._sample, **seen, clock=self._start.clock[0] + self._ticks - 1)

    def close(self) -> None:
        """Give the memory back."""
        self._c.loop_end(self._tick)
        self._tick = c_void_p(None)

    def _fetch(self, prefix: str, name: str, like: Any) -> tuple[float, ...]:
        wanted = len(getattr(like, name))
        known = self._arrays.get(prefix + name)
        return (0.0,) * wanted if known is None else tuple(known[:wanted])  # of what the loop refuses there is none


def _refuse(plan: Plan) -> None:
    network = plan.network
    if plan.memory.start or any(plan.gated) or any(pool.limit is not None for pool in network.pools):
        raise UnsuitableError("the C loop knows no breakers, retry budgets, bulkheads, limits or throttling")
    if plan.choices or plan.stale or any(call.detached or call.ordered for call in network.calls):
        raise UnsuitableError("the C loop knows no alternatives, messages or lagging replicas")


def _plan_values(plan: Plan) -> dict[str, Values]:
    """Return what `struct network` has per pool, node, stream, call and demand; −1 stands for None."""
    network, topology = plan.network, plan.topology
    pools, nodes, calls, demands = network.pools, network.nodes, network.calls, network.demands
    kinds = sorted(set(plan.slots))
    tables = {c: i for i, c in enumerate(kinds)}
    entering, members = _flat(plan.entering), _flat(topology.members)
    holds, outgoing = _flat(plan.holds), _flat(topology.calls)
    return {
        "pools": len(pools),
        "nodes": len(nodes),
        "calls": len(calls),
        "demands": len(demands),
        "streams": len(plan.target),
        "entries": len(plan.line),
        "lines": plan.line_total,
        "causes": 3 * len(pools) + len(nodes) + 5 * len(calls) + len(demands),
        "dt": network.tick_s,
        "slots": plan.slots,
        "queue": [-1 if pool.queue is None else pool.queue for pool in pools],
        "down": [int(pool.down) for pool in pools],
        "table": [tables[c] for c in plan.slots],
        "pool_order": topology.pools,
        "member_at": members[0],
        "member": members[1],
        "enter_at": entering[0],
        "enter": entering[1],
        "holds_at": holds[0],
        "holds": holds[1],
        "stretch": plan.stretch,
        "crowd": plan.crowd,
        "pool_slots": [pool.slots for pool in pools],
        "waiting_tables": [value for c in kinds for value in waiting_table(c)],
        "blocking_tables": [value for c in kinds for value in blocking_table(c)],
        "pool": [node.pool for node in nodes],
        "order": topology.order,
        "rank": topology.rank,
        "call_at": outgoing[0],
        "call": outgoing[1],
        "work": plan.work,
        "work_var": plan.work_var,
        "node_error": [node.error for node in nodes],
        "target": plan.target,
        "reach": plan.reach,
        "batch": plan.batch,
        "caller": [call.caller for call in calls],
        "callee": [call.callee for call in calls],
        "required": [int(call.required) for call in calls],
        "retries": [call.retries for call in calls],
        "hold": [int(call.hold) for call in calls],
        "parallel": [int(call.parallel) for call in calls],
        "local": [int(inside) for inside in topology.local],
        "back": [int(back) for back in topology.back],
        "k": [call.calls for call in calls],
        "timeout_s": [_or_none(call.timeout_s) for call in calls],
        "backoff_s": [call.backoff_s for call in calls],
        "latency_s": [call.latency_s for call in calls],
        "call_lost": [call.lost for call in calls],
        "call_error": [call.error for call in calls],
        "entry": [demand.entry for demand in demands],
        "demand_retries": [demand.retries for demand in demands],
        "demand_stream": plan.demand_stream,
        "patience_s": [_or_none(demand.timeout_s) for demand in demands],
        "demand_backoff_s": [demand.backoff_s for demand in demands],
        "threshold_s": [_or_none(demand.threshold_s) for demand in demands],
        "line": plan.line,
        "length": plan.length,
    }


def _or_none(seconds: float | None) -> float:
    return -1.0 if seconds is None else seconds


def _flat(lists: Iterable[Iterable[int]]) -> tuple[list[int], list[int]]:
    """Return where each list begins (and where the last one ends), and all of them in a row."""
    begins, values = [0], list[int]()
    for part in lists:
        values += part
        begins.append(len(values))
    return begins, values
