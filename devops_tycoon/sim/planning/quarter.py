"""The weeks between two shifts: what a plan may cost, what is billed, and which projects end."""

from devops_tycoon.sim.basis import WHOLE, Fact, News, Rules, Service, World, dial, replace, shift_of
from devops_tycoon.sim.delivery.changes import made
from devops_tycoon.sim.demand.growth import members_after
from devops_tycoon.sim.demand.trust import forgiven
from devops_tycoon.sim.kinds import Heading
from devops_tycoon.sim.money.books import BROKE, booked
from devops_tycoon.sim.money.reserved import HOURS_A_WEEK, commitment, expired, reserved_replicas
from devops_tycoon.sim.operations.estate import pipeline_cents
from devops_tycoon.sim.partition.repartition import repartitioned
from devops_tycoon.sim.people.team import NOBODY, effort_of, learned, morning, resigned, rested, without
from devops_tycoon.sim.rules.company_mode import Cliff
from devops_tycoon.sim.values.order import order_of

_WEEKS_A_MONTH = 52 / 12
NO_MEMBERS = "The last member has left."


def plan_begun(world: World, rules: Rules) -> World:
    """Return the world at the start of a planning: the quarter's engineer-weeks are there to be spent."""
    return replace(world, effort=int(effort_of(world, rules) * rules.level.effort), planned=())


def weeks_passed(world: World, rules: Rules) -> News:
    """Return the world on the morning of the shift: bills are paid, projects whose time has come are in effect."""
    shift = shift_of(world, rules)
    facts: list[Fact] = []
    gone = resigned(world) if world.week else 0
    if gone:
        world = replace(world, team=without(world.team, gone))
        facts.append(Fact("order", f"{gone} of the engineers {'has' if gone == 1 else 'have'} resigned.", bad=True))
        if not world.team.engineers:
            return _over(world, NOBODY, facts)
    for heading, cents in bills(world, rules):
        world = booked(world, heading, cents)
    members = members_after(world, rules)
    world = replace(
        world,
        week=world.week + shift.weeks,
        effort=0,
        planned=(),
        delivery=replace(world.delivery, due=made(world, rules)),
        business=replace(world.business, members=max(0, members), trust=forgiven(world.business.trust, shift.weeks)),
        accounts=replace(world.accounts, shipped=world.delivery.shipped),
        team=learned(rested(world.team, shift.weeks), world.week + shift.weeks),
    )
    if members <= 0 < rules.scenario.company_mode.members:
        return _over(world, NO_MEMBERS, facts)
    world = expired(world)
    ripe = [project for project in world.projects if project.week <= world.week]
    world = replace(world, projects=tuple(project for project in world.projects if project.week > world.week))
    for project in ripe:
        world, news = order_of(project).apply(world, rules)
        facts.extend(news)
    both = beside(world, rules)
    if both.services != world.services:
        world = repartitioned(world, both, rules)
    if world.cash_cents < 0:
        return _over(world, BROKE, facts)
    return morning(world, rules), tuple(facts)


def _over(world: World, why: str, facts: list[Fact]) -> News:
    """Return the company at its end."""
    return replace(world, phase="over", ending=why), (*facts, Fact("end", why, bad=True))


def beside(world: World, rules: Rules) -> World:
    """Return the world with what runs in parallel while projects are under way: paid for from the first day."""
    for project in world.projects:
        lead = project.week - project.began
        done = WHOLE * (world.week - project.began) // lead if lead > 0 else WHOLE
        world = order_of(project).under_way(world, rules, done)
    return world


def bills(world: World, rules: Rules) -> tuple[tuple[Heading, int], ...]:
    """Return what the weeks until the shift will bring and cost, heading by heading, in cents: also the forecast."""
    company, weeks = rules.scenario.company_mode, shift_of(world, rules).weeks
    if not weeks:
        return ()
    monthly = company.fee_cents_per_month * dial(world, rules, "fees")
    fees = round(world.business.members * monthly * weeks / _WEEKS_A_MONTH)
    rent = 0.0
    running = beside(world, rules)
    for service in running.services:
        hourly = service.rent_cents_per_hour * dial(world, rules, "rent", service.id)
        rent += hourly * HOURS_A_WEEK * _rented(world, service, weeks)
    kept = sum(rules.practice[adopted.practice].cents_per_week for adopted in world.practices)
    return (
        ("fees", fees),
        ("salaries", -_paid_weeks(world, weeks) * company.salary_cents_per_week),
        ("rent", -round(rent)),
        ("pipelines", -pipeline_cents(running, rules) * weeks),
        ("practices", -kept * weeks),
        ("commitments", -commitment(world, weeks)),
        *((cliff.heading, -cliff.cents) for cliff, away in cliffs_ahead(world, rules) if away == 0),
    )


def _paid_weeks(world: World, weeks: int) -> int:
    """Return the weeks of all people together that are paid: who comes in between is paid from then on."""
    coming = ((p.week - world.week, getattr(p.order, "people", 0)) for p in world.projects if p.order.verb == "hire")
    return world.team.engineers * weeks + sum(people * max(0, weeks - after) for after, people in coming)


def _rented(world: World, service: Service, weeks: int) -> int:
    """Return the replica-weeks that are rented, not reserved, until the shift."""
    return sum(
        max(0, service.replicas - reserved_replicas(world, service.id, world.week + week)) for week in range(weeks)
    )


def cliffs_ahead(world: World, rules: Rules) -> tuple[tuple[Cliff, int], ...]:
    """Return what is announced to fall due, with how many shifts away it is; 0: before the one that is planned."""
    shifts = [shift.id for shift in rules.scenario.shifts]
    found = [(cliff, shifts.index(cliff.shift) - world.shift) for cliff in rules.scenario.company_mode.cliffs]
    return tuple((cliff, away) for cliff, away in found if 0 <= away <= cliff.announced)
