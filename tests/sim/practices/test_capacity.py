"""How a company has as much as it needs and no more: each way has a shift that it saves and a shift that it spoils."""

from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.demand.demand import TEST_S
from devops_tycoon.sim.planning.quarter import bills
from devops_tycoon.sim.practices.dials import DIALS, dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.rules.shift import Demand, Spike
from devops_tycoon.sim.values.world import Adopted
from tests.builders import order, replicas
from tests.leading import all_offered, leading_session, to_lead
from tests.sim.practices.trials import Patch, demand, good, service, tried

POOR: dict[str, Any] = {"fee_cents_per_month": 0, "salary_cents_per_week": 0}
"""Nothing comes in between the shifts, so that what is bought is missed."""
FEW = service("web", concurrency=2, boot_s=60, most=12)
ONE_LANE = service("catalog", concurrency=1, boot_s=30)


def enough_and(spare_cents: int, *orders: str) -> int:
    """Return the cash with which that much is left on the morning of the shift."""
    rich = 10**9
    begun = tried("reserved-capacity", orders=orders, ticks=1, leading=POOR, cash_cents=rich)
    return rich - begun.world.cash_cents + spare_cents


def longer(ticks: int) -> Patch:
    """Return the change to shifts of so many ticks."""

    def changed(rules: Rules) -> Rules:
        shifts = tuple(replace(shift, ticks=ticks) for shift in rules.scenario.shifts)
        return replace(rules, scenario=replace(rules.scenario, shifts=shifts))

    return changed


def rise(steps: int, each_s: float, times: float) -> Patch:
    """Return demand that rises in steps and stays."""
    last = steps - 1
    return demand(
        1.0,
        *(
            Spike(60 + i * each_s, each_s if i < last else 4000, 1 + (times - 1) * (i + 1) / steps)
            for i in range(steps)
        ),
    )


@pytest.mark.parametrize(
    ("text", "practice"),
    [
        ("autoscale web target=60% min=4 max=12", "autoscale"),
        ("autoscale web target=60% min=4 max=12 forecast=on", "predictive"),
        ("reserve web 4", "reserved-capacity"),
    ],
)
def test_what_has_to_be_learned_is_refused_by_the_name_of_what_teaches_it(text: str, practice: str) -> None:
    session = Session(Game(all_offered(to_lead()), 1))
    if practice == "predictive":
        session.world = replace(session.world, practices=(Adopted("autoscale", "", 0),))
    refused = session.place(text)
    assert refused is not None
    assert practice in refused


@pytest.mark.long
def test_autoscaling_follows_a_rise_and_gives_back_just_before_everybody_returns() -> None:
    text = "autoscale web target=60% min={} max=12"
    growing = [FEW, rise(6, 40, 3.0)]
    without = tried(ticks=500, patches=growing)
    having = tried("autoscale", orders=[text.format(4)], ticks=500, patches=growing)
    assert good(without, "play") < 0.3
    assert good(having, "play") > 0.97
    cut_off = [FEW, demand(1.2, Spike(30, 450, 0.02))]  # for seven minutes nearly nobody can reach Cinemail
    without = tried(ticks=700, patches=cut_off)
    having = tried("autoscale", orders=[text.format(1)], ticks=700, patches=cut_off)
    assert good(without, "play") > 0.999
    assert good(having, "play") < 0.6


@pytest.mark.long
def test_a_forecast_is_early_in_a_rise_and_spends_on_a_surge_what_is_needed_elsewhere() -> None:
    ways = [
        tried(
            *("autoscale", "predictive"),
            orders=[f"autoscale web target=60% min=4 max=12{forecast}"],
            ticks=500,
            patches=[FEW, rise(6, 40, 3.0)],
        )
        for forecast in ("", " forecast=on")
    ]
    assert good(ways[1], "browse") > good(ways[0], "browse") + 0.005
    odd = [Spike(60, 20, 1.6), Spike(80, 20, 2.2), Spike(180, 200, 2.8)]
    day: list[tuple[float, str | None]] = []
    for forecast in ("", " forecast=on"):
        session = tried(
            *("autoscale", "predictive"),
            orders=[f"autoscale web target=8% min=4 max=12{forecast}"],
            ticks=115,
            patches=[service("web", boot_s=60), ONE_LANE, demand(1.0, *odd), longer(450)],
            leading=POOR,
            cash_cents=enough_and(3_800_000),
        )
        refused = session.place("scale catalog +3")
        session.advance(270)
        day.append((good(session, "play"), refused))
    assert day[0][0] > 0.999
    assert day[0][1] is None
    assert day[1][0] < 0.9
    assert "That costs" in (day[1][1] or "")


def test_baked_images_bring_replicas_sooner_and_let_every_change_wait_for_its_image() -> None:
    without, having = (
        tried(*known, trouble=["scale web +4"], ticks=150, patches=[service("web", concurrency=2), demand(2.0)])
        for known in ((), ("baked-image web",))
    )
    assert (replicas(without.world, "web"), replicas(having.world, "web")) == (4, 8)
    assert good(having, "play") > good(without, "play") + 0.1
    without, having = (
        tried(*known, ticks=120, leading={"changes_per_week": 1.0}) for known in ((), ("baked-image web",))
    )
    waits = [
        max(c.free - c.ready for r in s.world.delivery.ready if r.service == "web" for c in r.items)
        for s in (without, having)
    ]
    assert waits[0] == 0
    assert waits[1] > 0


def test_a_load_test_narrows_the_forecast_and_fails_members_where_there_is_no_room() -> None:
    without, having = (tried(*known, ticks=60) for known in ((), ("load-test",)))
    errors = [dial(session.world, session.rules, "forecast_error") for session in (without, having)]
    assert errors == pytest.approx([0.25, 0.05])
    busy, planned = 0.8, 0.85
    needed = [-int(-(4 * busy * (1 + error) // planned)) + 1 for error in errors]
    assert needed == [5, 4]  # who knows it better need not buy a replica in case
    narrow = [FEW, demand(1.4)]
    without, having = (tried(*known, patches=narrow) for known in ((), ("load-test",)))
    assert good(without, "play") > 0.999
    assert good(having, "play") < 0.7
    assert TEST_S == 60


def test_a_register_raises_quotas_and_takes_time_from_every_plan() -> None:
    joining = (*to_lead().scenario.demands, Demand("join", 6.0, "flat", 0.0, 0.0, ()))
    hidden = [service("payments", quota_per_s=5.0)]
    without, having = (
        tried(*known, ticks=100, demands=joining, patches=hidden) for known in ((), ("capacity-register",))
    )
    assert good(without, "join") < 0.9
    assert good(having, "join") > 0.999
    for known, fits in ((), True), (("capacity-register",), False):
        session = leading_session(leading={"engineers": 1, "practices": known})
        for name in ("web", "identity", "catalog", "recommendations", "billing"):
            order(session, f"adopt baked-image {name}")
        refused = session.place("adopt baked-image shipping")
        assert (refused is None) == fits
        assert fits or "engineer-weeks" in str(refused)


def test_reserved_replicas_are_cheaper_and_are_paid_for_when_nobody_needs_them() -> None:
    yearly = leading_session()
    listed = dict(bills(yearly.world, yearly.rules))
    signed = tried("reserved-capacity", orders=["reserve web 4"], ticks=1)
    reserved = dict(bills(replace(signed.world, phase="planning"), signed.rules))
    assert sum(reserved[key] for key in ("rent", "commitments")) > listed["rent"]
    shrunk: list[Session] = []
    for orders in (["scale web -3"], ["reserve web 4", "scale web -3"]):
        session = tried(
            "reserved-capacity",
            orders=orders,
            ticks=10,
            patches=[ONE_LANE, demand(1.0, Spike(60, 400, 2.8)), longer(450)],
            leading=POOR,
            cash_cents=enough_and(400_000, "scale web -3"),
        )
        session.place("scale catalog +1")
        session.advance(190)
        shrunk.append(session)
    assert [replicas(session.world, "catalog") for session in shrunk] == [3, 2]
    assert good(shrunk[0], "play") > 0.99
    assert good(shrunk[1], "play") < 0.9


def test_watched_spending_is_less_and_its_cap_stops_what_the_members_need() -> None:
    without, having = (tried(*known, ticks=1) for known in ((), ("finops",)))
    rents = [dict(bills(replace(s.world, phase="planning"), s.rules))["rent"] for s in (without, having)]
    assert rents[1] == pytest.approx(0.9 * rents[0], rel=1e-6)
    crowded = [service("web", concurrency=2, boot_s=30, rent_cents_per_hour=1000), demand(2.6)]
    without = tried(trouble=["scale web +8"], patches=crowded)
    having = tried("finops", ticks=1, patches=[*crowded, longer(205)])
    refused = having.place("scale web +8")
    assert refused is not None
    assert "finops" in refused
    order(having, "scale web +2")
    having.advance(199)
    assert any("Spending" in fact.text for _, fact in having.facts)
    assert good(having, "play") < good(without, "play") - 0.05


def test_an_autoscaler_keeps_to_the_spending_cap_as_well() -> None:
    text = "autoscale web target=60% min=4 max=12"
    free, capped = (
        tried(*known, orders=[text], ticks=400, patches=[FEW, demand(3.0)])
        for known in (("autoscale",), ("autoscale", "finops"))
    )
    assert replicas(free.world, "web") == 12
    assert replicas(capped.world, "web") == 10


def test_smaller_machines_save_rent_and_fail_members_near_the_peak() -> None:
    without, having = (tried(*known, ticks=1) for known in ((), ("rightsizing web",)))
    rents = [dict(bills(replace(s.world, phase="planning"), s.rules))["rent"] for s in (without, having)]
    assert rents[1] > rents[0]
    near = [service("recommendations", concurrency=1), demand(0.85)]
    without, having = (tried(*known, patches=near) for known in ((), ("rightsizing recommendations",)))
    assert good(without, "browse") > 0.95
    assert good(having, "browse") < 0.85


def test_all_dials_say_what_they_mean() -> None:
    for name in (
        "forecast_error",
        "load_test",
        "spending_cap",
        "quota",
        "register",
        "static",
        "shedding",
        "limit_queue",
    ):
        assert DIALS[name].effect
