"""All teams on one time axis: first together, then each by itself."""

from itertools import pairwise

from devops_tycoon.debrief.html.charts import BLUE, FAINT, GOLD, INK, ORANGE, Line, shares
from devops_tycoon.debrief.html.lesson import Lesson, label
from devops_tycoon.debrief.html.markup import Html, el, join
from devops_tycoon.debrief.html.page import section, table
from devops_tycoon.debrief.run import Run


def curves(lesson: Lesson) -> Html:
    """Return the large chart, its key, the small multiples and their table."""
    lines = [Line(run.curve, FAINT, 1.0) for run in lesson.compared[1:]]
    lines.append(Line(lesson.median, INK, 2.2, "8 4", "median"))
    if lesson.compared:
        lines.append(Line(lesson.compared[0].curve, BLUE, 3.4, None, "best"))
    if lesson.solution and lesson.solution.curve:  # last, for the best may have done the same
        lines.append(Line(lesson.solution.curve, GOLD, 1.8, "2 4", "known solution"))
    title = "Share of good requests over time: the best team, the median of all teams, and every other team in grey"
    large = shares(lesson.axis, lines, lesson.bands, title, size=(1100, 330))
    small = [_one(lesson, number, run) for number, run in enumerate(lesson.everybody, 1) if run.curve]
    return section(
        "curves",
        "Share of good requests",
        el(
            "figure",
            large,
            el("figcaption", "Share of good requests between check marks; each grey line is a team."),
        ),
        what_happened(lesson),
        el("h3", "Team by team"),
        el(
            "p",
            "All charts share one time axis and scale. Dashed: class median. Marks below the line: the team's orders. "
            "Thick edge above: injected by the facilitator.",
        ),
        el("div", *small, class_="grid"),
        _as_table(lesson),
        lead="Every team had the same members making the same requests at the same times. Only decisions differ.",
    )


def what_happened(lesson: Lesson) -> Html:
    """Return the key of the bands, and what the host did."""
    items = []
    for number, band in enumerate(lesson.bands, 1):
        fill = "url(#band-host)" if band.host else "url(#band)"
        square = el("svg", el("rect", width=18, height=14, fill=fill), width=18, height=14, aria_hidden="true")
        by = ", injected by the facilitator" if band.host else ""
        where = f" at {band.where}" if band.where else ""
        text = f"{number}  {band.title}{where}, {lesson.span(band.began, band.ended)}{by}"
        items.append(el("li", square, el("span", text)))
    told = [el("li", f"{lesson.clock(tick)}  {text}") for tick, text in lesson.events]
    events = el("details", el("summary", "Facilitator actions"), el("ul", *told, class_="plain"), open="open")
    return join(el("ul", *items, class_="key") if items else Html(), events if told else Html())


def _one(lesson: Lesson, number: int, run: Run) -> Html:
    low = min(run.curve, key=lambda point: point[1])
    title = f"{label(run)}: {run.points} points, lowest share of good requests {low[1]:.0%} at {lesson.clock(low[0])}"
    lines = [Line(lesson.median, INK, 1.0, "4 3"), Line(run.curve, BLUE, 1.8)]
    lines += [Line(((tick, -0.03), (tick, -0.1)), ORANGE, 1.6) for tick, _ in run.own[:60]]
    drawn = shares(lesson.axis, lines, run.bands, title, size=(260, 110), small=True)
    head = el(
        "figcaption",
        el("b", f"{run.name or run.code}"),
        el("span", f"{run.code}{' late' if run.late else ''} · {run.points}"),
    )
    return el("figure", head, drawn, aria_label=f"{number}. {title}")


def _as_table(lesson: Lesson) -> Html:
    """Return the curves as numbers: the average share in each twelfth of the time."""
    last = lesson.axis.last
    edges = [last * part // 12 for part in range(13)]
    head: tuple[Html | str, ...] = ("Team", *[f"from {lesson.clock(edge)}" for edge in edges[:-1]])
    rows: list[tuple[Html | str | int, ...]] = []
    for run in lesson.everybody:
        cells = []
        for begun, ended in pairwise(edges):
            found = [share for tick, share in run.curve if begun < tick <= ended]
            cells.append(f"{sum(found) / len(found):.0%}" if found else "–")
        rows.append((label(run), *cells))
    numbers = table(head, rows, caption="Share of good requests by team, averaged over twelfths of the time")
    return el("details", el("summary", "Data as a table"), numbers)
