"""Where the model promises nothing: how far off it is there. The bounds only notice when it gets worse."""

import math
from functools import partial

from devops_tycoon.lab.graph import LabDemand, LabDependency, LabGraph, LabService
from devops_tycoon.lab.run import run
from tests.truth.claim import Claim, Found, Unit, worst
from tests.truth.graphs import RANDOM_GRAPHS
from tests.truth.judge import at_rest, beside, entry_of, in_window, over_all
from tests.truth.mechanisms import BEYOND
from tests.truth.protected import PROTECTED
from tests.truth.referee_results import TROUBLE, window_name
from tests.truth.rows.storms import on_the_edge
from tests.truth.rows.trees import SECONDS

SECTION = "Beyond the promises"


def _fan_out(calls: int) -> Found:
    graph = LabGraph(
        (LabService("web", 0.001, 1000), LabService("leaf", 10, 10_000)),
        (LabDependency("web", "leaf", calls=calls),),
        (LabDemand("web", 10),),
        seconds=30,
        warmup_s=20,
    )
    return Found(run(graph)["entries"]["web"]["mean_ms"], 10.0 * math.fsum(1.0 / i for i in range(1, calls + 1)))


def _pollaczek_khinchine(cv2: float) -> Found:
    graph = LabGraph((LabService("a", 100, 1, cv2=cv2),), (), (LabDemand("a", 8),), seconds=900, warmup_s=860)
    expected = 100.0 * (1.0 + 0.8 / 0.2 * (1.0 + cv2) / 2.0)
    return Found(run(graph)["services"]["a"]["mean_ms"], expected)


def _collapsed() -> list[int]:
    """Return the graphs with pools of one slot that the model sees collapse."""
    return [seed for seed in RANDOM_GRAPHS[:4] if entry_of(f"tiny graph {seed}", SECONDS)["availability"] < 0.5]


def _collapses() -> Found:
    judged_down = sum(
        at_rest(f"tiny graph {seed}", "availability", Unit.POINTS, SECONDS).expected < 50.0
        for seed in RANDOM_GRAPHS[:4]
    )
    return Found(len(_collapsed()), judged_down)


def _tiny(quantity: str) -> Found:
    return worst(
        Unit.PERCENT,
        (
            (f"graph {seed}", at_rest(f"tiny graph {seed}", quantity, Unit.PERCENT, SECONDS))
            for seed in RANDOM_GRAPHS[:4]
            if seed not in _collapsed()
        ),
    )


def _in_trouble(name: str) -> Found:
    predicted = in_window(f"protected {name}", TROUBLE)
    return beside(f"protected {name}", window_name(TROUBLE), Unit.POINTS, predicted)


def _minute_of_trouble() -> Found:
    return worst(Unit.POINTS, ((name, _in_trouble(name)) for name, graph in PROTECTED.items() if graph.faults))


ROWS = (
    *(
        Claim(
            SECTION,
            f"the latest of {n} parallel answers: mean (ms)",
            "harmonic number",
            Unit.PERCENT,
            bound,
            partial(_fan_out, n),
        )
        for n, bound in ((5, 0.1), (30, 0.1), (100, 0.1))
    ),
    Claim(
        SECTION,
        "M/G/1 with cv² = 2 at load .8: mean (ms)",
        "Pollaczek–Khinchine",
        Unit.PERCENT,
        2.0,
        partial(_pollaczek_khinchine, 2.0),
    ),
    Claim(
        SECTION,
        "four random graphs with pools of one slot: collapses",
        "referee",
        Unit.COUNT,
        1.0,
        _collapses,
        long=True,
    ),
    *(
        Claim(
            SECTION,
            f"those that do not collapse: {quantity.removesuffix('_ms')} (ms)",
            "referee",
            Unit.PERCENT,
            bound,
            partial(_tiny, quantity),
            long=True,
        )
        for quantity, bound in (("mean_ms", 15.0), ("p99_ms", 18.0))
    ),
    Claim(
        SECTION,
        "a store 75 % busy, a limit of 0.5 s and a retry: available (%)",
        "referee",
        Unit.POINTS,
        4.0,
        partial(over_all, "incident on the edge"),
    ),
    Claim(
        SECTION,
        "protections, the minute of the fault alone: available (%)",
        "referee",
        Unit.POINTS,
        8.0,
        _minute_of_trouble,
    ),
    *(
        Claim(SECTION, f"{name}: available (%)", "referee", Unit.POINTS, bound, partial(over_all, f"mechanism {name}"))
        for name, bound in zip(BEYOND, (4.0, 4.0, 24.0, 34.0), strict=True)
    ),
    Claim(SECTION, "storms that end by luck: other than most seeds", "referee", Unit.COUNT, 3.0, on_the_edge),
)
