"""Asks the model and the stored referee the same question."""

from dataclasses import replace
from functools import cache
from math import sqrt
from statistics import fmean, stdev
from typing import Any

from devops_tycoon.lab.graph import LabGraph
from devops_tycoon.lab.run import run
from tests.lab.graphs import availability
from tests.truth.claim import Found, Unit
from tests.truth.referee_results import CASES, Window, judged, window_name

LUCK = (0.2, 0.6)
"""Between these shares of seeds that stay down the verdict is a matter of luck: MODEL promises none."""


@cache
def entry_of(name: str, seconds: float) -> dict[str, float]:
    """Return the lab's statistics of the users at rest, for which fewer `seconds` than the referee's do."""
    graph = CASES[name].graph
    found: dict[str, float] = run(replace(graph, seconds=seconds))["entries"][graph.demand[0].entry]
    return found


@cache
def rows_of(graph: LabGraph) -> list[dict[str, Any]]:
    """Return the lab's series; only one tick has its percentiles sampled, which nobody asks for here."""
    rows: list[dict[str, Any]] = run(replace(graph, warmup_s=graph.seconds - graph.tick_s), series=True)["series"]
    return rows


def available(graph: LabGraph, window: Window | None = None) -> float:
    """Return the model's availability (%) between two moments, or from the warm-up on."""
    begin = graph.seconds / 2 if graph.warmup_s is None else graph.warmup_s
    return 100.0 * availability(rows_of(graph), graph.demand[0].entry, *(window or (begin, graph.seconds)))


def beside(name: str, quantity: str, unit: Unit, predicted: float) -> Found:
    """Return a prediction beside the mean of the referee's seeds, with its standard error."""
    values = judged(name)[quantity]
    expected = fmean(values)
    noise = stdev(values) / sqrt(len(values))
    return Found(
        predicted, expected, f"{len(values)} seeds", 100.0 * noise / expected if unit is Unit.PERCENT else noise
    )


def at_rest(name: str, quantity: str, unit: Unit, seconds: float) -> Found:
    """Compare a steady graph."""
    predicted = entry_of(name, seconds)[quantity]
    return beside(name, quantity, unit, 100.0 * predicted if quantity == "availability" else predicted)


def over_all(name: str) -> Found:
    """Compare the availability (%) of all answers after the warm-up."""
    return beside(name, "availability", Unit.POINTS, available(CASES[name].graph))


def in_window(name: str, window: Window) -> float:
    """Return the model's availability (%) between two moments."""
    return available(CASES[name].graph, window)


def stays_down(name: str, window: Window) -> float:
    """Return the model's verdict."""
    return float(in_window(name, window) < 50.0)


def share_down(name: str, window: Window) -> float:
    """Return the share of the referee's seeds that stay down."""
    return fmean(value < 50.0 for value in judged(name)[window_name(window)])
