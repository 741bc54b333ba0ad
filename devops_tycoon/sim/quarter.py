"""The weeks between two shifts: what a plan may cost, what is billed, and which projects end."""

from dataclasses import replace

from devops_tycoon.sim.books import booked
from devops_tycoon.sim.clock import shift_of
from devops_tycoon.sim.dials import dial
from devops_tycoon.sim.estate import pipeline_cents
from devops_tycoon.sim.facts import Fact
from devops_tycoon.sim.phases.money import BROKE
from devops_tycoon.sim.repartition import repartitioned
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import WHOLE, World

_WEEKS_A_MONTH = 52 / 12
_HOURS_A_WEEK = 168
_LEARNING = 0.5
"""What a newcomer gives [design value, research 4.6: useful after 90 days]."""


def plan_begun(world: World, rules: Rules) -> World:
    """Return the world at the start of a planning: the quarter's engineer-weeks are there to be spent."""
    if rules.scenario.leading is None:
        return world
    hands = world.team.engineers - _LEARNING * world.team.newcomers
    return replace(world, effort=int(10 * hands * shift_of(world, rules).weeks), planned=())


def weeks_passed(world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
    """Return the world on the morning of the shift: bills are paid, projects whose time has come are in effect."""
    leading, shift = rules.scenario.leading, shift_of(world, rules)
    if leading is None:
        return world, ()
    facts: list[Fact] = []
    for heading, cents in bills(world, rules):
        world = booked(world, heading, cents)
    members = round(world.business.members + _joined(world, shift.members) * world.business.trust / WHOLE)
    world = replace(
        world,
        week=world.week + shift.weeks,
        effort=0,
        planned=(),
        business=replace(world.business, members=members),
        team=replace(world.team, newcomers=0),
    )
    ripe = [project for project in world.projects if project.week <= world.week]
    world = replace(world, projects=tuple(project for project in world.projects if project.week > world.week))
    for project in ripe:
        world, news = project.order.apply(world, rules)
        facts.extend(news)
    both = beside(world, rules)
    if both.services != world.services:
        world = repartitioned(world, both, rules)
    if world.cash_cents < 0:
        world = replace(world, phase="over", ending=BROKE)
        facts.append(Fact("end", BROKE, bad=True))
    return world, tuple(facts)


def beside(world: World, rules: Rules) -> World:
    """Return the world with what runs beside the old while projects are under way: paid for from the first day."""
    for project in world.projects:
        lead = project.week - project.began
        done = WHOLE * (world.week - project.began) // lead if lead > 0 else WHOLE
        world = project.order.under_way(world, rules, done)
    return world


def _joined(world: World, expected: int) -> int:
    return expected - world.business.members if expected else 0


def bills(world: World, rules: Rules) -> tuple[tuple[str, int], ...]:
    """Return what the weeks until the shift will bring and cost, heading by heading, in cents: also the forecast."""
    leading, weeks = rules.scenario.leading, shift_of(world, rules).weeks
    if leading is None or not weeks:
        return ()
    fees = round(world.business.members * leading.fee_cents_per_month * weeks / _WEEKS_A_MONTH)
    rent = 0.0
    running = beside(world, rules)
    for service in running.services:
        hourly = service.replicas * service.rent_cents_per_hour * dial(world, rules, "rent", service.id)
        rent += hourly * _HOURS_A_WEEK * weeks
    kept = sum(rules.practice[adopted.practice].cents_per_week for adopted in world.practices)
    return (
        ("fees", fees),
        ("salaries", -world.team.engineers * leading.salary_cents_per_week * weeks),
        ("rent", -round(rent)),
        ("pipelines", -pipeline_cents(running, rules) * weeks),
        ("practices", -kept * weeks),
    )
