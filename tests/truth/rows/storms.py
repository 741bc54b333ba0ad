"""Overloads that feed themselves: who recovers, who stays down, and how available it was over all."""

from functools import partial

from tests.truth.claim import Claim, Found, Unit, worst
from tests.truth.graphs import DRAWN_STORMS, RANDOM_STORMS
from tests.truth.judge import LUCK, available, in_window, over_all, share_down, stays_down
from tests.truth.referee_results import CASES, LAST_MINUTE, STORMS, Window, metastable_name

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


FAMILIES: dict[str, tuple[tuple[int, ...], Window]] = {
    "random storm": (RANDOM_STORMS, END),
    "drawn storm": (DRAWN_STORMS, LAST_MINUTE),
}
SURE = 1.0
"""Points: availabilities of which the referee's mean is less certain are not compared."""


def clear(family: str, sure: bool = True) -> list[str]:
    """Return the storms of a family of whose end the referee is sure, or the others."""
    seeds, end = FAMILIES[family]
    names = [f"{family} {seed}" for seed in seeds]
    return [name for name in names if (LUCK[0] < share_down(name, end) < LUCK[1]) != sure]


def _wrong_verdicts(family: str) -> Found:
    seeds, end = FAMILIES[family]
    names = clear(family)
    wrong = [n for n in names if stays_down(n, end) != float(share_down(n, end) >= LUCK[1])]
    down = sum(share_down(n, end) >= LUCK[1] for n in names)
    return Found(
        len(wrong),
        0.0,
        f"{len(names)} of {len(seeds)} are clear, {down} stay down" + "".join(f"; not {n}" for n in wrong),
    )


def on_the_edge() -> Found:
    """Count the storms that end by luck in which the model does what most seeds do not."""
    end = LAST_MINUTE
    edge = clear("drawn storm", sure=False)
    other = [n for n in edge if stays_down(n, end) != float(share_down(n, end) >= 0.5)]
    said = [f"{n}: {share_down(n, end):.0%} of the seeds stay down, the model {_does(n)}" for n in edge]
    return Found(len(other), 0.0, "; ".join(said))


def _does(name: str) -> str:
    return "too" if stays_down(name, LAST_MINUTE) else "does not"


def _random(family: str) -> Found:
    end = FAMILIES[family][1]
    agreed = [(n, over_all(n)) for n in clear(family) if share_down(n, end) in (0.0, 1.0)]
    return worst(Unit.POINTS, [(name, found) for name, found in agreed if found.noise <= SURE])


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
    *(
        row
        for family, many, wrong in (
            ("random storm", "16 random storms", 0.0),
            ("drawn storm", "60 storms of any size", 2.0),
        )
        for row in (
            Claim(
                STORM,
                f"{many}: wrong verdicts",
                "referee",
                Unit.COUNT,
                wrong,
                partial(_wrong_verdicts, family),
                promised=0.0 if wrong else None,
                long=family == "random storm",
            ),
            Claim(
                STORM,
                f"{many}, where all seeds agree: available (%)",
                "referee",
                Unit.POINTS,
                2.5,
                partial(_random, family),
                long=family == "random storm",
            ),
        )
    ),
)
