"""An incident as the company sees it: what is known, what was done, what could be done."""

from collections.abc import Sequence

from devops_tycoon.play.session import Recorded
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import budget_left, sli
from devops_tycoon.sim.text import percent
from devops_tycoon.sim.values.tally import Incident
from devops_tycoon.sim.values.units import FOREVER
from devops_tycoon.sim.values.watching import (
    AVERAGES,
    NEEDS,
    OBJECTIVES,
    PERCENTILES,
    links,
    needs,
    numbers,
    percentiles,
)
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.glyphs import sign
from devops_tycoon.tui.draw.text import cells, fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Health, Row, Segment, merge
from devops_tycoon.tui.view.company.incident_options import Option, troubled
from devops_tycoon.tui.view.company_map import map_of
from devops_tycoon.tui.view.feed import when
from devops_tycoon.tui.view.wrap import wrapped

_HOW = {"alert": "by an alert", "probe": "by the outside probe", "complaints": "because members complained"}
_WORST: dict[str, Health] = {"down": "down", "failing": "failing", "hot": "hot"}


def title(incident: Incident, world: World, rules: Rules) -> str:
    """Return the incident's number, and for how long it has been open."""
    minutes = (world.tick - incident.detected) * rules.scenario.tick_s // 60
    return f"Incident {incident.id}, open for {minutes} min"


def known(world: World, rules: Rules, width: int, glyphs: Glyphs, most: int = 7) -> list[Row]:
    """Return what the company knows of the incident, at its level of observability."""
    rows: list[Row] = []
    sight = world.sight
    if sight.frozen:
        rows.append(merge([("Metrics are frozen, yet members are complaining: monitoring is down.", "hot")]))
    if not numbers(sight):
        need = NEEDS.get(sight.level + 1, "metrics")
        text = f"Nothing is measured; you know only what members report (needs {need.capitalize()})."
        return [*rows, *[merge([(line, "text")]) for line in wrapped(text, width)]]
    rows += [*_last_minute(world), *_journeys(world, rules, width), *_burning(world, width)]
    rows += _services(world, rules, width, glyphs)
    if links(sight):
        rows += _links(world, rules, width)
    elif percentiles(sight):
        rows += _dim("Only tracing would show which call is at fault.", width)
    else:
        rows += _dim("Averages, some minutes old: they hide slow and failed requests.", width)
    return rows[:most]


def _last_minute(world: World) -> list[Row]:
    """Return how many members were failed of late, where that is counted."""
    if world.sight.level < PERCENTILES or not world.tally.recent:
        return []
    valid, bad = sum(v for v, _ in world.tally.recent), sum(b for _, b in world.tally.recent)
    share = bad / valid if valid else 0.0
    return [
        merge([(f"{percent(share)} failed", "failing" if share > 0.05 else "text"), (" in the last minute", "dim")])
    ]


def _dim(text: str, width: int) -> list[Row]:
    return [merge([(line, "dim")]) for line in wrapped(text, width)]


def _journeys(world: World, rules: Rules, width: int) -> list[Row]:
    """Return the journeys that have spent the most of what may fail, and how much of it is left."""
    parts: list[Segment] = []
    pairs = [pair for pair in zip(rules.journeys, world.tally.journeys, strict=True) if pair[1].valid]
    for journey, tally in sorted(pairs, key=lambda pair: budget_left(pair[1], pair[0].slo))[:3]:
        left = budget_left(tally, journey.slo)
        style = "ok" if left > 0.5 else "hot" if left > 0 else "failing"
        parts += [(f"{journey.id} ", "name"), (f"{percent(sli(tally))} ", style)]
    spent = sum(budget_left(tally, journey.slo) <= 0 for journey, tally in pairs)
    if parts and world.sight.level >= OBJECTIVES and spent:
        parts.append((f"budgets spent: {spent}", "failing"))
    return [_clipped([("good so far ", "dim"), *parts], width)] if parts else []


def _burning(world: World, width: int) -> list[Row]:
    """Return which budgets burn, the quickest alert of each journey."""
    rates: dict[str, float] = {}
    for alert in world.watch.alerts:
        journey, _, rate = alert.partition(" ")
        rates[journey] = max(rates.get(journey, 0.0), float(rate))
    if not rates:
        return []
    text = ", ".join(f"{journey} {rate:g}×" for journey, rate in rates.items())
    return [merge([(fit(f"burn-rate alerts: {text}", width, middle=False), "failing")])]


def _clipped(parts: Sequence[Segment], width: int) -> Row:
    """Return as many segments as fit, the last one cut."""
    kept: list[Segment] = []
    for text, style in parts:
        short = fit(text, width, middle=False)
        kept.append((short, style))
        width -= len(short)
        if width <= 0:
            break
    return merge(kept)


def _services(world: World, rules: Rules, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the unhealthy services."""
    rows: list[Row] = []
    for name in troubled(world, rules)[:3]:
        number = next((n for n, service in enumerate(world.services) if service.id == name), None)
        if number is None:
            continue
        state = health(world, rules, number)
        busy = percent(world.reading.utilisation[number])
        waiting = max(0.0, world.reading.in_system[number] - world.reading.slots[number])
        mark = sign(_WORST.get(state, "hot"), glyphs)
        queue = "" if needs(world.sight, PERCENTILES) else f", {waiting:.0f} waiting"
        text = f"{pad(name, 18 if width > 50 else 10)} {state}, {busy} busy{queue}"
        rows.append(merge([(f"{mark} ", state), (fit(text, width - 2, middle=False), "text")]))
    unknown = needs(world.sight, AVERAGES)
    text = f"No service is measured: {unknown}." if unknown else "No service stands out."
    return rows or [merge([(fit(text, width, middle=False), "dim")])]


def _links(world: World, rules: Rules, width: int) -> list[Row]:
    """Return the worst calls, which only tracing shows."""
    _, edges = map_of(world, rules)
    bad = sorted((edge for edge in edges if edge.fail > 0.02 or edge.slow), key=lambda edge: (-edge.fail, edge.source))
    return [
        merge(
            [
                (f"{_named(edge.source)} > {edge.target} ", "name"),
                (fit(f"{percent(edge.fail)} fail" + (", slow" if edge.slow else ""), width), "failing"),
            ]
        )
        for edge in bad[:2]
    ]


def _named(name: str) -> str:
    return "members" if name == USERS else name


def course(
    incident: Incident, world: World, rules: Rules, orders: Sequence[Recorded], width: int, most: int = 5
) -> list[Row]:
    """Return the timeline: noticed and how, acknowledged or not, what members heard, and what was ordered since."""
    lines: list[tuple[int, str, str]] = [
        (incident.detected, f"noticed {_HOW.get(incident.how, '')}".strip(), "text"),
    ]
    if incident.acknowledged < FOREVER:
        lines.append((incident.acknowledged, "acknowledged", "ok"))
    if incident.updated >= 0:
        lines.append((incident.updated, "members were told", "ok"))
    given = [order for order in orders if order.tick >= incident.detected and not order.order.startswith("inject ")]
    lines += [(order.tick, f"ordered: {order.order}", "accent") for order in given[-max(1, most - len(lines)) :]]
    rows = [
        merge([(f"{when(rules, tick)} ", "dim"), (fit(text, width - 6, middle=False), style)])
        for tick, text, style in sorted(lines)
    ]
    missing = []
    if incident.acknowledged == FOREVER:
        missing.append("not acknowledged yet")
    if incident.updated < 0:
        missing.append("members have not been told")
    if missing:
        rows += [merge([(fit(text, width, middle=False), "hot")]) for text in missing]
    pending = [str(p.order) for p in world.pending if p.by != "facilitator"]
    if pending:
        rows.append(merge([(fit(f"In progress: {', '.join(pending)}", width, middle=False), "accent")]))
    return rows[:most]


_COLUMNS = (("price", 9), ("time", 9), ("effect", 10))


def option_rows(options: Sequence[Option], picked: int, width: int, glyphs: Glyphs) -> list[Row]:
    """Return the numbered options with their price, responder time, and when they take effect."""
    tail = sum(cells for _, cells in _COLUMNS)
    told = width >= 88
    room = max(10, width - tail - 5)
    longest = max((cells(option.text) for option in options), default=0) + 2
    name_room = min(room, max(16, longest)) if told else room
    rows = [
        merge([(" " * (width - tail), "ground"), *[(pad(name, cells, align=">"), "dim") for name, cells in _COLUMNS]])
    ]
    for number, option in enumerate(options):
        mark = (">" if glyphs == "ascii" else "▸") if number == picked else " "
        style = "selected" if number == picked else "dim" if option.waits else "name"
        texts = (option.price, option.hands, option.effect)
        columns = "".join(pad(text, cells, align=">") for text, (_, cells) in zip(texts, _COLUMNS, strict=True))
        rows.append(
            merge(
                [
                    (f"{mark} ", "selected"),
                    (f"{number + 1} ", "key"),
                    (pad(option.text, name_room), style),
                    (_beside(option.about, room - name_room), "dim"),
                    (f" {columns}", "number"),
                ]
            )
        )
    return rows


def _beside(text: str, width: int) -> str:
    """Return the first sentence in exactly that width."""
    return pad(fit(text.split(". ")[0].rstrip("."), width, middle=False), width)


def about(option: Option, width: int, most: int) -> list[Row]:
    """Return what an option does, in the words of its own help page."""
    rows = [merge([(line, "hot")]) for line in wrapped(option.waits, width)] if option.waits else []
    lines = wrapped(option.about, width)
    most -= len(rows)
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), width, middle=False)]
    return [*rows, *[merge([(line, "text")]) for line in lines]]
