"""Every panel of the facilitator's console at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Glyphs
from devops_tycoon.tui.view.panels import Panel
from devops_tycoon.tui.view.room.board import board_rows
from devops_tycoon.tui.view.room.console import (
    clock_row,
    event_rows,
    join_row,
    join_rows,
    roster,
    roster_rows,
    tabs_row,
    why_row,
)
from devops_tycoon.tui.view.room.console_keys import advice
from devops_tycoon.tui.view.room.fields import Told, line
from devops_tycoon.tui.view.room.homework import homework_rows, is_homework
from devops_tycoon.tui.view.room.poll import question_rows


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that the console's panels are made of."""

    now: Told
    welcome: Told
    connected: bool
    clock: str
    """The lesson's time of day."""
    choices: Sequence[str]
    """Answers to the lesson's question."""
    picked: int
    pane: str
    notice: str
    qr: Sequence[str]
    """Empty once the lesson has begun."""
    glyphs: Glyphs


def console_panels(at: Moment) -> tuple[Panel, ...]:
    """Return all panels; the ones that are not on the screen are never drawn."""
    now, glyphs, people = at.now, at.glyphs, roster(at.now)
    state = line(now, "state", 20)
    style = "accent" if at.notice else "dim"
    told = at.notice or advice(state)
    return (
        Panel("clock", lambda w, _: (clock_row(at.welcome, now, at.connected, at.clock, w, glyphs),)),
        Panel("why", lambda w, _: (why_row(now, w),)),
        Panel("join", lambda w, _: (join_row(now, w),)),
        Panel("tabs", lambda w, _: (tabs_row(at.pane, w),)),
        Panel("people", lambda w, h: roster_rows(now, at.picked, w, h, glyphs), "1 People"),
        Panel("questions", lambda w, h: question_rows(now, at.choices, w, glyphs)[:h], "4 Questions"),
        _board(at, state in ("", "lobby")),
        Panel("events", lambda w, h: homework_rows(people, at.picked, w, h), "3 Homework")
        if is_homework(people)
        else Panel("events", lambda w, h: event_rows(now, w, h), "3 Events"),
        Panel("message", lambda w, _: (((fit(f" {told}", w, middle=False), style),),)),
    )


def _board(at: Moment, lobby: bool) -> Panel:
    """Return the board, or before the lesson how to join."""
    if lobby:
        return Panel("board", lambda w, h: join_rows(at.now, at.qr, w, h), "2 How to join")
    board = at.now.get("board") or {}
    return Panel("board", lambda w, h: board_rows(board, "", w, h, at.glyphs), "2 Board", _board_word(at.now))


def _board_word(now: Told) -> str:
    """Return what players see of the board."""
    shown = line(now, "board_is", 10)
    return f"players see it {shown}" if shown == "frozen" else f"{shown} to players" if shown else ""
