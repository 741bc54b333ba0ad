"""What a narrow terminal shows instead of panels side by side: tabs, and three lines about the selection."""

from collections.abc import Sequence

from devops_tycoon.sim.detection.health import UNKNOWN, health
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import duration, percent, short
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.watching import AVERAGES, PERCENTILES, needs
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import sparkline
from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.feed import feed
from devops_tycoon.tui.view.history import History
from devops_tycoon.tui.view.panes import PANES


def tabs(pane: str, world: World, width: int) -> Row:
    """Return the line of tabs, the current one in brackets."""
    out: list[Segment] = [(" ", "ground")]
    for one in PANES:
        name, title = one.id, f"{one.key} {one.title}"
        mark = "!" if name == "feed" and world.alarms else ""
        out.append((f"[{title}{mark}] ", "accent") if name == pane else (f" {title}{mark}  ", "hot" if mark else "dim"))
    used = sum(len(text) for text, _ in out)
    keys = "z zoom  f focus "
    if pane == "map" and used + len(keys) <= width:
        out.append((" " * (width - used - len(keys)) + keys, "dim"))
    return merge(out)


def brief(
    world: World,
    rules: Rules,
    chosen: str,
    history: History,
    facts: Sequence[tuple[str, Fact]],
    width: int,
    glyphs: Glyphs,
) -> tuple[Row, ...]:
    """Return the selection, two sparklines and the newest fact."""
    news = [merge([(" ", "ground"), *row]) for row in feed(facts, width - 1, 1, glyphs)]
    return (_selection(world, rules, chosen, width), _sparks(world, history, width, glyphs), *news)


def _selection(world: World, rules: Rules, chosen: str, width: int) -> Row:
    reading, tick_s = world.reading, rules.scenario.tick_s
    for number, service in enumerate(world.services):
        if service.id == chosen:
            state = health(world, rules, number)
            if state == UNKNOWN:
                text = f" {chosen} not measured ({needs(world.sight, AVERAGES)})"
                return merge([(fit(text, width, middle=False), "unknown")])
            waiting = max(0.0, reading.in_system[number] - reading.slots[number] * reading.utilisation[number])
            queue = "" if needs(world.sight, PERCENTILES) else f"  waiting {short(waiting)}"
            text = (
                f" {service.replicas}×{service.concurrency}  busy {percent(reading.utilisation[number])}"
                f"  in {short(reading.arrivals[number] / tick_s)}/s{queue}"
                f"  holds {duration(reading.hold_s[number])}"
            )
            return merge([(f" {chosen} {state}", state), (fit(text, width - len(chosen) - 9, middle=False), "text")])
    return merge([(" members: every request starts here" if chosen == USERS else " ", "text")])


def _sparks(world: World, history: History, width: int, glyphs: Glyphs) -> Row:
    unknown = needs(world.sight, AVERAGES)
    if unknown:
        return merge([(fit(f" rate and failures not measured ({unknown})", width, middle=False), "unknown")])
    room = max(8, (width - 34) // 2)
    rate = history.rate[-1] if history.rate else 0.0
    bad = history.bad_pct[-1] if history.bad_pct else 0.0
    return merge(
        [
            (" rate ", "dim"),
            *sparkline(tuple(history.rate), room, glyphs, "series.0", 0.0),
            (f" {short(rate)}/s  failed ", "dim"),
            *sparkline(tuple(history.bad_pct), room, glyphs, "series.2", 0.0, 100.0),
            (f" {bad:.1f}%", "failing" if bad > 5 else "dim"),
        ]
    )
