"""Small classes for the tests of what is made after a workshop."""

from collections.abc import Sequence
from functools import cache

from devops_tycoon.play.game import load
from devops_tycoon.play.journal import result_line
from devops_tycoon.play.replay import header, mark_line, order_line
from devops_tycoon.play.session import Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.workshop.classroom import Class, Poll, Seat
from tests.builders import STREAMING

Plan = tuple[tuple[int, str], ...]

WISE: Plan = ((0, "forecast-answer 3"), (0, "set web>recommendations timeout=300ms fallback=on"))
SLOW: Plan = ((0, "forecast-answer 1"), (1150, "set web>recommendations timeout=1s fallback=on"))
BOUGHT: Plan = ((0, "forecast-answer 2"), (0, "scale web +2"), (1100, "restart web rolling"))
LOST: Plan = ((1100, "restart recommendations"),)
HOST: Plan = ((0, "begin"), (240, "inject bad-deploy catalog"), (420, "inject slow-query main-db lasts=120s"))


@cache
def a_replay(code: str, plan: Plan = WISE, until: int = 600, host: Plan = HOST, seed: int = 1) -> str:
    """Return the replay that a room keeps: the player's orders and the host's."""
    session = Session(load(STREAMING, seed, code))
    wanted = sorted([(t, 0, o, "") for t, o in plan] + [(t, 1, o, FACILITATOR) for t, o in host], key=lambda w: w[:2])
    for tick, _, text, by in wanted:
        if tick <= until:
            session.advance(tick - session.world.tick)
            refused = session.place(text, by)
            assert refused is None, refused
    session.advance(until - session.world.tick)
    return text_of(session)


def text_of(session: Session) -> str:
    """Write a session down as its journal would have."""
    lines = [(order.tick, 1, order_line(order)) for order in session.orders]
    lines += [(mark.tick, 0, mark_line(mark)) for mark in session.marks]
    ended = f'[Ticks "{session.world.tick}"]\n[Result "{result_line(session)}"]\n'
    left = f'[Left "{session.world.tick}"]\n'
    body = "".join(line for _, _, line in sorted(lines, key=lambda item: item[:2]))
    return header(session.game) + body + (ended if session.over else left)


def a_class(names: Sequence[str] = ("Calm Otter", "Quick Heron", "Bold Lynx"), until: int = 600) -> Class:
    """Return a class of as many as there are names; the last one joined late."""
    plans = (WISE, BOUGHT, LOST)
    seats = tuple(
        Seat(
            code=f"P{number:02}",
            name=name,
            replay=a_replay(f"P{number:02}", plans[(number - 1) % len(plans)], until),
            joined_tick=300 if number == len(names) else 0,
            late=number == len(names),
        )
        for number, name in enumerate(names, 1)
    )
    events = ((240, "inject bad-deploy catalog"), (420, "inject slow-query main-db"))
    polls = (Poll("Which service is guilty?", ("web", "main-db"), (1, 2)),)
    return Class(STREAMING, 1, "engineer", seats, events, polls)
