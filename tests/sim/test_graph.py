"""Services are a partition of the capabilities, and the service graph is the quotient by it."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.orders import parse
from devops_tycoon.sim.effects.graph import (
    blast_radius,
    call_order,
    capability_graph,
    choke_points,
    critical_path,
    journeys_through,
    service_graph,
    single_points_of_failure,
)
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.obey import obey
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Placed
from devops_tycoon.sim.values.world import World
from tests.builders import POSTING, STREAMING, a_session, a_world, lesson, order, replicas
from tests.examples import examples

RICH = 10**9
MONOLITH = lesson(POSTING)


def ordered(world: World, rules: Rules, *texts: str) -> World:
    """Obey orders while planning; none may be refused."""
    for text in texts:
        world, facts = obey(world, rules, Placed(parse(text)))
        assert not [fact.text for fact in facts if fact.kind == "refused"]
    return world


def edges(graph: "nx.DiGraph[str]") -> dict[tuple[str, str], Any]:
    return {(a, b): data["calls"] for a, b, data in graph.edges(data=True)}


def quotient_by_hand(world: World, rules: Rules) -> dict[tuple[str, str], int]:
    home = {c: s.id for s in world.services for c in s.capabilities}
    found: dict[tuple[str, str], int] = {}
    for a, b in capability_graph(rules).edges:
        if home[a] != home[b]:
            found[home[a], home[b]] = found.get((home[a], home[b]), 0) + 1
    return found


def test_every_caller_stands_before_what_it_calls() -> None:
    for name in (POSTING, STREAMING):
        graph, where = capability_graph(lesson(name)), call_order(lesson(name))
        assert nx.is_directed_acyclic_graph(graph)
        assert sorted(where) == sorted(graph.nodes)
        assert all(where.index(a) < where.index(b) for a, b in graph.edges)


def test_a_monolith_is_one_block_and_its_stores() -> None:
    world = a_world(POSTING)
    assert edges(service_graph(world, MONOLITH)) == quotient_by_hand(world, MONOLITH)
    assert set(edges(service_graph(world, MONOLITH))) == {("web", "main-db"), ("web", "payments"), ("web", "mail")}


CAPABILITIES = [c.id for c in MONOLITH.capability.values() if c.kind == "capability"]


@examples(25)
@given(st.lists(st.sampled_from(CAPABILITIES), min_size=1, max_size=6, unique=True), st.data())
def test_any_splits_and_their_merges_are_exact(cuts: list[str], data: st.DataObject) -> None:
    """After every cut the service graph is the quotient; merged back in any order, the network is the one before."""
    start = replace(a_world(POSTING), cash_cents=RICH)
    before = network_in_effect(start, MONOLITH)
    world = start
    for cut in cuts:
        world = ordered(world, MONOLITH, f"split {cut} into={cut}-x")
        assert edges(service_graph(world, MONOLITH)) == quotient_by_hand(world, MONOLITH)
        assert sorted(c for s in world.services for c in s.capabilities) == sorted(MONOLITH.capability)
        network = network_in_effect(world, MONOLITH)
        assert [(n.id, n.work_s, n.cv2) for n in network.nodes] == [(n.id, n.work_s, n.cv2) for n in before.nodes]
        assert [(c.caller, c.callee, c.calls) for c in network.calls] == [
            (c.caller, c.callee, c.calls) for c in before.calls
        ]
    for cut in data.draw(st.permutations(cuts)):
        world = ordered(world, MONOLITH, f"merge {cut}-x web")
    had, has = replicas(start, "web"), replicas(world, "web")
    assert has == min(had + 2 * len(cuts), 9)
    if has > had:
        world = ordered(world, MONOLITH, f"scale web {had - has}")
    assert network_in_effect(world, MONOLITH) == before
    assert edges(service_graph(world, MONOLITH)) == edges(service_graph(start, MONOLITH))
    assert world.links == start.links


def test_settings_of_links_survive_a_split_and_its_merge() -> None:
    world = ordered(a_world(POSTING), MONOLITH, "set web>main-db timeout=700ms retries=1")
    before = network_in_effect(world, MONOLITH)
    apart = ordered(replace(world, cash_cents=RICH), MONOLITH, "split catalog")
    settings_of = {(link.caller, link.callee): link.settings for link in apart.links}
    assert settings_of["catalog", "main-db"] == settings_of["web", "main-db"]
    assert settings_of["catalog", "main-db"].timeout_ms == 700.0
    back = ordered(apart, MONOLITH, "merge catalog web", "scale web -2")
    assert network_in_effect(back, MONOLITH) == before


def test_a_cut_may_make_services_call_each_other_in_a_circle_and_the_tick_still_works() -> None:
    session = a_session(POSTING, began=False, cash_cents=RICH)
    order(session, "split rental-queue", "split catalog search into=browse")
    graph = service_graph(session.world, session.rules)
    order(session, "split identity inventory notifications into=platform", "begin")
    session.advance(60)
    assert not nx.is_directed_acyclic_graph(graph) or ("web", "rental-queue") in graph.edges
    assert session.world.tally.journeys[0].good > 0.99 * session.world.tally.journeys[0].valid > 0


def test_those_who_call_are_hurt_and_those_who_are_called_are_not() -> None:
    world, rules = a_world(), lesson(STREAMING)
    assert "web" in blast_radius(world, rules, "recommendations")
    assert "main-db" not in blast_radius(world, rules, "recommendations")
    assert "catalog" not in blast_radius(world, rules, "web")
    assert set(blast_radius(world, rules, "payments")) < set(blast_radius(world, rules, "main-db"))
    everybody = {s.id for s in world.services if s.kind == "service"}
    assert set(blast_radius(world, rules, "main-db")) == everybody


def test_journeys_are_found_through_what_they_need() -> None:
    world, rules = a_world(), lesson(STREAMING)
    assert journeys_through(world, rules, "main-db") == ("browse", "play")
    assert journeys_through(world, rules, "recommendations") == ("browse",)
    assert journeys_through(world, rules, "payments") == ()


def test_the_front_door_is_a_choke_point_and_a_shared_service_with_two_callers_is_not() -> None:
    found = choke_points(a_world(), lesson(STREAMING))
    assert {"identity", "catalog", "recommendations", "main-db"} <= set(found["web"])
    assert "catalog" not in found  # identity and recommendations reach the database without it
    assert "users" not in found


def test_a_choke_point_is_what_cuts_paths_when_it_is_taken_away() -> None:
    world, rules = a_world(), lesson(STREAMING)
    graph = service_graph(world, rules)
    home = {c: s.id for s in world.services for c in s.capabilities}
    entries = {home[j.entry] for j in rules.journeys}
    reach = set(entries)
    for entry in entries:
        reach |= nx.descendants(graph, entry)
    found = choke_points(world, rules)
    for node in sorted(reach):
        without = graph.copy()
        without.remove_node(node)
        left = {e for e in entries if e != node}
        for entry in sorted(left):
            left |= nx.descendants(without, entry)
        assert sorted(found.get(node, ())) == sorted(reach - left - {node}), node


def test_the_critical_path_is_a_chain_of_calls_that_begins_where_the_journey_enters() -> None:
    session = a_session(events=())
    session.advance(20)
    order(session, "inject slow-dependency recommendations")
    session.advance(60)
    path = critical_path(session.world, session.rules, "browse")
    assert path[:2] == ("storefront", "recommendations")
    graph = capability_graph(session.rules)
    assert all(graph.has_edge(a, b) for a, b in pairwise(path))
    assert critical_path(session.world, session.rules, "play")[0] == "playback"


def spofs(world: World, rules: Rules, journey: str) -> set[tuple[str, str]]:
    return {(point.kind, point.what) for point in single_points_of_failure(world, rules, journey)}


@pytest.fixture(scope="module")
def play_points() -> set[tuple[str, str]]:
    return spofs(a_world(), lesson(STREAMING), "play")


def test_a_shared_store_is_a_single_point_of_failure_although_it_is_no_dominator(
    play_points: set[tuple[str, str]],
) -> None:
    assert ("store", "main-db") in play_points
    assert {("service", "web"), ("service", "identity"), ("service", "catalog")} <= play_points


def test_what_a_journey_does_not_need_and_replicas_with_room_are_no_single_points(
    play_points: set[tuple[str, str]],
) -> None:
    assert not {("provider", "payments"), ("provider", "mail"), ("service", "billing")} & play_points
    assert not {what for kind, what in play_points if kind == "replica"}


def test_the_last_replica_and_the_only_zone_are_single_points(play_points: set[tuple[str, str]]) -> None:
    assert ("zone", "a") in play_points
    world = ordered(a_world(), lesson(STREAMING), "scale identity -1")
    assert ("service", "identity") in spofs(world, lesson(STREAMING), "play")


def test_a_replica_without_room_to_spare_is_a_single_point() -> None:
    world = ordered(a_world(), lesson(STREAMING), "scale main-db -3", "scale main-db +1")
    rules = lesson(STREAMING)
    crowded = replace(
        rules,
        scenario=replace(rules.scenario, demands=tuple(replace(d, rate=2.2 * d.rate) for d in rules.scenario.demands)),
    )
    assert ("replica", "main-db") in spofs(world, crowded, "play")


def test_a_lone_provider_on_the_way_is_a_single_point() -> None:
    points = single_points_of_failure(a_world(POSTING), MONOLITH, "join")
    assert ("provider", "payments") in {(p.kind, p.what) for p in points}
    assert ("provider", "mail") not in {(p.kind, p.what) for p in points}  # only optional calls lead to it
    assert all(0.0 <= p.sli < 0.99 for p in points)
