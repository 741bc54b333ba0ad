"""Who came where; late joiners among themselves."""

from collections.abc import Sequence

from devops_tycoon.debrief.html.charts import bar
from devops_tycoon.debrief.html.lesson import Lesson, label
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.page import section, table
from devops_tycoon.debrief.run import Run

_HEAD: tuple[Html | str, ...] = ("Team", "Rank", "Score", "", "Uptime", "Goals", "Orders", "Recording")


def ranking(lesson: Lesson) -> Html:
    """Return the tables of scores."""
    parts = [_table(lesson.ranked, "Scores of teams that played from the start")]
    if lesson.late:
        parts += [
            el("h3", "Joined later"),
            _table(lesson.late, "Scores of teams that joined later; a bot played until then"),
        ]
    doubts = [run for run in lesson.everybody if run.problem]
    if doubts:
        items = [el("li", el("b", label(run)), ": ", run.problem) for run in doubts]
        parts.append(el("div", el("p", "Not verified:"), el("ul", *items, class_="plain"), class_="warn"))
    lead = (
        "Every score comes from simulating the recorded orders again. The rank is the least of what there is to learn."
    )
    if any(not run.over for run in lesson.everybody if run.result):
        lead += (
            " The lesson ended before the game did: goals are shown as they stood, and none counts as met before "
            "the game is over."
        )
    return section("ranking", "Where everybody ended", *parts, lead=lead)


def _table(runs: Sequence[Run], caption: str) -> Html:
    rows: list[tuple[Html | str | int, ...]] = []
    rank = 0
    for number, run in enumerate(runs, 1):
        before = runs[number - 2]
        rank = rank if number > 1 and (before.points, before.uptime) == (run.points, run.uptime) else number
        if run.result is None:
            rows.append((label(run), "–", "–", "", "–", "–", "–", "cannot be played"))
            continue
        met = sum(goal["met"] for goal in run.result["goals"])
        sign = "✓" if run.result["won"] else "✗" if run.over else "…"
        goals = f"{sign} {met} of {len(run.result['goals'])}{'' if run.over else ', not over'}"
        said = "not verified" if run.problem else "verified"
        uptime = f"{run.result['uptime']:.2%}"
        drawn = bar(run.points / 1000, f"{run.points} of 1000")
        rows.append((label(run), rank, f"{run.points} {run.result['grade']}", drawn, uptime, goals, len(run.own), said))
    return table(_HEAD, rows, caption=caption)
