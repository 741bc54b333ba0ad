"""The band below the map: four charts, or the goals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.score.score import explain, score
from devops_tycoon.sim.text import duration, short
from devops_tycoon.sim.timing.clock import shift_of, time_of_day
from devops_tycoon.sim.values.watching import AVERAGES, PERCENTILES, needs
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.charts import Series, framed_chart
from devops_tycoon.tui.draw.numbers import nice_ceiling
from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, merge
from devops_tycoon.tui.view.history import TICKS, History
from devops_tycoon.tui.view.wrap import wrapped


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its panel, its title, its newest value, and its rows for a size."""

    id: str
    title: str
    now: str
    rows: Callable[[int, int, Glyphs], tuple[Row, ...]]


def charts(history: History, world: World, tick_s: int) -> tuple[Chart, ...]:
    """Return the four golden signals: traffic, latency, errors, saturation."""
    minutes = TICKS * tick_s // 60
    busiest = _busiest(world)
    left = f"−{minutes}m" if minutes < 120 else f"−{minutes // 60}h"

    def chart(
        name: str,
        title: str,
        values: Sequence[float],
        write: Callable[[float], str],
        high: float | None = None,
        threshold: float | None = None,
    ) -> Chart:
        unknown = needs(world.sight, PERCENTILES if name == "p99" else AVERAGES)
        if unknown:
            return Chart(name, title, "", lambda width, height, _: _no_data(unknown, width, height))
        kept = tuple(values)
        padded = kept[:1] * (TICKS - len(kept)) + kept

        def rows(width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
            series = [Series(padded, "series.0")]
            return framed_chart(series, width, height, glyphs, high=high, threshold=threshold, left=left)

        return Chart(name, title, write(kept[-1]) if kept else "", rows)

    return (
        chart("rate", "4 Requests per second", history.rate, lambda value: f"{short(value)}/s"),
        chart("p99", "p99 latency, ms", history.p99_ms, lambda ms: duration(ms / 1000)),
        chart("bad", "Requests failed, %", history.bad_pct, lambda value: f"{value:.1f}%", _top(history.bad_pct)),
        chart("busiest", "Busiest service, %", history.busiest_pct, lambda v: f"{busiest}{v:.0f}%", 100.0, 80.0),
    )


def _no_data(unknown: str, width: int, height: int) -> tuple[Row, ...]:
    """Return the rows of a chart that nobody measures."""
    words = [merge([(f" {line}", "unknown")]) for line in wrapped(f"no data: {unknown}", width - 1)]
    return (*[()] * max(0, (height - len(words)) // 2), *words)[:height]


def _busiest(world: World) -> str:
    """Return the name of the busiest service, or nothing where all stand still."""
    shares = world.reading.utilisation
    most = max(shares, default=0.0)
    return f"{world.services[shares.index(most)].id} " if most > 0 else ""


def _top(values: Sequence[float]) -> float:
    """Return the top of a chart that is not stretched by next to nothing."""
    return nice_ceiling(max(10.0, max(values, default=0.0)))


def goals_panel(world: World, rules: Rules, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return what must be reached, how it stands, the shift that is planned, and the score so far."""
    result = score(world, rules)
    yes, no = ("v", "x") if glyphs == "ascii" else ("✓", "✗")
    rows: list[Row] = []
    played = any(tally.valid for tally in world.tally.journeys)
    for goal in result.goals:
        sign, style = ((yes, "ok") if goal.met else (no, "failing")) if played else ("·", "dim")
        now = f"   now {goal.says}" if played else ""
        rows.append(merge([(f" {sign} ", style), (fit(f"{goal.goal.text}{now}", width - 3, middle=False), "text")]))
    if world.phase == "planning":
        rows += [merge([(f" {line}", "text")]) for line in wrapped(_plan(world, rules), width - 2)]
    if played:
        rows.append(merge([(f" Score {result.points} of 1000, grade {result.grade}. ", "accent")]))
        rows += [merge([(fit(f" {line}", width, middle=False), "dim")]) for line in explain(result)]
    return tuple(rows[:height])


def _plan(world: World, rules: Rules) -> str:
    """Return what is about to be played."""
    shift = shift_of(world, rules)
    minutes = shift.ticks * rules.scenario.tick_s // 60
    return (
        f"Planned: {shift.title} ({shift.day} {time_of_day(world, rules)[:5]}, {minutes} minutes). "
        "Until you begin, the game is paused and orders take effect at once."
    )
