"""Burn-rate alerts page when the arithmetic of the budget says so, and not for a blip."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.detection.burn import ALERTS, Alert, windows
from devops_tycoon.sim.detection.noticing import noticed
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.world import World
from tests.leading import to_lead

FAST, SLOW, TICKET = ALERTS
SHIFT = 720 * 12 * 3
"""Ticks: an hour of the thirty days is 36 ticks, and its twelfth 3."""
RATE = 100.0
"""Requests in a tick."""


def a_watching_company(**leading: int) -> tuple[World, Rules]:
    """Return a company of one journey with objectives, and nobody else's noise."""
    rules = to_lead(ticks=SHIFT, leading={"seeing": 4, **leading})
    return replace(start(rules, 1), phase="shift"), rules


def with_errors(world: World, shares: list[float], rate: float = RATE) -> World:
    """Return the world after a tick in which each journey had this share of bad requests."""
    reading = replace(
        world.reading,
        valid=tuple(rate for _ in shares),
        good=tuple(rate * (1.0 - share) for share in shares),
        bad=tuple(rate * share for share in shares),
        late=tuple(0.0 for _ in shares),
    )
    return replace(world, reading=reading)


def told(times: float, begins: int, ends: int, until: int) -> list[tuple[int, Fact]]:
    """Let `play` spend its budget so many times too fast between two ticks; return who is told, and when."""
    world, rules = a_watching_company()
    play = [journey.id for journey in rules.journeys].index("play")
    budget = 1.0 - rules.journeys[play].slo
    found = []
    for tick in range(until):
        share = times * budget if begins <= tick < ends else 0.0
        shares = [share if number == play else 0.0 for number in range(len(rules.journeys))]
        world, facts = noticed(replace(with_errors(world, shares), tick=tick), rules)
        found += [(tick, fact) for fact in facts if fact.kind in ("page", "ticket")]
    return found


def test_windows_are_those_of_the_workbook_scaled_to_the_shift() -> None:
    world, rules = a_watching_company()
    sizes = [windows(world, rules, alert) for alert in ALERTS]
    assert [size.step * size.long for size in sizes] == [36, 6 * 36, 72 * 36]
    assert [size.long / size.short for size in sizes] == [12, 12, 12]
    longer = replace(rules.scenario.company_mode, slo_window_s=2 * SHIFT)
    rules = replace(rules, scenario=replace(rules.scenario, company_mode=longer))
    assert windows(world, rules, FAST).step * windows(world, rules, FAST).long == 72


@pytest.mark.parametrize(
    ("times", "alert", "spent"),
    [(144.0, FAST, 0.02), (28.8, FAST, 0.02), (14.5, FAST, 0.02), (12.0, SLOW, 0.05), (7.0, SLOW, 0.05)],
)
def test_a_flat_rate_pages_when_its_share_of_the_budget_is_spent(times: float, alert: Alert, spent: float) -> None:
    """At `times` the allowed rate the share of the 30 days' budget is gone after share × SHIFT ÷ times ticks."""
    begins = 500
    world, rules = a_watching_company()
    step = windows(world, rules, alert).step
    due = begins + spent * SHIFT / times
    (tick, fact), *_ = told(times, begins, SHIFT, int(due) + 400)
    assert fact.kind == "page"
    assert due - 1 <= tick <= due + step


def test_what_spends_less_than_six_times_too_fast_is_a_ticket_and_wakes_nobody() -> None:
    found = told(5.0, 500, SHIFT, 3000)
    assert {fact.kind for _, fact in found} == {"ticket"}
    assert found[0][0] - 500 == pytest.approx(0.1 * SHIFT / 5.0, abs=40)
    assert told(0.9, 500, SHIFT, 4000) == []


def test_a_short_blip_pages_nobody() -> None:
    assert told(100.0, 500, 505, 2000) == []  # five ticks at a hundredfold: 500 of the 518 that would page
    assert [fact.kind for _, fact in told(100.0, 500, 508, 2000)][:1] == ["page"]


def test_trouble_that_pauses_for_a_moment_is_one_page() -> None:
    world, rules = a_watching_company()
    for tick in range(400):
        share = 0.0 if tick % 10 == 0 else 0.5
        world, _ = noticed(replace(with_errors(world, [share] * len(rules.journeys)), tick=tick), rules)
    assert world.watch.pages == len(rules.journeys)


@pytest.mark.parametrize(("failed", "pages"), [(4, 0), (6, 1)])
def test_a_few_unlucky_members_of_few_are_no_outage(failed: int, pages: int) -> None:
    """Four requests a tick: those of one tick are 28 times what `play` may lose in 36; yet four are four."""
    world, rules = a_watching_company()
    shares = [float(journey.id == "play") for journey in rules.journeys]
    for tick in range(100):
        now = shares if tick == 50 else [0.0] * len(shares)
        world, _ = noticed(replace(with_errors(world, now, float(failed)), tick=tick), rules)
    assert world.watch.pages == pages
