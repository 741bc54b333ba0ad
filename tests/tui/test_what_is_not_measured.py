"""What a company does not measure its screens do not show, and they say what it would need."""

import io

import pytest

from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Session
from devops_tycoon.play.text import play_text
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.tui.view.why import why
from tests.builders import order
from tests.leading import to_lead
from tests.tui.company_mode import to_the_shift
from tests.tui.stage import NARROW, NORMAL, run, stage


def a_led_session(level: int, ticks: int = 0) -> Session:
    session = Session(Game(to_lead(ticks=2000, leading={"seeing": level}), 1))
    if ticks:
        order(session, "begin")
        session.advance(ticks)
    return session


def screens(level: int, size: tuple[int, int], ticks: int) -> list[str]:
    """Return the play screen, and in a narrow terminal also its other panes, after some ticks."""
    texts: list[str] = []

    async def play() -> None:
        async with stage(a_led_session(level), size) as on:
            await to_the_shift(on)
            on.play.play(ticks)
            await on.pilot.pause()
            texts.append(on.text)
            for key in "2345" if size == NARROW else "":
                await on.press(key)
                texts.append(on.text)

    run(play)
    return texts


@pytest.mark.parametrize("size", [pytest.param(NORMAL, marks=pytest.mark.long), NARROW])
def test_without_metrics_no_screen_shows_a_number_of_a_service(size: tuple[int, int]) -> None:
    shown = "\n".join(screens(0, size, 20))
    # 80×24 has no room for this line.
    assert ("User experience is not measured yet (needs metrics)" in shown) == (size == NORMAL)
    assert "not measured: needs metrics" in shown
    assert "no data: needs metrics" in shown
    assert "? web" in shown or "?web" in shown
    for word in ("% of its", "/s", "● web", "uptime", "waiting", "busy 0"):
        assert word not in shown, word


@pytest.mark.parametrize("size", [pytest.param(NORMAL, marks=pytest.mark.long), NARROW])
def test_averages_show_nothing_until_the_first_five_minutes_are_over_and_then_no_percentile(
    size: tuple[int, int],
) -> None:
    assert "first average in five minutes" in screens(1, size, 100)[0]
    later = screens(1, size, 301)
    shown = "\n".join(later)
    assert "needs percentiles" in shown
    assert "first average" not in shown
    assert "waiting" not in shown
    assert "●" in shown
    assert "100% S" in later[0] or "uptime 100%" in later[0]


@pytest.mark.long
def test_links_are_measured_with_traces_only() -> None:
    (current,), (traced,) = screens(2, NORMAL, 20), screens(3, NORMAL, 20)
    assert "each link needs tracing" in current
    assert "needs tracing" not in traced
    assert "budget" not in current.splitlines()[1]
    (objectives,) = screens(4, NORMAL, 20)
    assert "budget" in objectives


def test_a_company_that_sees_everything_shows_what_a_lesson_shows() -> None:
    world = a_led_session(4, 30).seen
    assert world.reading == a_led_session(4, 30).world.reading
    assert "not measured" not in screens(4, NORMAL, 20)[0]


def test_why_says_what_it_does_not_know() -> None:
    blind = a_led_session(0, 30)
    said = "\n".join(why(blind.seen, blind.rules, "web"))
    assert "not measured: needs percentiles and logs" in said
    assert "Little" not in said
    assert "critical path is not measured" in "\n".join(why(blind.seen, blind.rules, USERS))


def test_the_game_in_text_does_not_tell_more_than_its_screens() -> None:
    out = io.StringIO()
    session = a_led_session(0)
    play_text(session, io.StringIO("begin\nwait 60\nstatus\ngoals\nquit\n"), out)
    told = out.getvalue()
    assert "Good so far: not measured, needs metrics" in told
    assert "web: not measured, 4 replicas" in told
    assert "% busy" not in told
