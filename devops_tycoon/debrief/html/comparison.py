"""Where the best team pulled ahead, and the best next to the median team."""

from devops_tycoon.debrief.html.charts import BLUE, ORANGE, Line, shares
from devops_tycoon.debrief.html.curves import what_happened
from devops_tycoon.debrief.html.lesson import Lesson, label
from devops_tycoon.debrief.html.markup import Html, el, join
from devops_tycoon.debrief.html.page import section, table
from devops_tycoon.debrief.run import Run

APART = 0.05
"""Shares of good requests that differ by more than this have parted."""


def parting(lesson: Lesson) -> int | None:
    """Return the first tick at which the best team's curve lies that far above the middle of all, or None."""
    if len(lesson.compared) < 2:
        return None
    usual = dict(lesson.median)
    return next((tick for tick, share in lesson.compared[0].curve if share - usual.get(tick, share) > APART), None)


def alike(order: str) -> str:
    """Return what an order is about, without its amounts: `set web>recommendations`."""
    return " ".join(order.split()[:2])


def before(lesson: Lesson, tick: int) -> list[tuple[int, str, int]]:
    """Return (tick, order, how many others had given such a one) of the best until then, the rarest first."""
    best, *others = lesson.compared
    given = [{alike(text) for at, text in run.own if at <= tick} for run in others]
    found = [(at, text, sum(alike(text) in theirs for theirs in given)) for at, text in best.own if at <= tick]
    return sorted(found, key=lambda item: (item[2], item[0]))


def parted(lesson: Lesson) -> Html:
    """Return the moment, and what the best had done by then that others had not."""
    heading = "Where the best team pulled ahead"
    if len(lesson.compared) < 2:
        return section("parted", heading, el("p", "This needs at least two teams."))
    tick = parting(lesson)
    best, others = lesson.compared[0], len(lesson.compared) - 1
    if tick is None:
        return section(
            "parted",
            heading,
            el("p", f"The best team was never more than {APART:.0%} of requests above the median.", class_="says"),
        )
    share, usual = dict(best.curve)[tick], dict(lesson.median)[tick]
    says = (
        f"At {lesson.clock(tick)} {label(best)} still served {share:.0%} of "
        f"requests well; the class median was {usual:.0%}."
    )
    found = before(lesson, tick)
    rare = [item for item in found if 2 * item[2] < others]
    rows: list[tuple[Html | str | int, ...]] = [
        (el("code", text), _time(lesson, at), f"{count} of {others}") for at, text, count in (rare or found)[:20]
    ]
    if not found:
        body = el("p", "By then the best team had placed no orders; what it did not do made the difference.")
    else:
        what = "orders that most others had not" if rare else "the same orders as others; compare the times"
        body = join(
            el("p", f"By then the best team had placed {what}:"),
            table(
                ("Order", "Placed at", "Others that had placed one by then"),
                rows,
                caption=f"Orders of {label(best)} until {lesson.clock(tick)}",
            ),
        )
    return section("parted", heading, el("p", says, class_="says"), body)


def two_teams(lesson: Lesson) -> Html:
    """Return the best team next to the median one: curves, and orders side by side."""
    if len(lesson.compared) < 2:
        return Html()
    best, other = lesson.compared[0], lesson.compared[max(1, len(lesson.compared) // 2)]
    lines = [Line(other.curve, ORANGE, 2.4, "7 4", _short(other)), Line(best.curve, BLUE, 2.8, None, _short(best))]
    title = f"Share of good requests of {label(best)} and {label(other)}"
    rows = [
        (_time(lesson, tick), el("code", text) if run is best else "", el("code", text) if run is other else "")
        for tick, _, text, run in sorted(
            ((tick, number, text, run) for run in (best, other) for number, (tick, text) in enumerate(run.own)),
            key=lambda item: (item[0], item[3] is other, item[1]),
        )
    ][:120]
    head = ("When", f"{label(best)}: {best.points}", f"{label(other)}: {other.points}")
    return section(
        "two",
        "Two teams compared",
        el(
            "figure",
            shares(lesson.axis, lines, lesson.bands, title, size=(1100, 280)),
            el("figcaption", "The best team (solid) and the team in the middle of the ranking (dashed)."),
        ),
        what_happened_key(lesson),
        table(head, list(rows), caption="Orders of both teams") if rows else el("p", "Neither team placed an order."),
        lead="What did each team know, and when?",
    )


def what_happened_key(lesson: Lesson) -> Html:
    """Return the key of the bands without what the host did."""
    from dataclasses import replace

    return what_happened(replace(lesson, events=()))


def _short(run: Run) -> str:
    name = run.name or run.code
    return name if len(name) <= 16 else f"{name[:15]}…"


def _time(lesson: Lesson, tick: int) -> str:
    return lesson.clock(tick) if tick > 0 else "while planning"
