"""The numbers of a proposed cut agree with what the model does when it is made."""

from dataclasses import replace

import pytest

from devops_tycoon.sim.demand.load import asked, offered, peak
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.effects.steady_state import forecast
from devops_tycoon.sim.flow import advance, empty
from devops_tycoon.sim.partition.seams import NEW, cut, joined, seam_of
from devops_tycoon.sim.rules.shift import Demand
from tests.companies import after, first_world, monolith

CLOUD = monolith(3)
WORLD = first_world(CLOUD)
GOOD = {
    "playback": ("playback", "licences", "devices"),
    "bookmarks": ("bookmarks", "steering", "events"),
    "recommendations": ("recommendations", "ratings"),
}
BAD = {"home-rows": ("home-rows",), "catalog": ("catalog",), "inventory": ("inventory",)}


@pytest.mark.parametrize("part", [*GOOD.values(), *BAD.values()], ids=lambda part: part[0])
def test_the_calls_across_a_cut_are_those_that_the_model_then_sends(part: tuple[str, ...]) -> None:
    seam = seam_of(WORLD, CLOUD, part)
    assert seam is not None
    network = network_in_effect(cut(WORLD, CLOUD, part, "shared", 2), CLOUD)
    state = empty(network)
    rates = tuple(peak(WORLD, CLOUD)[journey.id] for journey in CLOUD.journeys)
    for _ in range(120):
        state, reading = advance(network, state, rates)
    sent = 0.0
    for call, attempts in zip(network.calls, reading.attempts, strict=True):
        ends = {network.pools[network.nodes[end].pool].id for end in (call.caller, call.callee)}
        sent += attempts if ends == {"web", NEW} else 0.0
    assert sent == pytest.approx(seam.calls_per_s, rel=0.01)


@pytest.mark.parametrize("part", [*GOOD.values(), *BAD.values()], ids=lambda part: part[0])
def test_with_nobody_waiting_a_request_takes_the_extra_milliseconds_longer(part: tuple[str, ...]) -> None:
    calm = replace(CLOUD, scenario=replace(CLOUD.scenario, demands=tuple(
        Demand(d.journey, 0.01, "flat", 0.0, 0.0, ()) for d in CLOUD.scenario.demands
    )))  # fmt: skip
    seam = seam_of(WORLD, calm, part)
    assert seam is not None
    for (journey, extra_ms), (_, before), (_, later) in zip(
        seam.extra_ms, seam.before.mean_s, seam.after.mean_s, strict=True
    ):
        assert 1000 * (later - before) == pytest.approx(extra_ms, abs=0.05), journey


def test_a_good_seam_shares_no_table_and_frees_journeys_from_each_others_fate() -> None:
    seam = seam_of(WORLD, CLOUD, GOOD["playback"], "moved")
    assert seam is not None
    assert seam.shared == ()
    today, later = dict(seam.together), dict(seam.apart)
    assert "play" in today["web"]
    assert later[NEW] == ("play",)
    assert "play" in later["main-db"]  # it still asks the catalog and identity, and they ask there
    watching = seam_of(WORLD, CLOUD, GOOD["bookmarks"], "moved")
    assert watching is not None
    fate = dict(watching.apart)
    assert "watch" not in fate["web"]
    assert "watch" not in fate["main-db"]
    left = seam_of(WORLD, CLOUD, GOOD["bookmarks"], "shared")
    assert left is not None
    assert "watch" in dict(left.apart)["main-db"]


def test_what_scales_differently_has_another_share_of_the_work_than_of_the_calls() -> None:
    thinking, counting = (seam_of(WORLD, CLOUD, part) for part in (GOOD["recommendations"], BAD["inventory"]))
    assert thinking is not None
    assert counting is not None
    assert thinking.own_share > 3 * thinking.wait_share
    assert counting.own_share < counting.wait_share / 3


def test_bad_seams_cost_members_more_time_than_good_ones() -> None:
    def worst(part: tuple[str, ...]) -> float:
        seam = seam_of(WORLD, CLOUD, part)
        assert seam is not None
        return max(extra for _, extra in seam.extra_ms)

    assert max(worst(part) for part in GOOD.values()) < min(worst(part) for part in BAD.values())


def test_merging_a_chatty_seam_makes_the_slowest_answers_quicker() -> None:
    world = after(WORLD, CLOUD, "split home-rows", "split catalog")
    apart, together = joined(world, CLOUD, "home-rows", "catalog")
    assert dict(together.p99_s)["home"] < dict(apart.p99_s)["home"] - 0.004
    for journey in ("rent", "play"):
        assert dict(together.p99_s)[journey] <= dict(apart.p99_s)[journey] + 0.004


def test_what_is_no_cut_through_a_service_has_no_numbers() -> None:
    assert seam_of(WORLD, CLOUD, ()) is None
    assert seam_of(WORLD, CLOUD, ("catalog", "titles-data")) is None
    assert seam_of(WORLD, CLOUD, ("main-db",)) is None
    assert seam_of(WORLD, CLOUD, WORLD.services[0].capabilities) is None


def test_the_own_work_of_a_service_is_what_its_workers_do_besides_waiting() -> None:
    """A store waits for nobody, so its offered load is how busy the model sees it."""
    busy = dict(forecast(WORLD, CLOUD, peak(WORLD, CLOUD)).busy)
    assert offered(WORLD, CLOUD)["main-db"] == pytest.approx(busy["main-db"], rel=0.02)
    assert offered(WORLD, CLOUD)["web"] < busy["web"]
    assert asked(WORLD, CLOUD)["api"] == CLOUD.demand["home"].rate
