"""Random games: shipped lessons under random orders, sensible and senseless, and under random failure cards."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from random import Random

from devops_tycoon.content.find import ids
from devops_tycoon.content.load import load_rules
from devops_tycoon.orders import kinds, moves
from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.sim.effects.modifiers import network_in_effect
from devops_tycoon.sim.flow.plan import plan_of
from devops_tycoon.sim.flow.shapes import refit
from devops_tycoon.sim.money.books import balance
from devops_tycoon.sim.numerics.digest import digest
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.operations.measures import admitted
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order
from devops_tycoon.sim.values.world import World
from tests.soak.check import BrokenLawError, check_numbers, check_pools, check_requests, check_users, on_the_way
from tests.soak.play import Story
from tests.soak.wishes import a_wish

GAME_TICKS = 400
SHIFTS = (40, 150, 400)
"""How long shifts are, in ticks: short ones end in the middle of trouble."""
EAGER = (0.02, 0.1, 0.5)
"""How eager players are: the chance that one more order comes before the tick goes on."""


def play_game(dice: Random, ticks: int, story: Story, eagerness: Sequence[float] = EAGER) -> None:
    """Play a lesson for some ticks; one that ends is followed by another."""
    session = _a_session(dice)
    eager = dice.choice(eagerness)
    for story.tick in range(ticks):
        if session.over:
            session = _a_session(dice)
        while dice.random() < eager:
            _order(session, dice, story)
        if session.world.phase == "planning":
            refused = session.place("begin")
            if refused is not None:
                raise BrokenLawError(f"begin was refused: {refused}")
        _tick(session)
    story.digest = digest((session.digest, session.world))


def _a_session(dice: Random) -> Session:
    """Return a lesson with short shifts; half of the time money and hands are no matter, so that more is allowed."""
    rules = load_rules(dice.choice(ids("scenarios")))
    scenario = rules.scenario
    lasts = dice.choice(SHIFTS)
    scenario = replace(scenario, shifts=tuple([replace(shift, ticks=lasts) for shift in scenario.shifts]))
    if dice.random() < 0.5:
        scenario = replace(scenario, cash_cents=10**12, responders=9)
    return Session(Game(replace(rules, scenario=scenario), dice.getrandbits(63)))


def _order(session: Session, dice: Random, story: Story) -> None:
    """Place an order: one of those worth considering, or anything that looks like one."""
    by = dice.choice(("", "", FACILITATOR))
    order: Order | str = a_wish(session.world, session.rules, dice)
    if dice.random() < 0.1:
        able = list(moves(session.seen, session.rules))
        if able:
            order = dice.choice(able)
    story.context = f"tick {session.world.tick}: {order!s} @{by}, after {[str(o) for o in session.orders]!r}"
    accepted = len(session.orders)
    refused = session.place(order, by)
    story.orders += 1
    if (refused is None) != (len(session.orders) > accepted):
        raise BrokenLawError(f"{order} was answered with {refused!r}")
    if refused is not None and not refused.endswith((".", "?")):
        raise BrokenLawError(f"{order} was refused without a sentence: {refused!r}")
    if refused is None and str(kinds()[session.orders[-1].order.split()[0]]) and session.orders[-1].by != by:
        raise BrokenLawError(f"{order} of {by!r} was written down as of {session.orders[-1].by!r}")


def _tick(session: Session) -> None:
    before, rules = session.world, session.rules
    session.advance()
    world = session.world
    check_numbers(world.flow)
    check_tally(world)
    check_company(world, session.rules)
    if (world.shift, world.phase) != (before.shift, before.phase):
        return  # the flow begins afresh
    check_numbers(world.reading)
    if world.services is before.services and world.links is before.links:
        _check_flow(before, world, rules)


def _check_flow(before: World, world: World, rules: Rules) -> None:
    """Requests are conserved where nobody has cut the company anew in this tick."""
    network = network_in_effect(replace(world, tick=before.tick), rules)
    flow = refit(plan_of(network), before.flow)  # a measure of this tick makes other delay lines
    levels = {pool.id: level for pool, level in zip(network.pools, flow.level, strict=True)}
    check_pools(levels, network, world.flow, world.reading)
    check_users(network, world.reading)
    new = [rate * network.tick_s for rate in admitted(replace(world, tick=before.tick), rules)]
    check_requests(network, on_the_way(network, flow), new, world.flow, world.reading)


def check_tally(world: World) -> None:
    """The ledger has every bad request once, in whole micro-requests."""
    tally = world.tally
    bad = 0
    for journey in tally.journeys:
        if not 0 <= journey.good <= journey.valid:
            raise BrokenLawError(f"{journey.journey}: {journey.good} good of {journey.valid}")
        if not (journey.degraded <= journey.good and journey.late <= journey.valid - journey.good):
            raise BrokenLawError(f"parts are more than the whole: {journey!r}")
        if sum(journey.latencies) != journey.valid:
            raise BrokenLawError(f"{journey.journey}: {sum(journey.latencies)} latencies of {journey.valid} requests")
        bad += journey.valid - journey.good
    blamed = sum(line.bad for line in tally.ledger)
    if blamed != bad or any(line.bad <= 0 for line in tally.ledger):
        raise BrokenLawError(f"{bad} bad micro-requests, {blamed} in the ledger")


def check_company(world: World, rules: Rules) -> None:
    """Money is what the books say, every service has replicas and not more than it has room for."""
    if world.cash_cents != balance(world, rules):
        raise BrokenLawError(f"{world.cash_cents} cents in hand, {balance(world, rules)} by the books")
    for service in world.services:
        if not 1 <= service.replicas <= service.most:
            raise BrokenLawError(f"{service.id} has {service.replicas} replicas of {service.most}")
        if not isfinite(service.price_cents) or service.price_cents < 0:
            raise BrokenLawError(f"a replica of {service.id} costs {service.price_cents}")
