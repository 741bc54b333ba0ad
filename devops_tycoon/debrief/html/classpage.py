"""The debrief of a class: one file that a room looks at together, and that everybody may keep."""

from collections.abc import Callable, Sequence

from devops_tycoon.debrief.html.answers import forecast, polls
from devops_tycoon.debrief.html.comparison import parted, two_teams
from devops_tycoon.debrief.html.curves import curves
from devops_tycoon.debrief.html.detection_times import noticed
from devops_tycoon.debrief.html.handout import handout, questions, solution
from devops_tycoon.debrief.html.ledger import ledger
from devops_tycoon.debrief.html.lesson import Lesson, middle
from devops_tycoon.debrief.html.luck import luck
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.page import page
from devops_tycoon.debrief.html.ranking import ranking
from devops_tycoon.debrief.run import run_of
from devops_tycoon.play.session import Session

_PARTS = (
    ("ranking", "Ranking", ranking),
    ("curves", "Good requests", curves),
    ("noticed", "Detection", noticed),
    ("ledger", "Lost requests", ledger),
    ("parted", "Pulling ahead", parted),
    ("two", "Two teams", two_teams),
    ("forecast", "Forecast", forecast),
    ("polls", "Polls", polls),
    ("solution", "Solution", solution),
    ("luck", "Luck or skill", luck),
    ("questions", "Questions", questions),
    ("handout", "Handout", handout),
)
_COMPARING = ("parted", "two", "polls", "solution", "luck")


def class_page(lesson: Lesson) -> str:
    """Return the whole debrief as one HTML document."""
    return _page(lesson, "class debrief", _PARTS)


def run_page(session: Session) -> str:
    """Return the debrief of a single run, made of the parts that do not compare."""
    run = run_of(session, session.game.player or "You", "")
    lesson = Lesson(session.rules, session.game.seed, (run,))
    return _page(lesson, "debrief", [part for part in _PARTS if part[0] not in _COMPARING])


def _page(lesson: Lesson, kicker: str, parts: Sequence[tuple[str, str, Callable[[Lesson], Html]]]) -> str:
    made = [(name, title, part(lesson)) for name, title, part in parts]
    shown = [(name, title, html) for name, title, html in made if html]
    links = [el("a", title, href=f"#{name}") for name, title, _ in shown]
    level = lesson.rules.level.id
    title = lesson.title or lesson.rules.scenario.title
    return page(
        f"{title}: debrief",
        el(
            "header",
            el("p", f"DevOps Tycoon · {kicker}", class_="kicker"),
            el("h1", title),
            _facts(lesson),
            class_="top",
        ),
        el("nav", *links, aria_label="Parts of this page"),
        el("main", *[html for _, _, html in shown]),
        el(
            "footer",
            f"Scenario {lesson.rules.id}, seed {lesson.seed}, difficulty {level}, content {lesson.rules.fingerprint}. "
            "Every number comes from simulating the recorded orders again.",
        ),
    )


def _facts(lesson: Lesson) -> Html:
    points = [float(run.points) for run in lesson.compared]
    won = sum(bool(run.result and run.result["won"]) for run in lesson.everybody)
    facts: Sequence[tuple[str, str]] = (
        (str(len(lesson.runs)), "teams"),
        (f"{won}", "reached the goals"),
        (f"{max(points):.0f}" if points else "–", "best score"),
        (f"{middle(points):.0f}" if points else "–", "median score"),
        (str(len(lesson.bands)), "faults"),
    )
    return el("ul", *[el("li", el("b", number), el("span", what)) for number, what in facts], class_="facts")
