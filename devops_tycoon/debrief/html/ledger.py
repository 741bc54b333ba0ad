"""Where the requests went that did not go well."""

from devops_tycoon.debrief.html.charts import stack, swatch
from devops_tycoon.debrief.html.lesson import Lesson, label, requests
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.page import section, table

_SHOWN = 5


def ledger(lesson: Lesson) -> Html:
    """Return a stacked bar and its numbers for every team."""
    sums: dict[str, int] = {}
    for run in lesson.everybody:
        for cause, bad in run.losses:
            sums[cause] = sums.get(cause, 0) + bad
    known = sorted(sums, key=lambda cause: (-sums[cause], cause))
    causes, others = known[:_SHOWN], set(known[_SHOWN:])
    names = [*causes, *(["other"] if others else [])]
    most = max((sum(bad for _, bad in run.losses) for run in lesson.everybody), default=0)
    if not most:
        return section("ledger", "Lost requests by cause", el("p", "No requests were lost."))
    rows: list[tuple[Html | str | int, ...]] = []
    for run in lesson.everybody:
        if run.result is None:
            continue
        lost = dict(run.losses)
        parts = [lost.get(cause, 0) for cause in causes]
        parts += [sum(lost.get(cause, 0) for cause in sorted(others))] if others else []
        said = ", ".join(f"{name} {requests(part)}" for name, part in zip(names, parts, strict=True) if part)
        drawn = stack([part / most for part in parts], said or "nothing lost")
        rows.append((label(run), drawn, requests(sum(parts)), *[requests(part) for part in parts]))
    key = el("ul", *[el("li", swatch(n), el("span", name)) for n, name in enumerate(names)], class_="key")
    head: tuple[Html | str, ...] = ("Team", "", "Lost", *names)
    lead = (
        "Every lost request has one cause. Two teams with the same uptime may have lost requests for different reasons."
    )
    return section(
        "ledger", "Lost requests by cause", key, table(head, rows, caption="Requests lost, by cause"), lead=lead
    )
