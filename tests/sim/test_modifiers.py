"""A fault never edits a service: it acts on it, and when it ends there is nothing to undo."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.sim.effects.fault_effects import in_zone
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow.network import Call, Network, Node, Pool
from devops_tycoon.sim.rules.failure import Effect, FailureMode
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.faults import Fault
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.world import World
from tests.builders import a_world, lesson, replicas, service_number, some_rules
from tests.examples import examples

PLAIN = Effect(
    where="target",
    capacity_pct=100.0,
    replicas_minus=0,
    add_latency_ms=0.0,
    error_pct=0.0,
    loss_pct=0.0,
    down=False,
    ramp_s=0.0,
)


def with_card(*effects: Effect, ramp_s: float = 0.0) -> Rules:
    """Return the rules of the streaming lesson with a card "x" of these effects."""
    rules = some_rules()
    card = replace(rules.failure["bad-deploy"], id="x", effects=tuple(replace(e, ramp_s=ramp_s) for e in effects))
    return replace(rules, failures=(*rules.failures, card))


def struck(world: World, target: str, card: str = "x", began: int = 0) -> World:
    return replace(world, faults=(*world.faults, Fault(len(world.faults) + 1, card, target, began, FOREVER)))


def pool(network: Network, service: str) -> Pool:
    return next(p for p in network.pools if p.id == service)


def node(network: Network, capability: str) -> Node:
    return next(n for n in network.nodes if n.id == capability)


def call(network: Network, caller: str, callee: str) -> Call:
    names = [n.id for n in network.nodes]
    return next(c for c in network.calls if (names[c.caller], names[c.callee]) == (caller, callee))


def others_are_untouched(before: Network, after: Network, *services: str) -> bool:
    pairs = zip(before.pools, after.pools, strict=True)
    return all(a == b for a, b in pairs if a.id not in services) and before.demands == after.demands


ANY = st.builds(
    Effect,
    where=st.sampled_from(["target", "callers", "callees"]),
    capacity_pct=st.sampled_from([0.0, 30.0, 100.0]),
    replicas_minus=st.integers(0, 5),
    add_latency_ms=st.sampled_from([0.0, 9920.0]),
    error_pct=st.sampled_from([0.0, 20.0, 100.0]),
    loss_pct=st.sampled_from([0.0, 50.0, 100.0]),
    down=st.booleans(),
    ramp_s=st.sampled_from([0.0, 7.0]),
)


@examples(60)
@given(st.lists(ANY, min_size=1, max_size=3), st.data())
def test_when_every_fault_is_over_the_network_is_the_one_before_bit_for_bit(
    effects: list[Effect], data: st.DataObject
) -> None:
    rules, world = with_card(*effects), a_world()
    before = network_in_effect(world, rules)
    services = [s.id for s in world.services]
    ill = world
    for target in data.draw(st.lists(st.sampled_from(services), min_size=1, max_size=4)):
        ill = struck(ill, target)
    ill = replace(ill, tick=data.draw(st.integers(0, 20)))
    network_in_effect(ill, rules)
    assert ill.services == world.services
    assert network_in_effect(replace(ill, faults=()), rules) == before


def test_capacity_takes_a_share_of_the_workers() -> None:
    rules, world = with_card(replace(PLAIN, capacity_pct=30.0)), a_world()
    before, after = network_in_effect(world, rules), network_in_effect(struck(world, "web"), rules)
    assert pool(after, "web").slots == pytest.approx(0.3 * pool(before, "web").slots)
    assert not pool(after, "web").down
    assert others_are_untouched(before, after, "web")


def test_lost_replicas_take_their_workers_and_the_last_takes_the_service() -> None:
    rules, world = with_card(replace(PLAIN, replicas_minus=1)), a_world()
    before, one = network_in_effect(world, rules), network_in_effect(struck(world, "identity"), rules)
    assert replicas(world, "identity") == 2
    assert pool(one, "identity").slots == pool(before, "identity").slots / 2
    assert not pool(one, "identity").down
    gone = network_in_effect(struck(struck(world, "identity"), "identity"), rules)
    assert pool(gone, "identity").down
    assert pool(gone, "identity").slots == 0
    more = network_in_effect(struck(struck(struck(world, "identity"), "identity"), "identity"), rules)
    assert more == gone


def test_two_faults_on_the_same_service_add_up() -> None:
    rules, world = with_card(replace(PLAIN, error_pct=50.0, capacity_pct=50.0)), a_world()
    both = network_in_effect(struck(struck(world, "catalog"), "catalog"), rules)
    assert node(both, "catalog").error == pytest.approx(0.75)
    assert pool(both, "catalog").slots == pytest.approx(0.25 * 16)


def test_latency_and_errors_on_a_service_are_its_own_and_are_paid_once_where_a_request_enters() -> None:
    rules, world = with_card(replace(PLAIN, add_latency_ms=250.0, error_pct=10.0)), a_world()
    before, after = network_in_effect(world, rules), network_in_effect(struck(world, "recommendations"), rules)
    entry = node(after, "recommendations")
    assert entry.slow_s == pytest.approx(0.25)
    assert entry.error == pytest.approx(0.1)
    for capability in ("storefront", "catalog", "titles-data"):
        assert node(after, capability) == node(before, capability)
    assert after.calls == before.calls
    web = network_in_effect(struck(world, "web"), rules)
    assert node(web, "playback").slow_s == pytest.approx(0.25)
    assert node(web, "search").slow_s == 0.0  # only storefront calls it, in the same program, and has paid already


def test_a_cut_link_loses_every_call_into_its_target_and_no_other() -> None:
    rules, world = with_card(replace(PLAIN, where="callers", down=True)), a_world()
    before, after = network_in_effect(world, rules), network_in_effect(struck(world, "catalog"), rules)
    assert after.pools == before.pools
    names = [n.id for n in after.nodes]
    for old, new in zip(before.calls, after.calls, strict=True):
        into = names[new.callee] == "catalog"
        assert new.lost == (1.0 if into else 0.0)
        assert into or old == new


def test_links_out_of_a_target_can_be_slow_lossy_and_refusing() -> None:
    effect = replace(PLAIN, where="callees", add_latency_ms=100.0, loss_pct=25.0, error_pct=50.0)
    rules, world = with_card(effect), a_world()
    after = network_in_effect(struck(world, "web"), rules)
    hit = call(after, "playback", "identity")
    assert (hit.lost, hit.error) == (0.25, 0.5)
    assert hit.latency_s == pytest.approx(0.1 + rules.balance.network_ms / 1000)
    inside = call(after, "storefront", "search")
    assert (inside.lost, inside.error, inside.latency_s) == (0.0, 0.0, 0.0)
    assert call(after, "catalog", "titles-data").lost == 0.0


def test_a_zone_takes_its_share_of_the_replicas_of_everything_but_providers() -> None:
    rules = some_rules(zones=3)
    world = a_world(zones=3)
    dark = network_in_effect(struck(world, "a", "zone-loss"), rules)
    plain = network_in_effect(world, rules)
    for service in world.services:
        lost = in_zone(service, 3, "a")
        if service.kind == "provider":
            lost = 0
        assert pool(dark, service.id).slots == pytest.approx(
            pool(plain, service.id).slots * (service.replicas - lost) / service.replicas
        )
    assert pool(dark, "web").slots == 50  # of four replicas, a and d stand in zone a
    everywhere = network_in_effect(
        struck(struck(struck(world, "a", "zone-loss"), "b", "zone-loss"), "c", "zone-loss"), rules
    )
    assert all(p.down for p in everywhere.pools if p.id not in ("payments", "mail"))


def test_calls_into_a_dark_zone_hang_until_the_registry_has_noticed() -> None:
    rules, world = some_rules(zones=3), struck(a_world(zones=3), "a", "zone-loss")
    dark = network_in_effect(world, rules)
    plain = network_in_effect(a_world(zones=3), rules)
    for after, before in zip(dark.calls, plain.calls, strict=True):
        callee = world.services[dark.nodes[after.callee].pool]
        inside = dark.nodes[after.caller].pool == dark.nodes[after.callee].pool
        provider = callee.kind == "provider"
        share = 0.0 if inside or provider else in_zone(callee, 3, "a") / callee.replicas
        assert after.lost == pytest.approx(share)
        assert before.lost == 0.0
    for demand in dark.demands:
        entry = world.services[dark.nodes[demand.entry].pool]
        assert demand.lost == pytest.approx(in_zone(entry, 3, "a") / entry.replicas)
    last = int(rules.balance.registry_s / rules.scenario.tick_s)
    assert network_in_effect(replace(world, tick=last - 1), rules) == dark
    noticed = network_in_effect(replace(world, tick=last), rules)
    assert noticed.pools == dark.pools
    assert (noticed.calls, noticed.demands) == (plain.calls, plain.demands)


@given(st.integers(0, 40), st.integers(1, 8))
def test_zones_share_out_all_replicas_evenly(replicas: int, zones: int) -> None:
    service = replace(a_world().services[0], replicas=replicas)
    counts = [in_zone(service, zones, letter) for letter in "abcdefgh"[:zones]]
    assert len(counts) == zones
    assert sum(counts) == replicas
    assert max(counts) - min(counts) <= 1
    assert in_zone(service, zones, "i") == 0


def test_a_ramp_grows_from_little_to_all_and_stays() -> None:
    rules, world = with_card(replace(PLAIN, add_latency_ms=1000.0), ramp_s=10.0), struck(a_world(), "catalog", began=5)
    slow = [node(network_in_effect(replace(world, tick=tick), rules), "catalog").slow_s for tick in range(5, 30)]
    assert slow[0] == pytest.approx(0.1)
    assert slow[:10] == sorted(set(slow[:10]))
    assert slow[9:] == [1.0] * len(slow[9:])


def test_a_restart_takes_one_replica_at_a_time_or_all_and_then_nothing() -> None:
    rules, world = lesson("worse-than-dead"), a_world()
    before = network_in_effect(world, rules)
    web = service_number(world, "web")

    def restarting(every: bool, tick: int) -> Network:
        changed = replace(world.services[web], restart_until=10, restart_all=every)
        services = (*world.services[:web], changed, *world.services[web + 1 :])
        return network_in_effect(replace(world, tick=tick, services=services), rules)

    assert pool(restarting(False, 9), "web") == replace(pool(before, "web"), slots=75.0)
    assert pool(restarting(True, 9), "web").down
    for every in (False, True):
        for tick in (10, 11, 12, 13):
            assert restarting(every, tick) == before


def test_settings_act_between_services_and_not_inside_one() -> None:
    rules, world = lesson("red-envelope"), a_world("red-envelope")
    network = network_in_effect(world, rules)
    assert call(network, "storefront", "catalog").latency_s == 0.0
    assert call(network, "catalog", "titles-data").latency_s == pytest.approx(0.001)
    assert not [c for c in network.calls if c.timeout_s is not None or c.retries]


def test_the_same_world_costs_one_network() -> None:
    rules, world = lesson("worse-than-dead"), a_world()
    later = [network_in_effect(replace(world, tick=tick), rules) for tick in (5, 77)]
    assert later[0] is later[1]


def test_every_shipped_card_does_something_to_its_target() -> None:
    rules, world = some_rules(zones=3), a_world(zones=3)
    before = network_in_effect(world, rules)
    cards: tuple[FailureMode, ...] = rules.failures
    assert len(cards) >= 4
    for card in cards:
        if card.needs:
            continue  # they act on what nobody has built here: tests/sim/practices
        target = "a" if card.target_kind == "zone" else "catalog"
        late = replace(struck(world, target, card.id), tick=5000)
        # one hides what happens, the other what could be done about it; the numbers stay as they are
        elsewhere = card.target_kind in ("telemetry", "control")
        assert (network_in_effect(late, rules) == before) == elsewhere, card.id
