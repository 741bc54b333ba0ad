"""What the class expected and what happened, and its answers to the polls."""

from collections.abc import Sequence

from devops_tycoon.debrief.html.charts import BLUE, FAINT, bar
from devops_tycoon.debrief.html.lesson import Lesson
from devops_tycoon.debrief.html.markup import Html, el, paragraphs
from devops_tycoon.debrief.html.page import section, table


def forecast(lesson: Lesson) -> Html:
    """Return the answers to the scenario's question, the right one marked, with the reason."""
    question = lesson.rules.scenario.question
    if question is None:
        return Html()
    counts = [sum(run.forecast == number for run in lesson.runs) for number in range(1, len(question.choices) + 1)]
    none = sum(not run.forecast for run in lesson.runs)
    right = counts[question.answer]
    said = f"{right} of {len(lesson.runs)} made the right forecast." if sum(counts) else "Nobody answered."
    return section(
        "forecast",
        "Forecast and outcome",
        el("p", question.text, class_="says"),
        _answers(question.choices, counts, question.answer, none),
        el("p", el("b", said)),
        el("h3", "Why"),
        paragraphs(question.why),
    )


def polls(lesson: Lesson) -> Html:
    """Return the host's questions with their answers."""
    if not lesson.polls:
        return Html()
    parts = [
        el("div", el("h3", text), _answers(choices, [*counts, *[0] * len(choices)][: len(choices)], None, 0))
        for text, choices, counts in lesson.polls
    ]
    return section("polls", "Poll results", *parts)


def _answers(choices: Sequence[str], counts: Sequence[int], right: int | None, none: int) -> Html:
    most = max([*counts, 1])
    rows: list[tuple[Html | str | int, ...]] = []
    for number, (choice, count) in enumerate(zip(choices, counts, strict=True)):
        mine = number == right
        name = el("span", f"{choice}  ✓ correct", class_="right") if mine else el("span", choice)
        rows.append(
            (name, count, bar(count / most, f"{count} chose this", ink=BLUE if mine or right is None else FAINT))
        )
    if none:
        rows.append(("no answer", none, ""))
    return table(("Answer", "People", ""), rows, caption="Answers")
