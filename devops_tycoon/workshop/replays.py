"""Replays out of a room's log: each person's game as the journal of a single player would have written it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from devops_tycoon.play.game import Game
from devops_tycoon.play.replay import header, mark_line, order_line
from devops_tycoon.play.session import Mark, Recorded
from devops_tycoon.workshop.entry import FACILITATOR, Entry
from devops_tycoon.workshop.follower import Follower

RESULT = "result"
"""The kind of an entry that keeps how a game ended: what its simulator saw, for a fresh run to be compared with."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a game ended."""

    tick: int
    result: str
    """Its result in one line; empty: it was left before its end."""
    marks: tuple[Mark, ...]


def written(ended: Ended) -> str:
    """Return the text of an entry that keeps how a game ended."""
    marks = [[mark.tick, mark.digest] for mark in ended.marks]
    return json.dumps({"tick": ended.tick, "result": ended.result, "marks": marks}, separators=(",", ":"))


def results(log: Iterable[Entry], number: int) -> dict[str, Ended]:
    """Return how everybody's game of a round ended, as far as the log says."""
    found = {}
    for entry in log:
        if entry.kind == RESULT and entry.round == number:
            told = json.loads(entry.text)
            marks = tuple(Mark(int(tick), str(digest)) for tick, digest in told["marks"])
            found[entry.who] = Ended(int(told["tick"]), str(told["result"]), marks)
    return found


def orders_of(log: Iterable[Entry], number: int, code: str) -> list[Recorded]:
    """Return the orders of someone's game of a round: their own and the host's, in the order of the room's log."""
    return [
        Recorded(entry.tick, entry.text, FACILITATOR if entry.who == FACILITATOR else "")
        for entry in log
        if entry.kind == "order" and entry.round == number and entry.who in (code, FACILITATOR)
    ]


def played(game: Game, orders: Sequence[Recorded], tick: int) -> tuple[Follower, Ended]:
    """Play a game afresh to a tick, and return it with how it ended."""
    from devops_tycoon.play.journal import result_line

    follower = Follower(game)
    follower.take(orders)
    follower.to = tick
    follower.follow()
    session = follower.session
    result = result_line(session) if session.over else ""
    return follower, Ended(session.world.tick, result, tuple(session.marks))


def replay_text(game: Game, orders: Sequence[Recorded], ended: Ended) -> str:
    """Return the replay. A mark stands before the orders of its tick: they come after it."""
    lines = [(mark.tick, 0, mark_line(mark)) for mark in ended.marks]
    lines += [(order.tick, 1, order_line(order)) for order in orders if order.tick <= ended.tick]
    lines.sort(key=lambda line: line[:2])
    closing = f'[Ticks "{ended.tick}"]\n[Result "{ended.result}"]\n'
    end = closing if ended.result else f'[Left "{ended.tick}"]\n'
    return header(game) + "".join(text for _, _, text in lines) + end
