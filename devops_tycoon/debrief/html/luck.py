"""Luck or skill: each team's decisions against other dice."""

from devops_tycoon.debrief.html.charts import scale, strip
from devops_tycoon.debrief.html.lesson import Lesson, label
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.page import section, table


def luck(lesson: Lesson) -> Html:
    """Return a strip of outcomes for every team, this run marked."""
    rows: list[tuple[Html | str | int, ...]] = []
    for run in lesson.everybody:
        found = lesson.odds.get(run.code)
        if found is None:
            continue
        points = [outcome.points for outcome in found.others]
        said = f"{min(points)} to {max(points)} on other seeds, {found.this.points} on this one"
        rows.append(
            (
                label(run),
                strip(points, found.this.points, said),
                found.this.points,
                f"{found.median:g}",
                f"{min(points)}–{max(points)}",
                found.says,
            )
        )
    if not rows:
        return Html()
    number = len(next(iter(lesson.odds.values())).others)
    axis = scale(((0, "0"), (0.5, "500"), (1, "1000")))
    key = el("ul", el("li", "◆ this lesson"), el("li", f"○ the same orders on {number} other seeds"), class_="key")
    head: tuple[Html | str, ...] = ("Team", axis, "This run", "Median", "Range", "Luck or skill")
    lead = (
        "The same orders at the same ticks, on other seeds. Good decisions can end badly and bad ones well; "
        "the spread shows how much was luck."
    )
    return section("luck", "Luck or skill", key, table(head, rows, caption="Scores of the same decisions"), lead=lead)
