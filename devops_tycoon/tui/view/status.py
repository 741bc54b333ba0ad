"""The two lines at the top: where we are, and how the users fare."""

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import budget_left, score, sli
from devops_tycoon.sim.text import dollars, percent, plural
from devops_tycoon.sim.timing.clock import in_shift_s, shift_of, time_of_day
from devops_tycoon.sim.values.watching import AVERAGES, OBJECTIVES, needs
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import gauge
from devops_tycoon.tui.draw.text import cells, fit
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge, row_text
from devops_tycoon.tui.view.company.summary import company_line
from devops_tycoon.tui.view.company.undeployed import waiting

SPEEDS = (1, 2, 4, 8)


def headline(world: World, rules: Rules, speed: int | str, paused: bool, width: int, glyphs: Glyphs) -> Row:
    """Return the title, the clock and the money on one line."""
    shift = shift_of(world, rules)
    led, long = rules.scenario.in_company_mode, width >= 112
    day = "" if led and not long else f"{shift.day} "
    if world.phase == "planning":
        clock, pace = f"{day}{time_of_day(world, rules)[:5]}", ("PLANNING: paused", "accent")
    elif world.phase == "over":
        clock, pace = "the end", ("OVER", "accent")
    else:
        stop = "paused" if glyphs == "ascii" else "▮▮ paused"
        told = speed if isinstance(speed, str) else f"×{speed}"
        go = told.replace("×", "x") if glyphs == "ascii" else f"▶ {told}"
        clock, pace = f"{day}{time_of_day(world, rules)}", (stop, "accent") if paused else (go, "ok")
    result = score(world, rules)
    left: list[Segment] = [(" ", "ground")]
    if width >= 140 or not led:
        left += [(rules.scenario.title, "title"), ("  ", "ground")]
    if long and not led and len(rules.scenario.shifts) > 1:
        left += [(shift.title, "dim"), ("  ", "ground")]
    left += [(clock, "text"), ("  ", "ground"), pace]
    right: list[Segment] = company_line(world) if led else [(dollars(world.cash_cents), "text"), ("  ", "ground")]
    right += _hands(world, rules, glyphs, long)
    if result.valid:
        right += [
            ("uptime " if long or not led else "", "dim"),
            (percent(result.uptime), "title"),
            (f"  grade {result.grade}" if long and not led else f" {result.grade}", "accent"),
        ]
    right.append((" ", "ground"))
    return spaced(left, right, width)


def _hands(world: World, rules: Rules, glyphs: Glyphs, long: bool) -> list[Segment]:
    """Show which responders are free; each is a small figure."""
    if world.phase != "shift" or not world.busy:
        return []
    free, taken = ("o", "x") if glyphs == "ascii" else ("●", "◌")
    marks = [(free, "ok") if until <= world.tick else (taken, "dim") for until in world.busy]
    wait = (min(world.busy) - world.tick) * rules.scenario.tick_s
    word = " busy" if long or not rules.scenario.in_company_mode else ""
    note = f"{word} {wait // 60}:{wait % 60:02}" if all(until > world.tick for until in world.busy) else ""
    return [("responders " if long else "", "dim"), *marks, (note, "hot"), ("  ", "ground")]


def spaced(left: list[Segment], right: list[Segment], width: int) -> Row:
    """Put one group at the left and one at the right of a line; the left gives way where both do not fit."""
    need = cells("".join(text for text, _ in right))
    kept: list[Segment] = []
    room = width - need - 1
    for text, style in left:
        text = fit(text, room, middle=False)
        room -= cells(text)
        kept.append((text, style))
        if room <= 0:
            break
    gap = width - need - cells("".join(text for text, _ in kept))
    return merge([*kept, (" " * max(0, gap), "ground"), *right])


def slo_line(world: World, rules: Rules, width: int, glyphs: Glyphs) -> Row:
    """Return every journey's share of good requests, its objective, and its error budget as a fuel gauge."""
    unknown = needs(world.sight, AVERAGES)
    if unknown:
        return merge([(fit(f" User experience is not measured yet ({unknown}).", width, middle=False), "unknown")])
    if world.sight.frozen:
        text = " Metrics are frozen, yet something outside reports an incident: is monitoring down?"
        return merge([(fit(text, width, middle=False), "hot")])
    if world.sight.level < OBJECTIVES:
        return _budgets(world, rules, "", 0, glyphs)  # a budget is of an objective that was agreed
    for label, room in ((" budget ", 18), (" budget ", 10), (" ", 10), (" ", 6)):
        row = _budgets(world, rules, label, room, glyphs)
        if cells(row_text(row)) <= width:
            return row
    return _budgets(world, rules, "", 0, glyphs)  # numbers matter more than gauges


def _budgets(world: World, rules: Rules, label: str, room: int, glyphs: Glyphs) -> Row:
    out: list[Segment] = [(" ", "ground")]
    for journey, tally in zip(rules.journeys, world.tally.journeys, strict=True):
        left = budget_left(tally, journey.slo)
        word = "ok" if left > 0.5 else "hot" if left > 0 else "failing"
        out += [(f"{journey.id} ", "name"), (_share(sli(tally)), word) if tally.valid else ("–", "dim")]
        out.append((f" needs {100 * journey.slo:g}%", "dim"))
        if room and left <= 0:
            out.append((" budget spent", "failing"))
        elif room:
            out += [(label, "dim"), *gauge(max(0.0, left), room, glyphs, f"bar.{word}" if word != "ok" else "bar")]
        out.append(("   ", "ground"))
    return merge(out[:-1])


def _share(share: float) -> str:
    """Return per cent, never rounded up."""
    return f"{int(share * 10_000 + 1e-6) / 100:g}%"


def progress(world: World, rules: Rules, width: int, glyphs: Glyphs) -> Row:
    """Return the way through the shift as a line with a knob."""
    shift = shift_of(world, rules)
    done = min(1.0, in_shift_s(world, rules) / max(1, shift.ticks * rules.scenario.tick_s))
    minutes = max(0, shift.ticks * rules.scenario.tick_s - in_shift_s(world, rules)) // 60
    number = f"shift {min(world.shift + 1, len(rules.scenario.shifts))} of {len(rules.scenario.shifts)}"
    ready = waiting(world) if world.phase == "shift" else 0
    wait = f"  {plural(ready, 'change')} waiting" if ready else ""
    tail = f"{wait}  {minutes} min left  {number} "
    room = max(5, width - cells(tail) - 2)
    at = min(room - 1, int(done * room))
    dash, knob = ("-", "o") if glyphs == "ascii" else ("─", "●")
    return merge(
        [(" ", "ground"), (dash * at, "ok"), (knob, "accent"), (dash * (room - at - 1), "axis"), (tail, "dim")]
    )
