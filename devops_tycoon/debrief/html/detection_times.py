"""How late each team noticed each fault: a dot where it was noticed and a diamond where it was over."""

from typing import Any

from devops_tycoon.debrief.html.charts import scale, span
from devops_tycoon.debrief.html.lesson import Lesson, label, requests
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.page import section, table
from devops_tycoon.debrief.run import Run

Key = tuple[int, str]
"""(tick at which it began, title)."""


def noticed(lesson: Lesson) -> Html:
    """Return a chart that is a table for every fault that any team noticed."""
    found: dict[Key, dict[str, dict[str, Any]]] = {}
    for run in lesson.everybody:
        for incident in run.result["incidents"] if run.result else ():
            found.setdefault(_behind(lesson, run, incident), {}).setdefault(run.code, incident)
    parts = [_trouble(lesson, key, found[key]) for key in sorted(found)]
    if not parts:
        return section("noticed", "Time to detect", el("p", "No incident was detected."))
    key = el(
        "ul",
        el("li", "● detected"),
        el("li", "◇ restored"),
        el("li", "┄ members affected, not yet detected"),
        el("li", "─ detected, not yet restored"),
        el("li", "> still open at the end"),
        class_="key",
    )
    lead = "Nothing can be repaired before it is detected. Better monitoring shortens the dashed part of each line."
    return section("noticed", "Time to detect", key, *parts, lead=lead)


def _behind(lesson: Lesson, run: Run, incident: dict[str, Any]) -> Key:
    """Return the fault that an incident belongs to: incidents of different teams are numbered differently."""
    card = lesson.rules.failure.get(incident["fault"])
    if card is None:
        return (10**9, "No single fault")
    began = [band.began for band in run.bands if band.title == card.title and band.began <= incident["began"]]
    return (max(began, default=incident["began"]), card.title)


def _trouble(lesson: Lesson, key: Key, found: dict[str, dict[str, Any]]) -> Html:
    tick_s = lesson.rules.scenario.tick_s
    most = max(_over_s(lesson, i, tick_s) for i in found.values()) or 1
    rows: list[tuple[Html | str | int, ...]] = []
    order = sorted(lesson.everybody, key=lambda run: (run.code not in found, _detect_s(found.get(run.code)), run.code))
    for run in order:
        if run.result is None:
            continue
        incident = found.get(run.code)
        if incident is None:
            rows.append((label(run), span(None, None, most, "no incident"), "–", "–", "–", ""))
            continue
        seen, over = incident["detect_s"], incident["restore_s"]
        said = f"noticed after {seen} s, " + ("still open" if over is None else f"over after {over} s")
        drawn = span(seen, over, most, said)
        rows.append(
            (label(run), drawn, f"{seen} s", "still open" if over is None else f"{over} s", requests(incident["bad"]),
             incident["how"] or "failure rate")
        )  # fmt: skip
    at = "" if key[0] == 10**9 else f", {lesson.clock(key[0])}"
    axis = scale(((0, "0 s"), (0.5, f"{most / 2:.0f} s"), (1, f"{most:.0f} s")))
    head: tuple[Html | str, ...] = ("Team", axis, "Detected", "Restored", "Requests lost", "Detected by")
    return el("div", el("h3", f"{key[1]}{at}"), table(head, rows, caption="Time since the incident began"))


def _detect_s(incident: dict[str, Any] | None) -> int:
    return incident["detect_s"] if incident else 0


def _over_s(lesson: Lesson, incident: dict[str, Any], tick_s: int) -> float:
    over = incident["restore_s"]
    return float((lesson.axis.last - incident["began"]) * tick_s if over is None else max(over, incident["detect_s"]))
