"""Overloads that feed themselves: who recovers, who stays down, and how available it was over all."""

from functools import partial

from tests.truth.claim import Claim, Found, Unit, worst
from tests.truth.graphs import RANDOM_STORMS
from tests.truth.judge import LUCK, available, in_window, over_all, share_down, stays_down
from tests.truth.referee_results import CASES, STORMS, metastable_name

REPLICA = "The metastable replica"
STORM = "Retry storms"
END = (300.0, 400.0)
IN_MODEL = {
    "no retry": 84.9,
    "2 retries": 21.3,
    "2 retries, 50 places": 97.5,
    "2 retries, 300 places": 21.0,
    "1 retry, 100 places": 91.0,
}
REPLICAS = {
    (100, False): 0.0,
    (130, False): 0.0,
    (140, False): 0.0,
    (150, False): 1.0,
    (140, True): 0.0,
    (150, True): 0.0,
}
"""(requests per second, refused at once): stays down."""


def _replica(rate: float, down: bool, expected: float) -> Found:
    name = metastable_name(rate, down)
    seeds = CASES[name].seeds
    return Found(
        stays_down(name, END), expected, f"of the referee's {len(seeds)} seeds {share_down(name, END):.0%} stay down"
    )


def _drains(window: tuple[float, float], expected: float) -> Found:
    return Found(in_window(metastable_name(140, False), window), expected)


def _storm(name: str, percent: float) -> Found:
    return Found(available(CASES[f"storm {name}"].graph), percent)


def _clear() -> list[str]:
    """Return the random storms of which the referee is sure."""
    names = [f"random storm {seed}" for seed in RANDOM_STORMS]
    return [name for name in names if not LUCK[0] < share_down(name, END) < LUCK[1]]


def _wrong_verdicts() -> Found:
    names = _clear()
    wrong = [n for n in names if stays_down(n, END) != float(share_down(n, END) >= LUCK[1])]
    down = sum(share_down(n, END) >= LUCK[1] for n in names)
    return Found(
        len(wrong),
        0.0,
        f"{len(names)} of {len(RANDOM_STORMS)} are clear, {down} stay down" + "".join(f"; not {n}" for n in wrong),
    )


def _random() -> Found:
    return worst(Unit.POINTS, ((name.removeprefix("random "), over_all(name)) for name in _clear()))


ROWS = (
    *(
        Claim(
            REPLICA,
            f"{rate}/s, outage of 10 s in which requests " + ("are refused" if down else "queue"),
            "MODEL, HotOS '21",
            Unit.VERDICT,
            0.0,
            partial(_replica, rate, down, expected),
        )
        for (rate, down), expected in REPLICAS.items()
    ),
    Claim(
        REPLICA,
        "140/s drains slowly: available at 80–100 s (%)",
        "MODEL, < 10 %",
        Unit.POINTS,
        10.0,
        partial(_drains, (80.0, 100.0), 0.0),
    ),
    Claim(
        REPLICA,
        "140/s drains slowly: available at 380–400 s (%)",
        "MODEL, > 90 %",
        Unit.POINTS,
        10.0,
        partial(_drains, (380.0, 400.0), 100.0),
    ),
    *(
        Claim(STORM, f"{name}: available (%)", "MODEL", Unit.POINTS, 0.6, partial(_storm, name, percent))
        for name, percent in IN_MODEL.items()
    ),
    *(
        Claim(STORM, f"{name}: available (%)", "referee", Unit.POINTS, 2.5, partial(over_all, f"storm {name}"))
        for name in STORMS
    ),
    Claim(STORM, "16 random storms: wrong verdicts", "referee", Unit.COUNT, 0.0, _wrong_verdicts),
    Claim(STORM, "the same: available (%)", "referee", Unit.POINTS, 2.5, _random),
)
