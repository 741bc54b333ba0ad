"""Availability over an incident, beside the referee: with slots to spare, and without."""

from functools import partial

from tests.truth.claim import Claim, Found, Unit, worst
from tests.truth.graphs import RANDOM_GRAPHS, workers_before_disks
from tests.truth.judge import available, beside, in_window, over_all
from tests.truth.referee_results import HELD, INCIDENTS, TROUBLES, window_name

SPARE = "Incidents with slots to spare"
FULL = "Incidents without a slot to spare"
HELD_SECTION = "Held workers"
IN_MODEL = {
    "timeout 0.1 s and fallback": (100.0, 100.0),
    "timeout 0.1 s": (50.0, 83.3),
    "no timeout": (37.0, 81.2),
    "timeout 1 s": (28.0, 78.3),
}


def _random() -> Found:
    return worst(Unit.POINTS, ((f"graph {seed}", over_all(f"random incident {seed}")) for seed in RANDOM_GRAPHS))


def _held(name: str, window: tuple[float, float]) -> Found:
    return beside(f"held {name}", window_name(window), Unit.POINTS, in_window(f"held {name}", window))


def _held_as_in_model(name: str, which: int) -> Found:
    return Found(in_window(f"held {name}", WINDOWS[which]), IN_MODEL[name][which])


def _disks(name: str, spike: float | None, tick_s: float) -> Found:
    return beside(name, "availability", Unit.POINTS, available(workers_before_disks(spike, tick_s)))


WINDOWS = ((65.0, 118.0), (0.0, 190.0))

ROWS = (
    *(
        Claim(SPARE, f"shop, {name}: available (%)", "referee", Unit.POINTS, 0.3, partial(over_all, f"incident {name}"))
        for name in INCIDENTS
    ),
    Claim(
        SPARE,
        "ten random graphs, one service with errors: available (%)",
        "referee",
        Unit.POINTS,
        0.3,
        _random,
        long=True,
    ),
    *(
        Claim(
            FULL, f"ten slots, {name}: available (%)", "referee", Unit.POINTS, 2.5, partial(over_all, f"trouble {name}")
        )
        for name in TROUBLES
    ),
    *(
        Claim(
            FULL,
            f"24 workers before 4 disks, {load}, ticks of {tick_s:g} s: available (%)",
            "referee",
            Unit.POINTS,
            2.5,
            partial(_disks, name, spike, tick_s),
            long=tick_s < 1.0,
        )
        for load, name, spike in (("180/s", "disks 180/s", None), ("120, then 190/s", "disks spike", 190.0))
        for tick_s in (0.25, 1.0, 10.0)
    ),
    *(
        Claim(HELD_SECTION, f"{name}, {when}: available (%)", against, Unit.POINTS, 2.5, measure)
        for name in HELD
        for which, when in enumerate(("at its worst", "over all"))
        for against, measure in (
            ("MODEL", partial(_held_as_in_model, name, which)),
            ("referee", partial(_held, name, WINDOWS[which])),
        )
    ),
)
