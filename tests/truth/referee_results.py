"""What the request-by-request simulator said, stored with its seeds, since it needs minutes for it.

`python -m tests.truth.referee_results` runs what is missing or was asked of another graph; `--all` runs everything.
"""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from devops_tycoon.lab.graph import LabFault, LabGraph
from tests.lab.graphs import a_storm, held_workers, metastable
from tests.referee import Referee
from tests.truth.graphs import (
    DRAWN_STORMS,
    RANDOM_GRAPHS,
    RANDOM_STORMS,
    a_drawn_storm,
    a_random_graph,
    a_random_incident,
    a_random_storm,
    a_station_in_trouble,
    a_tree,
    an_incident,
    workers_before_disks,
)
from tests.truth.mechanisms import BEYOND, CACHES, GONE, LISTED, QUEUES, REGIONS, SCALED, SHARES, ZONES, counted
from tests.truth.protected import BUDGETS, NEAR_THE_TIMEOUT, PROTECTED

STORE = Path(__file__).parent / "referee.json"
Window = tuple[float, float]
Values = dict[str, list[float]]
"""Per quantity: one value per seed."""


@dataclass(frozen=True, slots=True)
class Case:
    """A graph the referee plays, its seeds, and what it is asked beyond times and availability after the warm-up."""

    graph: LabGraph
    seeds: tuple[int, ...]
    windows: tuple[Window, ...] = ()
    """Availability is also wanted of answers noticed between these seconds."""
    within_ms: tuple[float, ...] = ()
    """The share of answers that take at most so long is also wanted."""


def _cases() -> dict[str, Case]:
    few, some, five, many = (tuple(range(1, n + 1)) for n in (3, 4, 5, 8))
    cases = {f"tree {rate}/s": Case(a_tree(rate), some) for rate in (80, 110)}
    for rate in (80, 110):
        cases[f"patience {rate}/s"] = Case(a_tree(rate, 260.0), some, within_ms=PATIENCE_MS)
    for name, fault in INCIDENTS.items():
        cases[f"incident {name}"] = Case(an_incident(fault), many)
    cases["incident on the edge"] = Case(an_incident(LabFault(90, 60, "redis", add_latency_ms=60)), many)
    for name, (retries, queue, factor) in TROUBLES.items():
        cases[f"trouble {name}"] = Case(a_station_in_trouble(retries, queue, factor), many)
    for name, (retries, queue) in STORMS.items():
        cases[f"storm {name}"] = Case(a_storm(retries, queue), many)
    for name, (timeout_ms, required) in HELD.items():
        cases[f"held {name}"] = Case(held_workers(timeout_ms, required), many, ((65, 118), (0, 190)))
    for rate in (100, 130, 140, 150):
        for down in (False, True):
            cases[metastable_name(rate, down)] = Case(metastable(rate, down), many, ((300, 400),))
    cases["disks 180/s"] = Case(workers_before_disks(None), few)
    cases["disks spike"] = Case(workers_before_disks(190.0), few)
    for seed in RANDOM_GRAPHS:
        cases[f"random graph {seed}"] = Case(a_random_graph(seed), few)
        cases[f"random incident {seed}"] = Case(a_random_incident(seed), few)
    for seed in RANDOM_GRAPHS[:4]:
        cases[f"tiny graph {seed}"] = Case(a_random_graph(seed, fewest_slots=1), few)
    for seed in RANDOM_STORMS:
        cases[f"random storm {seed}"] = Case(a_random_storm(seed), some, ((300, 400),))
    for name, graph in BUDGETS.items():
        cases[f"budget {name}"] = Case(graph, SCATTERED.get(name, many))
    for name, graph in (PROTECTED | NEAR_THE_TIMEOUT).items():
        cases[f"protected {name}"] = Case(graph, five, (TROUBLE,))
    for seed in DRAWN_STORMS:
        cases[f"drawn storm {seed}"] = Case(a_drawn_storm(seed), many, (LAST_MINUTE,))
    for group in (SCALED, CACHES, QUEUES, SHARES, REGIONS, BEYOND):
        cases |= {f"mechanism {name}": Case(graph, some) for name, graph in group.items()}
    cases |= {f"zone {name}": Case(graph, SCATTERED.get(name, some), (LISTED, GONE)) for name, graph in ZONES.items()}
    return cases


SCATTERED = {"2 retries, a budget of 30 %": tuple(range(1, 65)), "impatient users": tuple(range(1, 41))}
"""Cases whose seeds differ so much that the mean of a few is less certain than the bound is narrow: they have more."""
PATIENCE_MS = (25.0, 50.0, 100.0, 150.0)
TROUBLE: Window = (60.0, 120.0)
LAST_MINUTE: Window = (240.0, 300.0)
INCIDENTS = {
    "errors": LabFault(90, 60, "redis", error_rate=0.2),
    "errors of all": LabFault(90, 60, "catalog", error_rate=0.5),
    "slowness": LabFault(90, 60, "redis", add_latency_ms=40),
    "refusal": LabFault(90, 60, "cart", down=True),
    "a frozen store, limits and retries": LabFault(90, 60, "cart", capacity_factor=0.0),
}
TROUBLES = {
    "half the slots": (0, None, 0.5),
    "half the slots, one retry": (1, None, 0.5),
    "half the slots, 40 places": (1, 40, 0.5),
    "no slots": (0, 100, 0.0),
}
STORMS = {
    "no retry": (0, None),
    "2 retries": (2, None),
    "2 retries, 50 places": (2, 50),
    "2 retries, 300 places": (2, 300),
    "1 retry, 100 places": (1, 100),
}
HELD: dict[str, tuple[float | None, bool]] = {
    "timeout 0.1 s and fallback": (100, False),
    "timeout 0.1 s": (100, True),
    "no timeout": (None, True),
    "timeout 1 s": (1000, True),
}


def metastable_name(rate: float, down: bool) -> str:
    """Return the name of a HotOS case."""
    return f"replica {rate}/s " + ("down" if down else "frozen")


CASES = _cases()


def digest(case: Case) -> str:
    """Return a short hash of what was asked; a new lab key at its default does not change it."""
    asked = [case.within_ms] if case.within_ms else []
    text = json.dumps([_plain(case.graph), case.windows, *asked], sort_keys=True)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            f.name: _plain(getattr(value, f.name))
            for f in fields(value)
            if f.default is MISSING or getattr(value, f.name) != f.default
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def play(case: Case, seed: int) -> dict[str, float]:
    """Run the referee once and ask it everything."""
    graph = case.graph
    referee = Referee(graph, seed).run()
    begin = graph.seconds / 2 if graph.warmup_s is None else graph.warmup_s
    entry = graph.demand[0].entry
    found = {
        "availability": 100 * referee.availability(entry, begin),
        "mean_ms": 1000 * referee.mean(entry, begin),
        "p50_ms": 1000 * referee.percentile(entry, 0.5, begin),
        "p99_ms": 1000 * referee.percentile(entry, 0.99, begin),
    }
    for limit in case.within_ms:
        times = [t for name, when, _, _, t in referee.log if name == entry and when >= begin]
        found[within_name(limit)] = 100 * sum(t <= limit / 1000 for t in times) / len(times)
    for demand in graph.demand[1:]:
        found[f"availability of {demand.entry}"] = 100 * referee.availability(demand.entry, begin)
    for window in case.windows:
        found[window_name(window)] = 100 * referee.availability(entry, *window)
    found |= counted(graph, referee)
    return {name: round(value, 4) for name, value in found.items()}


def window_name(window: Window) -> str:
    """Return the name under which the availability (%) in a window is stored."""
    return f"availability {window[0]:g}-{window[1]:g}"


def within_name(limit_ms: float) -> str:
    """Return the name under which the share (%) of answers within a limit is stored."""
    return f"within {limit_ms:g} ms"


@cache
def stored() -> dict[str, Any]:
    """Return the whole store."""
    found: dict[str, Any] = json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}
    return found


def judged(name: str) -> Values:
    """Return what the referee said in a case, per seed; an error if it was asked something else then."""
    entry = stored().get(name)
    if entry is None or entry["graph"] != digest(CASES[name]) or entry["seeds"] != list(CASES[name].seeds):
        raise LookupError(f"the referee has not judged {name!r} as it is now: python -m tests.truth.referee_results")
    values: Values = entry["values"]
    return values


def _job(task: tuple[str, int]) -> dict[str, float]:
    return play(CASES[task[0]], task[1])


def main(every: bool) -> None:
    """Run what is missing and write the store; cases that no claim asks about are dropped."""
    old = {} if every else stored()
    fresh = {
        name: old[name]
        for name, case in CASES.items()
        if name in old and old[name]["graph"] == digest(case) and old[name]["seeds"] == list(case.seeds)
    }
    tasks = [(name, seed) for name, case in CASES.items() if name not in fresh for seed in case.seeds]
    with ProcessPoolExecutor() as pool:
        for (name, seed), values in zip(tasks, pool.map(_job, tasks), strict=True):
            row = fresh.setdefault(name, {"graph": digest(CASES[name]), "seeds": [], "values": {}})
            row["seeds"].append(seed)
            for quantity, value in values.items():
                row["values"].setdefault(quantity, []).append(value)
            if seed == CASES[name].seeds[-1]:
                print(name, {q: round(sum(v) / len(v), 3) for q, v in row["values"].items()}, flush=True)  # noqa: T201
                whole = [n for n in CASES if n in fresh and len(fresh[n]["seeds"]) == len(CASES[n].seeds)]
                STORE.write_text(_lines({n: fresh[n] for n in whole}), encoding="utf-8")


def _lines(store: dict[str, Any]) -> str:
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(row)}" for name, row in store.items()) + "\n}\n"


if __name__ == "__main__":
    main("--all" in sys.argv[1:])
