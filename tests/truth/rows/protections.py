"""Retry budgets, breakers, bulkheads, limits and throttles, beside a referee that has them as they are in practice."""

from functools import partial

from devops_tycoon.lab.run import run
from tests.lab.graphs import availability
from tests.truth.claim import Claim, Found, Unit
from tests.truth.judge import available, beside, over_all, rows_of
from tests.truth.protected import NEAR_THE_TIMEOUT, PROTECTED, a_store_with_errors, a_storm_with_a_budget
from tests.truth.referee_results import CASES

BUDGET_SECTION = "Retry budgets"
SECTION = "Breakers, bulkheads, limits, throttles"
UNIMPORTANT = "important before unimportant"


def _amplified(beta: float | None, expected: float) -> Found:
    return Found(run(a_store_with_errors(beta, 3, 1.0))["services"]["db"]["attempts"] / 50.0, expected)


def _storm(beta: float, percent: float) -> Found:
    return Found(available(a_storm_with_a_budget(beta)), percent)


def _unimportant() -> Found:
    name = f"protected {UNIMPORTANT}"
    graph = CASES[name].graph
    found = 100.0 * availability(rows_of(graph), "db", 0, graph.seconds)
    return beside(name, "availability of db", Unit.POINTS, found)


BOUNDS = (
    ("2 retries, a budget of 10 %", 2.5, None),
    ("2 retries, a budget of 30 %", 2.5, None),  # 91 % busy while it drains: the referee's seeds differ by 12 points
    ("a store with 20 % errors, one retry, a budget of 10 %", 0.3, None),
)

ROWS = (
    *(
        Claim(
            BUDGET_SECTION,
            f"3 retries of a dead service, {budget}: attempts",
            "1 + β, at most 1 + n",
            Unit.PERCENT,
            0.5,
            partial(_amplified, beta, expected),
        )
        for budget, beta, expected in (
            ("no retry paid for", 0.0, 1.0),
            ("a budget of 10 %", 0.1, 1.1),
            ("a budget of 50 %", 0.5, 1.5),
            ("more than all paid for", 100.0, 4.0),
        )
    ),
    Claim(
        BUDGET_SECTION,
        "retry storm, 2 retries, a budget of 10 %: available (%)",
        "MODEL",
        Unit.POINTS,
        2.5,
        partial(_storm, 0.1, 78.9),
    ),
    *(
        Claim(
            BUDGET_SECTION,
            f"{name}: available (%)",
            "referee",
            Unit.POINTS,
            bound,
            partial(over_all, f"budget {name}"),
            promised=promised,
        )
        for name, bound, promised in BOUNDS
    ),
    *(
        Claim(SECTION, f"{name}: available (%)", "referee", Unit.POINTS, 2.5, partial(over_all, f"protected {name}"))
        for name in PROTECTED | NEAR_THE_TIMEOUT
    ),
    Claim(SECTION, f"{UNIMPORTANT}, the unimportant: available (%)", "referee", Unit.POINTS, 2.5, _unimportant),
)
