"""Questions to talk about, the known solution, and the page to take home."""

from devops_tycoon.debrief.html.lesson import Lesson
from devops_tycoon.debrief.html.markup import Html, el, join, paragraphs
from devops_tycoon.debrief.html.page import section


def solution(lesson: Lesson) -> Html:
    """Return what a known solution gives on the same dice with the same faults."""
    run = lesson.solution
    if run is None or run.result is None:
        return Html()
    best = max((one.points for one in lesson.compared), default=0)
    says = (
        f"On the same dice, with everything the host did, it reaches {run.points} points "
        f"and {run.result['uptime']:.2%} uptime; the best team here reached {best}."
    )
    orders = [
        el("li", el("code", text), f", {lesson.clock(tick) if tick else 'while planning'}") for tick, text in run.own
    ]
    return section(
        "solution",
        "Known solution",
        el("p", says, class_="says"),
        el("ul", *orders, class_="plain"),
        lead="One of several ways; its curve is dotted in the first chart.",
    )


def questions(lesson: Lesson) -> Html:
    """Return the scenario's questions."""
    items = [el("li", text) for text in lesson.rules.scenario.debrief]
    return section("questions", "Questions", el("ol", *items, class_="questions"))


def handout(lesson: Lesson) -> Html:
    """Return the page to take home."""
    scenario = lesson.rules.scenario
    why = join(el("h3", "Why"), paragraphs(scenario.question.why)) if scenario.question else Html()
    return section(
        "handout",
        "Handout",
        el(
            "div",
            el("p", scenario.title, class_="kicker"),
            el("div", paragraphs(scenario.lesson), class_="lesson"),
            why,
            el("h3", "Next move"),
            paragraphs(scenario.next_move),
            el("h3", "From the museum: ", scenario.museum.title),
            paragraphs(scenario.museum.text),
            el("p", "Source: ", scenario.museum.source, class_="source"),
            class_="handout",
        ),
    )
