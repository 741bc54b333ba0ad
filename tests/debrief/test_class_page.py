"""The debrief of a class is one safe file that says everything in words as well."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.content.load import load_rules
from devops_tycoon.debrief.html.classpage import class_page, run_page
from devops_tycoon.debrief.html.comparison import before, parting
from devops_tycoon.debrief.html.lesson import Lesson, middle
from devops_tycoon.debrief.html.markup import el
from devops_tycoon.debrief.html.page import policy
from devops_tycoon.debrief.run import Band, Run
from devops_tycoon.lab.odds import Odds, Outcome
from tests.builders import STREAMING, a_session
from tests.examples import examples

_ELEMENTS = """
html head meta title link style body svg defs pattern rect path text line circle polyline header p h1 h2 h3 ul ol li b
span nav a main section div table caption thead tbody tr th td figure figcaption details summary code footer
"""
ELEMENTS = set(_ELEMENTS.split())
PARTS = (
    "ranking",
    "curves",
    "noticed",
    "ledger",
    "parted",
    "two",
    "forecast",
    "polls",
    "solution",
    "luck",
    "questions",
)
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[2J\u200b'


class Reader(HTMLParser):
    """Notes every element and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def a_run(number: int, name: str, good: float = 1.0, late: bool = False, orders: tuple[str, ...] = ()) -> Run:
    """Return a run whose requests go well until tick 240, and then to that share."""
    samples, done = [(0, 0, 0)], 0
    for tick in range(60, 601, 60):
        done += 1000 if tick <= 240 else int(1000 * good)
        samples.append((tick, 1000 * tick // 60, done))
    incident = {
        "fault": "slow-dependency", "began": 245, "detected": 250, "mitigated": None, "bad": 5_000_000, "how": "",
        "detect_s": 5, "restore_s": None,
    }  # fmt: skip
    document = {
        "score": int(1000 * good), "grade": "B", "uptime": good, "won": good > 0.9, "ticks": 600, "digest": "ab",
        "goals": [{"goal": "g", "met": good > 0.9, "value": good}], "incidents": [incident] if good < 1 else [],
    }  # fmt: skip
    return Run(
        f"P{number:03}", name, late=late, result=document, samples=tuple(samples), forecast=3,
        orders=((0, "begin", "facilitator"), *[(30, order, "") for order in orders]),
        bands=(Band(240, 480, "Slow dependency", "recommendations", host=False),),
        losses=(("timeout", int(5e6 * (1 - good))), ("overload", 7)),
    )  # fmt: skip


def a_lesson(*runs: Run, **more: object) -> Lesson:
    return Lesson(load_rules(STREAMING), 1, tuple(runs), **more)  # type: ignore[arg-type]


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


BEST = a_run(1, "Calm Otter", orders=("set web>recommendations timeout=300ms", "scale web +1"))
WORSE = [a_run(n, f"Team {n}", 0.5, orders=("scale web +2",)) for n in (2, 3)]


def test_every_part_is_there_for_a_class_that_has_everything() -> None:
    odds = Odds(Outcome(1, 900, 0.99, won=True), (Outcome(2, 400, 0.8, won=False), Outcome(3, 500, 0.9, won=False)))
    page = class_page(
        a_lesson(BEST, *WORSE, a_run(9, "Tiny Wren", 0.4, late=True), polls=(("Who?", ("web", "db"), (3, 1)),),
                 events=((240, "made the database slow"),), solution=a_run(0, "solution"), odds={"P001": odds})
    )  # fmt: skip
    for name in [
        "ranking",
        "curves",
        "noticed",
        "ledger",
        "parted",
        "two",
        "forecast",
        "polls",
        "solution",
        "luck",
        "questions",
        "handout",
    ]:
        assert f'<section id="{name}">' in page
        assert f'href="#{name}"' in page
    assert "Lucky: 450 points above the usual 450; wins on 0 of 2 other seeds." in page
    assert "Netflix Tech Blog" in page
    assert page.index("Team 3") < page.index("Joined later") < page.index("Tiny Wren")


def test_the_page_asks_nobody_for_anything_and_runs_nothing() -> None:
    page = class_page(a_lesson(BEST, *WORSE))
    reader = read(page)
    assert reader.elements <= ELEMENTS
    assert not any(name.startswith("on") or name == "style" for name, _ in reader.attributes)
    links = [value for name, value in reader.attributes if name in ("href", "src", "xlink:href")]
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert "url(http" not in page
    assert "@import" not in page
    assert policy() in [value for _, value in reader.attributes]


@examples(25)
@given(st.text(max_size=60) | st.just(HOSTILE) | st.from_regex(r"[<>&'\"/=a-z ]{1,40}", fullmatch=True))
def test_whatever_people_call_themselves_or_the_host_says_stays_text(said: str) -> None:
    lesson = a_lesson(
        a_run(1, said, orders=(f"x {said}",)), a_run(2, said, 0.3), Run("P3", said, problem=said, result=None),
        title=said, events=((10, said),), polls=((said, (said, said), (1, 2)),),
    )  # fmt: skip
    page = class_page(lesson)
    reader = read(page)
    assert reader.elements <= ELEMENTS
    assert {name for name, _ in reader.attributes} <= KNOWN
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", page)


KNOWN = {
    "charset", "http-equiv", "content", "name", "rel", "href", "lang", "id", "class", "role", "aria-label", "viewbox",
    "aria-hidden", "width", "height", "patternunits", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "fill",
    "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "points", "font-size",
    "font-weight", "text-anchor", "scope", "tabindex", "open",
}  # fmt: skip


def test_the_best_and_the_rest_part_where_their_curves_do() -> None:
    lesson = a_lesson(BEST, *WORSE)
    assert parting(lesson) == 300
    assert before(lesson, 300) == [(30, "set web>recommendations timeout=300ms", 0), (30, "scale web +1", 2)]
    assert parting(a_lesson(BEST, BEST)) is None


@pytest.mark.parametrize("runs", [(), (BEST,), (Run("P1", "x", problem="cut off"),), (a_run(1, "late", late=True),)])
def test_a_class_of_nobody_or_of_one_or_of_a_broken_recording_has_a_page(runs: tuple[Run, ...]) -> None:
    read(class_page(a_lesson(*runs)))


def test_two_hundred_teams_make_one_page_that_is_still_small() -> None:
    runs = [a_run(n, f"Team {n}", n / 200) for n in range(1, 201)]
    page = class_page(a_lesson(*runs))
    assert page.count("<figure") == 200 + 2
    assert len(page) < 2_000_000


def test_every_picture_says_in_words_what_it_shows() -> None:
    page = class_page(a_lesson(BEST, *WORSE))
    drawn = re.findall(r"<svg[^>]*>", page)
    assert len(drawn) > 10
    assert all("aria-label=" in picture or 'aria-hidden="true"' in picture for picture in drawn)


def test_the_middle_of_an_even_number_lies_between_two() -> None:
    assert middle([1.0, 2.0, 10.0, 4.0]) == 3.0


def test_markup_is_made_by_el_alone() -> None:
    assert el("b", "<i>", title='"') == '<b title="&quot;">&lt;i&gt;</b>'


@pytest.mark.long
def test_nothing_hostile_is_executed_by_a_browser(tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    lesson = a_lesson(a_run(1, HOSTILE), a_run(2, HOSTILE, 0.2), title=HOSTILE, polls=((HOSTILE, (HOSTILE,), (1,)),))
    file = tmp_path / "debrief.html"
    file.write_text(class_page(lesson), encoding="utf-8")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page, asked, said = browser.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto(file.as_uri())
        assert page.locator("script, img").count() == 0
        assert asked == [file.as_uri()]
        assert said == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        browser.close()


def test_a_single_run_has_a_page_of_the_parts_that_do_not_compare() -> None:
    page = run_page(a_session(ticks=120))
    read(page)
    assert '<section id="noticed">' in page
    assert '<section id="parted">' not in page


def test_a_lesson_that_was_ended_early_says_why_nobody_reached_the_goals() -> None:
    page = class_page(a_lesson(*[replace(run, over=False) for run in WORSE]))
    assert "The lesson ended before the game did" in unescape(page)
    assert " of 1, not over" in page
    assert " of 1, not over" not in class_page(a_lesson(*WORSE))
