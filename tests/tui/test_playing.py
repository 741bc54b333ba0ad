import pytest

from devops_tycoon.content import load
from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.play.saves_folder import saves
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.tui.look import Look
from devops_tycoon.tui.screens.play import PlayScreen
from devops_tycoon.tui.widgets.keys import Keys
from devops_tycoon.tui.widgets.map import MapView
from tests.tui.stage import NARROW, NORMAL, a_session, run, stage


@pytest.mark.parametrize("size", [NORMAL, NARROW], ids=["120x36", "80x24"])
def test_a_lesson_is_played_from_the_title_to_its_debrief_and_again(size: tuple[int, int]) -> None:
    async def play() -> None:
        async with stage(size=size) as on:
            await on.press("down", "enter")
            assert on.kind == "BriefingScreen"
            await on.press("enter")
            assert "what do you expect?" in on.text
            await on.press("3")
            assert on.kind == "PlayScreen"
            assert on.play.session.world.answer == 2
            assert "PLANNING" in on.text
            await on.to_trouble()
            assert on.play.pace.paused
            assert "paused" in on.text
            await on.press("e", *"recommendations")
            assert "set web>recommendations timeout" in on.text
            await on.press("down", "down", "enter")
            assert on.kind == "PlayScreen"
            assert "Ordered: set web>recommendations timeout=300ms fallback=on" in on.text
            tick = on.play.session.world.tick
            on.play.play(5)
            assert on.play.session.world.tick == tick + 5
            await on.to_the_end()
            assert on.kind == "DebriefScreen"
            assert "Score" in on.text
            await on.press("r")
            assert on.kind == "BriefingScreen"
            assert on.play.session.world.tick == 0

    run(play)


def test_a_game_that_was_left_is_continued_from_the_title() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            await on.begin()
            on.play.play(100)
            left = on.play.session.world
            await on.press("q")
            assert on.kind == "TitleScreen"
            assert "Continue   worse-than-dead-1" in on.text
            assert "Worse than Dead" in on.text.split("Quit")[0]
            await on.press("enter")
            assert on.kind == "PlayScreen"
            assert on.play.session.world == left

    run(play)


@pytest.mark.parametrize("damage", [b"", b"\x00\xff\xfe garbage", b'[Scenario "nowhere"]\n[Seed "1"]\n'])
def test_a_broken_save_is_named_and_does_not_end_the_game(damage: bytes) -> None:
    async def play() -> None:
        a_session().close()
        saves()[0].write_bytes(damage)
        async with stage() as on:
            await on.press("enter")
            assert on.kind == "TitleScreen"
            notices = [note.message for note in on.app._notifications]
            assert any("worse-than-dead-1.replay" in note for note in notices)

    run(play)


def test_the_clock_stops_once_at_the_first_trouble_and_slows_at_every_other() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape", "plus", "plus")
            assert on.play.pace.speed == 4
            await on.to_trouble()
            at = on.play.session.world.tick
            assert on.play.pace.paused
            assert on.play.pace.speed == 1
            on.play.pace = on.play.pace.faster()
            on.play.play(60)
            assert on.play.session.world.tick == at + 60
            assert on.play.pace.speed == 1, "web failed meanwhile"

    run(play)


def test_the_clock_goes_on_where_the_player_wants_it_so() -> None:
    async def play() -> None:
        async with stage(a_session(), look=Look("safe", "braille", stops=False)) as on:
            await on.press("escape")
            await on.begin()
            on.play.session.place("inject slow-dependency recommendations", by="facilitator")
            on.play.play(100)
            assert on.play.session.world.tick == 100
            assert on.play.session.world.tally.incidents
            assert not on.play.paused_for_incident

    run(play)


def test_speed_never_changes_the_outcome() -> None:
    digests = set()

    async def play() -> None:
        for ticks in (1, 7, 100):
            async with stage(a_session(), look=Look("safe", "braille", stops=False)) as on:
                await on.press("escape")
                await on.begin()
                while on.play.session.world.tick < 120:
                    on.play.play(min(ticks, 120 - on.play.session.world.tick))
                digests.add(on.play.session.digest)

    run(play)
    assert len(digests) == 1


def test_the_timer_stands_behind_every_modal() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            await on.begin()
            timer = on.play._timer
            assert timer is not None
            for key in ("question_mark", "w", "enter", "f2"):
                await on.press(key)
                assert not timer._active.is_set(), key
                await on.press("escape")
                assert timer._active.is_set(), key

    run(play)


def test_the_map_keeps_its_order_when_a_service_is_split_off() -> None:
    async def play() -> None:
        async with stage(a_session("red-envelope")) as on:
            await on.press("escape")
            view = on.play.query_one(MapView)
            before = _places(view)
            await on.press("s", *"search", "enter")
            assert "search" in on.text
            after = _places(view)
            assert "search" in after
            assert [name for name in after if name != "search"] == before
            await on.press("colon", *"merge search web", "enter")
            assert _places(view) == before

    run(play)


def _places(view: MapView) -> list[str]:
    layout = view._layout_of_map
    assert layout is not None
    return [item for _, items in layout.order.columns for item in items if isinstance(item, str)]


def test_everything_in_the_line_of_keys_does_something() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            await on.to_trouble()
            spans = on.play.query_one(Keys).spans
            assert len(spans) >= 10
            for span in spans:
                if span.action == "leave":
                    continue
                on.hold()
                before = on.text
                await on.pilot.click(Keys, offset=(span.start, 0))
                await on.pilot.pause()
                assert on.text != before, span.action
                if on.kind != "PlayScreen":
                    await on.press("escape")

    run(play)


def test_every_pane_key_shows_its_pane_at_both_sizes() -> None:
    async def play() -> None:
        for size in (NORMAL, NARROW):
            async with stage(a_session(), size=size) as on:
                await on.press("escape")
                await on.begin()
                on.play.play(5)
                signs = {"2": "workers", "3": "20:00", "4": "Requests per second", "5": "99% of plays", "1": "members"}
                for key, sign in signs.items():
                    await on.press(key)
                    assert sign in on.text, (size, key)
                    assert on.play.has_class(f"-pane-{on.play._pane}")
                await on.press("2", "right")
                assert on.play.query_one(MapView).selected != "web"

    run(play)


def test_a_click_selects_a_service_and_a_second_click_acts_on_it() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            view = on.play.query_one(MapView)
            lines = on.text.split("\n")
            row = next(number for number, line in enumerate(lines) if "main-db" in line)
            x = lines[row].index("main-db")
            await on.pilot.click(offset=(x, row))
            await on.pilot.pause()
            assert view.selected == "main-db"
            await on.pilot.click(offset=(x, row), times=2)
            await on.pilot.pause()
            assert on.kind == "OrderScreen"

    run(play)


def test_hostile_words_in_the_order_line_stay_words() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape", "colon")
            line = on.app.screen.query_one("#line")
            for text in (
                "[bold red]scale[/] web +1",
                "scale [/] +1",
                "\x1b[2Jscale\x07",
                "split \u202eweb",
                "x" * 5000,
            ):
                line.value = text  # type: ignore[attr-defined]
                await on.press("enter")
                assert on.kind == "OrderScreen"
                assert "\x1b" not in on.text
                assert "\u202e" not in on.text

    run(play)


def test_playing_does_not_start_before_begin() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape")
            assert isinstance(on.app.screen, PlayScreen)
            on.play.frame()
            assert on.play.session.world.tick == 0

    run(play)


def test_escape_closes_what_is_open_and_never_the_game() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("w", "escape", "escape")
            assert on.kind == "PlayScreen"
            await on.press("q")
            assert on.kind != "PlayScreen"

    run(play)


def test_an_order_that_was_pasted_with_its_enter_is_the_order_that_is_placed() -> None:
    async def play() -> None:
        async with stage(a_session()) as on:
            await on.press("escape", "escape", "escape", "colon")
            await on.paste("set web>recommendations timeout=250ms fallback=on\n")
            placed = [order.order for order in on.play.session.orders]
            assert placed == ["set web>recommendations timeout=250ms fallback=on"]

    run(play)


def test_a_scenario_that_cannot_be_read_is_named_and_left_out_of_the_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    real = load.load_rules

    def broken(name: str) -> Rules:
        if name == "sandbox":
            raise ContentError([Problem("sandbox.toml", 3, "kind", "is damaged")])
        return real(name)

    monkeypatch.setattr(load, "load_rules", broken)

    async def play() -> None:
        async with stage() as on:
            assert "Free play" not in on.text
            assert "Worse than Dead" in on.text
            assert any("sandbox.toml:3" in note.message for note in on.app._notifications)

    run(play)
