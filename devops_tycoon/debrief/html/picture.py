"""A run as one picture: an SVG that stands alone, for a page of notes, a slide or a chat."""

from textwrap import shorten, wrap

from devops_tycoon.debrief.html.charts import BLUE, INK, ORANGE, SOFT, Line, shares
from devops_tycoon.debrief.html.lesson import Lesson, requests
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.patterns import patterns
from devops_tycoon.debrief.run import Run, run_of
from devops_tycoon.play.session import Session

WIDE, HIGH = 1000, 330
BESIDE = 110
"""At the right of a chart is room for the names of its lines; here is one line without a name."""
MARGIN, LINE = 32, 22
_CELLS = 110
_MICRO = 1_000_000
_ORDERS = 120
"""More marks than this stand too close to be told apart."""


def run_picture(session: Session) -> str:
    """Return the picture: result and goals, what members got over time with the troubles, and the player's orders."""
    run = run_of(session, session.game.player, "")
    lesson = Lesson(session.rules, session.game.seed, (run,))
    title = f"{session.rules.scenario.title}: debrief"
    head, below_head = _lines(_facts(session, run), 84)
    chart = shares(lesson.axis, _curves(run), lesson.bands, _told(run), size=(WIDE + BESIDE, HIGH))
    key, high = _lines(_key(lesson, run), below_head + HIGH + 24)
    drawn = el(
        "svg",
        el("title", title),
        el("desc", _told(run)),
        patterns(),
        el("rect", width=WIDE, height=high + MARGIN, fill="#fffdf9"),
        el("text", shorten(title, 60, placeholder=" …"), x=MARGIN, y=50, fill=INK, font_size=30, font_weight="bold"),
        *head,
        el("svg", chart, x=0, y=below_head, width=WIDE + BESIDE, height=HIGH),
        *key,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE} {high + MARGIN}",
        width=WIDE,
        height=high + MARGIN,
        font_family="system-ui, 'Segoe UI', 'Liberation Sans', sans-serif",
    )
    return f"{drawn}\n"


def _facts(session: Session, run: Run) -> list[tuple[str, str]]:
    """Return the result and each goal, with their inks."""
    found = run.result or {}
    ending = "goals met" if found["won"] else "goals not met" if run.over else f"stopped at tick {found['ticks']}"
    by = f", played by {shorten(session.game.player, 40, placeholder=' …')}" if session.game.player else ""
    lines = [
        (f"{ending}: uptime {found['uptime']:.3%}, score {found['score']}, grade {found['grade']}{by}", INK),
        (f"scenario {session.rules.id}, seed {session.game.seed}, {found['ticks']:,} ticks", SOFT),
    ]
    return [*lines, *[(f"{'✓' if goal['met'] else '✗'} {goal['goal']}", INK) for goal in found["goals"]]]


def _curves(run: Run) -> list[Line]:
    """Return the curve, and a mark below it for each order."""
    marks = [Line(((tick, -0.02), (tick, -0.06)), ORANGE, 1.6) for tick, _ in run.own[:_ORDERS]]
    return [Line(run.curve, BLUE, 2.4), *marks]


def _told(run: Run) -> str:
    """Return in words what the chart shows."""
    if not run.curve:
        return "Nothing was played yet."
    low = min(share for _, share in run.curve)
    return (
        f"Share of good requests over time; its lowest is {low:.0%}. "
        f"Troubles: {len(run.bands)}, orders: {len(run.own)}."
    )


def _key(lesson: Lesson, run: Run) -> list[tuple[str, str]]:
    """Return what the bands and marks are, as lines."""
    bands = [
        f"{number}  {band.title}{f' at {band.where}' if band.where else ''}, "
        f"{lesson.clock(band.began)}–{lesson.clock(band.ended)}{', made by the facilitator' if band.host else ''}"
        for number, band in enumerate(lesson.bands, 1)
    ]
    orders = f"Marks below the line: orders, {len(run.own)} of them." if run.own else "No orders."
    lost = ", ".join(f"{cause} {requests(bad)}" for cause, bad in run.losses[:5] if bad >= _MICRO // 2)
    lines = [
        "Share of requests that went well, from mark to mark.", *bands, orders,
        f"Requests lost: {lost}." if lost else "Not one whole request was lost.",
    ]  # fmt: skip
    return [(line, SOFT) for line in lines]


def _lines(told: list[tuple[str, str]], top: float) -> tuple[list[Html], int]:
    """Return texts one below the other, and where the next thing may begin."""
    drawn, at = [], int(top)
    for text, ink in told:
        for part in wrap(text, _CELLS) or [""]:
            drawn.append(el("text", part, x=MARGIN, y=at, fill=ink, font_size=15))
            at += LINE
    return drawn, at
