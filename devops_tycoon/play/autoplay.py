"""Playing a session automatically: by a list of orders or by a bot."""

from collections.abc import Callable, Sequence

from devops_tycoon.orders import parse
from devops_tycoon.orders.begin import Begin
from devops_tycoon.orders.onward import Onward
from devops_tycoon.play.session import Recorded, Session
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order
from devops_tycoon.sim.values.world import World

Bot = Callable[[World, Rules], Sequence[Order]]
"""Returns the orders to place now, from what a player can see."""

Watch = Callable[[Session], None]
"""Called after every tick."""


def drive_bot(session: Session, bot: Bot, until: int | None = None, watch: Watch | None = None) -> None:
    """Let a bot play to the end, or to a tick. Shifts and acts begin by themselves."""
    while not _done(session, until):
        for order in bot(session.seen, session.rules):
            session.place(order)
        _go_on(session)
        session.advance()
        if watch:
            watch(session)


def drive_orders(
    session: Session, orders: Sequence[Recorded], until: int | None = None, watch: Watch | None = None
) -> list[str]:
    """Play an order file to the end; return its refusals. A shift without a `begin` begins by itself."""
    refused, at = [], 0
    while not _done(session, until):
        while at < len(orders) and orders[at].tick <= session.world.tick:
            line = orders[at]
            at += 1
            order = parse(line.order)
            why = session.place(order, line.by or (FACILITATOR if order.facilitator else ""))
            if why is not None:
                refused.append(f"tick {line.tick}: {line.order}: {why}")
        _go_on(session)
        session.advance()
        if watch:
            watch(session)
    refused += [f"tick {line.tick}: {line.order}: the game ended first" for line in orders[at:] if session.over]
    return refused


def _go_on(session: Session) -> None:
    """Begin the next act and the next shift, if no order has."""
    if session.world.phase == "over":
        session.place(Onward())
    if session.world.phase == "planning":
        session.place(Begin())


def _done(session: Session, until: int | None) -> bool:
    return session.over or (until is not None and session.world.tick >= until)
