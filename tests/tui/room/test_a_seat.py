"""What becomes of a seat when the room goes on: a shift begins, the round is renewed, the lesson ends, it is over."""

from devops_tycoon.tui.room.app import PlayerApp
from devops_tycoon.tui.room.lobby import LobbyScreen
from tests.tui.room.fake import FakeLink
from tests.tui.room.test_rooms import LOOK, on_stage
from tests.tui.stage import Stage, run


async def begun(on: Stage, fake: FakeLink) -> None:
    fake.tell([0, "begin", "facilitator", 0], state="running", tick=5)
    lobby(on).follow()
    await on.pilot.pause()
    on.play.frame()
    await on.pilot.pause()


def lobby(on: Stage) -> LobbyScreen:
    return next(screen for screen in on.app.screen_stack if isinstance(screen, LobbyScreen))


def test_the_end_of_the_lesson_shows_ones_debrief_once_and_then_the_lobby() -> None:
    fake = FakeLink("player")

    async def play() -> None:
        async with on_stage(PlayerApp(fake.link, LOOK)) as on:
            await begun(on, fake)
            fake.tell(state="ended")
            on.play.frame()
            await on.pilot.pause()
            assert on.kind == "DebriefScreen"
            await on.press("r")
            assert on.kind == "DebriefScreen"
            await on.press("q")
            assert on.kind == "LobbyScreen"
            lobby(on).follow()
            assert on.kind == "LobbyScreen"

    run(play)


def test_another_round_is_played_from_its_beginning() -> None:
    fake = FakeLink("player")

    async def play() -> None:
        async with on_stage(PlayerApp(fake.link, LOOK)) as on:
            await begun(on, fake)
            fake.inbox.again = True
            fake.welcome["round"] = 2
            fake.tell(state="lobby", round=2, tick=0)
            on.play.frame()
            await on.pilot.pause()
            assert on.kind == "LobbyScreen"
            fake.tell(state="planning")
            lobby(on).follow()
            await on.pilot.pause()
            assert on.kind == "BriefingScreen"
            assert on.play.session.world.tick == 0

    run(play)


def test_a_goodbye_says_why() -> None:
    fake = FakeLink("player")

    async def play() -> None:
        async with on_stage(PlayerApp(fake.link, LOOK)) as on:
            await begun(on, fake)
            fake.bye = "The facilitator has removed you from the room."
            lobby(on).follow()
            await on.pilot.pause()
            assert "The facilitator has removed you" in on.text

    run(play)


def test_a_planning_closes_when_the_facilitator_begins_the_shift() -> None:
    fake = FakeLink("player")
    fake.lead()

    async def play() -> None:
        async with on_stage(PlayerApp(fake.link, LOOK)) as on:
            fake.tell(state="planning")
            lobby(on).follow()
            await on.pilot.pause()
            await on.press("escape")
            assert on.kind == "PlanningScreen"
            fake.refusal = "Only the facilitator starts shifts."
            await on.press("b")
            assert "Only the facilitator starts shifts." in on.text
            fake.tell([0, "begin", "facilitator", 0], state="running", tick=3)
            on.play.frame()
            await on.pilot.pause()
            assert on.kind == "RoomPlayScreen"
            assert on.play.session.world.phase == "shift"

    run(play)
