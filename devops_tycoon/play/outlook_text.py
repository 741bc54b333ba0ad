"""The forecast for the coming peak, as lines of text."""

from devops_tycoon.sim.planning.outlook import Outlook, outlook
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars, plural
from devops_tycoon.sim.values.world import World


def outlook_lines(world: World, rules: Rules) -> list[str]:
    """Return the forecast for the coming peak, line by line."""
    found = outlook(world, rules)
    lines = [f"Outlook for {found.shift.day}: {found.shift.title} (demand ±{found.band:.0%})."]
    if rules.scenario.in_company_mode:
        lines += _money(found)
    lines += [
        f"  {pool.service}: {pool.utilisation:.0%} busy at the peak, {pool.waiting:,.0f} waiting"
        for pool in found.pools
    ]
    for journey in found.journeys:
        lines.append(
            f"  {journey.journey}: {journey.rate:,.0f} req/s, {journey.good:.2%} good, p99 {journey.p99_ms:,.0f} ms"
        )
        named = [f"{point.kind} {point.what}" for point in journey.breaks]
        lines.append(f"    single points of failure: {', '.join(named) or 'nothing'}")
    return lines


def _money(found: Outlook) -> list[str]:
    came = f"{found.growth.joined:+,} join, {found.growth.left:,} leave"
    lines = [f"  members: {found.members:,} ({came})"]
    lines += [f"  {heading}: {dollars(cents)}" for heading, cents in found.bills if cents]
    lines.append(f"  cash on that morning: {dollars(found.cash_cents)}" + (f". {found.ending}" if found.ending else ""))
    for cliff, away in found.cliffs:
        when = "now" if not away else f"in {plural(away, 'shift')}"
        lines.append(f"  due {when}: {dollars(cliff.cents)} ({cliff.heading}). {cliff.text}")
    return lines
