"""The room is a fold over its log."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.workshop.commands import read_command
from devops_tycoon.workshop.entry import FACILITATOR, HOST, ROOM, Entry
from devops_tycoon.workshop.room import Lesson, Room, code_of
from devops_tycoon.workshop.room_log import after, folded, opened, opening
from devops_tycoon.workshop.room_rules import consequences, why_not_answer, why_not_host, why_not_order

LESSON = Lesson("red-envelope", "9c1e02af", "engineer", 7, (100, 200), 0, "K7WPXM", free_names=False)


def a_room(lesson: Lesson = LESSON) -> Room:
    return opened(Entry(1, 1, 0, ROOM, 0, "open", opening(lesson)))


def entered(room: Room, who: str, kind: str, text: str, seq: int = 0) -> Room:
    return after(room, Entry(room.last + 1, room.round, room.tick, who, seq, kind, text))


def told(room: Room, *lines: str) -> Room:
    """Let the host say something, as the hub does: refused, or stored with what follows from it."""
    for line in lines:
        command = read_command(line)
        if why_not_host(room, command) is None:
            placed = consequences(room, command)
            room = entered(room, HOST, "do", str(command))
            for order in placed:
                room = entered(room, FACILITATOR, "order", order)
    return room


def ticked(room: Room, tick: int) -> Room:
    return entered(room, ROOM, "clock", str(tick))


def joined(room: Room) -> Room:
    code = code_of(len(room.people) + 1)
    return entered(room, code, "join", f'{{"name": "Calm Otter", "token": "{code}"}}')


def test_a_lesson_goes_from_the_lobby_through_its_shifts_to_its_end() -> None:
    room = joined(a_room())
    assert room.state == "lobby"
    room = told(room, "start")
    assert (room.state, room.begun) == ("planning", 0)
    room = told(room, "start")
    assert (room.state, room.begun, room.until) == ("running", 1, 100)
    room = ticked(room, 100)
    assert room.state == "planning"
    room = told(room, "start")
    room = ticked(room, 200)
    assert room.state == "ended"


def test_a_history_is_played_first_and_nobody_may_act_in_it() -> None:
    room = told(joined(a_room(replace(LESSON, history=40))), "start")
    assert (room.state, room.until) == ("history", 40)
    assert "history is playing" in str(why_not_order(room, room.people[0], "scale"))
    room = ticked(room, 40)
    assert room.state == "planning"
    assert why_not_order(room, room.people[0], "scale") is None
    room = told(room, "start")
    assert (room.state, room.begun, room.until) == ("running", 1, 100)


def test_pause_and_resume_keep_the_tick() -> None:
    room = ticked(told(a_room(), "start", "start"), 30)
    paused = told(room, "pause")
    assert (paused.state, paused.tick) == ("paused", 30)
    assert told(paused, "resume") == replace(room, last=room.last + 2)


def test_who_comes_later_is_late_until_another_round() -> None:
    room = joined(ticked(told(joined(a_room()), "start", "start"), 30))
    assert [(p.late, p.joined) for p in room.people] == [(False, 0), (True, 30)]
    room = told(room, "reset")
    assert (room.round, room.tick, room.state) == (2, 0, "lobby")
    assert [(p.late, p.joined) for p in room.people] == [(False, 0), (False, 0)]


def test_the_last_answer_to_a_poll_counts_once() -> None:
    room = joined(told(joined(a_room()), "ask Why? | this | that"))
    for who, choice in (("P01", 1), ("P02", 2), ("P01", 2)):
        assert why_not_answer(room, 1, choice) is None
        room = entered(room, who, "answer", f"1 {choice}", 1)
    assert room.poll is not None
    assert room.poll.counts == [0, 2]
    assert why_not_answer(room, 1, 3)
    assert why_not_answer(told(room, "close-poll"), 1, 1) == "The poll is closed."


@pytest.mark.parametrize(
    ("state", "line", "says"),
    [
        ((), "pause", "The clock is not running."),
        ((), "inject zone-loss", "only during a shift"),
        ((), "remove P09", "No player has the code"),
        (("start", "start"), "start", "The lesson has started"),
        (("start", "start"), "resume", "not paused"),
        (("start", "end"), "start", "reset"),
        ((), "close-poll", "No poll"),
        ((), "more 60", "No planning is under way"),
    ],
)
def test_a_command_at_the_wrong_time_is_refused_with_a_sentence(state: tuple[str, ...], line: str, says: str) -> None:
    assert says in str(why_not_host(told(a_room(), *state), read_command(line)))


def test_locked_orders_and_those_of_the_room_are_refused() -> None:
    room = told(joined(a_room()), "start", "lock scale")
    person = room.people[0]
    assert why_not_order(room, person, "scale") == "The facilitator has locked scale."
    assert "facilitator starts" in str(why_not_order(room, person, "begin"))
    assert why_not_order(told(room, "unlock scale"), person, "scale") is None
    gone = told(room, "remove P01").people[0]
    assert why_not_order(room, gone, "restart") == "You are no longer in this room."


commands = st.sampled_from(
    ["start", "pause", "resume", "pace 8", "inject zone-loss", "lock scale", "ask Q? | a | b", "close-poll", "reset",
     "end", "remove P01", "rename P01 Ada", "board hidden", "say hello", "step 3"]
)  # fmt: skip


@given(st.lists(st.one_of(commands, st.just("join"), st.integers(1, 60)), max_size=40))
def test_a_room_that_wakes_up_is_the_room_that_went_to_sleep(steps: list[str | int]) -> None:
    log = [Entry(1, 1, 0, ROOM, 0, "open", opening(LESSON))]
    room = opened(log[0])

    def enter(who: str, kind: str, text: str) -> None:
        nonlocal room
        log.append(Entry(room.last + 1, room.round, room.tick, who, len(log) * (kind != "clock"), kind, text))
        room = after(room, log[-1])

    for step in steps:
        number = len(room.people)
        if step == "join":
            enter(code_of(number + 1), "join", f'{{"name": "Calm Otter", "token": "{number}"}}')
        elif isinstance(step, str):
            enter(HOST, "do", step)
            for order in consequences(room, read_command(step)):
                enter(FACILITATOR, "order", order)
        elif number and step % 2:
            enter(code_of(step % (number + 1)), "order", "scale web +1" if step % 3 else "forecast-answer 2")
        else:
            enter(ROOM, "clock", str(room.tick + step))
    assert folded(log) == room


@given(st.lists(st.one_of(commands, st.just("join"), st.integers(1, 60)), max_size=40))
def test_time_never_goes_back_in_a_round_nor_beyond_a_shift(steps: list[str | int]) -> None:
    room = a_room()
    for step in steps:
        before = room
        if isinstance(step, int):
            if room.state in ("running", "history"):
                room = ticked(room, min(room.tick + step, room.until))
        else:
            room = joined(room) if step == "join" else told(room, step)
        assert room.round > before.round or room.tick >= before.tick
        assert room.tick <= (LESSON.ends[room.begun - 1] if room.begun else 0)
        assert len(room.people) >= len(before.people)
        if room.state == "running":
            assert room.tick < room.until
