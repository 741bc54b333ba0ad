"""The keys of a player in a room: those of the game without its clock, and those of the room."""

from collections.abc import Sequence

from devops_tycoon.sim.values.order import Order
from devops_tycoon.tui.view.keys import Key
from devops_tycoon.tui.view.play_keys import play_keys

_CLOCK = ("pause", "faster", "slower", "one_tick")


def room_keys(phase: str, orders: Sequence[type[Order]], company_mode: bool, poll: bool) -> Sequence[Key]:
    """Return the keys of this moment, the most useful first."""
    own = [key for key in play_keys(phase, False, orders, company_mode) if key.action not in _CLOCK]
    debrief = (Key("space", "Debrief", "pause"),) if phase == "over" else ()
    vote = (Key("v", "Answer", "vote"),) if poll else ()
    return (*debrief, *vote, *own[:3], Key("B", "Board", "board"), *own[3:])
