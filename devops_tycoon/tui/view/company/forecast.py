"""The forecast as rows: utilisation, SLOs, due payments, and remaining cash."""

from devops_tycoon.sim.planning.outlook import JourneyOutlook, Outlook
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import duration, percent, short, whole_dollars
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import gauge
from devops_tycoon.tui.draw.text import cells, fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.wrap import wrapped

HOT, FULL = 0.7, 0.9
"""Utilisation above which waiting grows steeply; above which there is no headroom."""


def load_rows(told: Outlook, most: int, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the busiest services at the peak of the shift."""
    room = max(8, min(24, width - 34))
    rows = []
    for pool in sorted(told.pools, key=lambda pool: -pool.utilisation)[:most]:
        name, share = pool.service, pool.utilisation
        style = "bar.failing" if share >= FULL else "bar.hot" if share >= HOT else "bar"
        long = width >= 50
        word = (" no headroom" if long else " full") if share >= FULL else (" low headroom" if long else " hot")
        word = word if share >= HOT else ""
        text = "failing" if share >= FULL else "hot" if share >= HOT else "text"
        rows.append(
            merge(
                [
                    (f"  {pad(name, 16)}", "name"),
                    *gauge(min(1.0, share), room, glyphs, style),
                    (f" {percent(share)}{word}", text),
                ]
            )
        )
    return tuple(rows)


def journey_rows(told: Outlook, rules: Rules, most: int, width: int) -> tuple[Row, ...]:
    """Return the journeys, those that would miss their SLO first."""
    slo = {journey.id: journey.slo for journey in rules.journeys}
    ranked = sorted(told.journeys, key=lambda one: one.good - slo[one.journey])
    return tuple(_journey(one, slo[one.journey], width) for one in ranked[:most])


def _journey(one: JourneyOutlook, slo: float, width: int) -> Row:
    style = "text" if one.good >= slo else "failing"
    text = f"{percent(one.good)} good, p99 {duration(one.p99_ms / 1000)}"
    return merge([(f"  {pad(one.journey, 16)}", "name"), (fit(text, width - 18, middle=False), style)])


def breaks_rows(told: Outlook, width: int) -> tuple[Row, ...]:
    """Return single points of failure: what breaks a journey if it fails alone."""
    alone: dict[str, list[str]] = {}
    for one in told.journeys:
        for point in one.breaks:
            name = point.what if point.kind in ("service", "store", "provider") else f"{point.kind} {point.what}"
            alone.setdefault(name, []).append(one.journey)
    rows = []
    for name, journeys in sorted(alone.items(), key=lambda item: -len(item[1])):
        text = "everything" if len(journeys) == len(told.journeys) else ", ".join(journeys)
        rows.append(merge([(f"  {pad(name, 16)}", "name"), (fit(f"breaks {text}", width - 18, middle=False), "hot")]))
    return tuple(rows)


def money_ahead(world: World, told: Outlook, width: int) -> tuple[Row, ...]:
    """Return cash now, every bill of the weeks to come, and what is left."""
    rows = [_sum("Cash now", world.cash_cents, width, "text")]
    rows += [_sum(f"  {heading}", cents, width, "number", signed=True) for heading, cents in told.bills if cents]
    rows.append(_sum("Cash at the shift", told.cash_cents, width, "failing" if told.cash_cents < 0 else "title"))
    return tuple(rows)


def cliff_rows(told: Outlook, width: int) -> tuple[Row, ...]:
    """Return announced payments."""
    rows: list[Row] = []
    for cliff, away in told.cliffs:
        when = "before this shift" if away == 0 else "next quarter" if away == 1 else f"in {away} quarters"
        text = f"{whole_dollars(cliff.cents)} {when}: {cliff.text}"
        rows += [merge([(f"  {line}", "hot")]) for line in wrapped(text, width - 2)]
    return tuple(rows)


def members_row(world: World, told: Outlook) -> Row:
    """Return the members now and then, and who leaves because of what happened."""
    now, then = world.business.members, told.members
    style = "ok" if then >= now else "hot"
    left = f" ({short(told.growth.left)} leave: trust)" if told.growth.left else ""
    return merge([("Members ", "text"), (f"{short(now)} → {short(then)}", style), (left, "hot")])


def cash_row(world: World, told: Outlook, width: int) -> Row:
    """Return the cash now and then in one line."""
    text = f"{whole_dollars(world.cash_cents)} → {whole_dollars(told.cash_cents)}"
    style = "failing" if told.cash_cents < 0 else "ok" if told.cash_cents >= world.cash_cents else "hot"
    return merge([("Cash ", "text"), (fit(text, width - 5), style)])


def _sum(label: str, cents: int, width: int, style: str, signed: bool = False) -> Row:
    text = ("+" if signed and cents > 0 else "") + whole_dollars(cents)
    room = min(width, 40) - cells(text)
    return merge([(pad(label, max(0, room)), "dim" if signed else style), (text, style)])
