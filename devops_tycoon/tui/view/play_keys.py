"""Which keys the play screen offers at this moment, the most useful first; those of orders come from their classes."""

from collections.abc import Sequence

from devops_tycoon.sim.values.order import Order
from devops_tycoon.tui.view.keys import Key

RIGHT = (Key("?", "Help", "help"), Key("q", "Leave", "leave"))
BEFORE_WHY = 5
"""Orders up to this `footer_rank` come before Why, the others after it."""

_ACT = Key("⏎", "Act", "order('')")
_WHY = Key("w", "Why", "why")
_ANY = Key(":", "Any order", "order(':')")
_SETTINGS = Key("F2", "Settings", "app.settings")
_INCIDENT = Key("i", "Incident", "locate")


def play_keys(phase: str, paused: bool, orders: Sequence[type[Order]], company_mode: bool = False) -> tuple[Key, ...]:
    """Return the keys of planning, of a shift that runs or is paused, and of the end; `orders` can be placed here."""
    if phase == "over":
        return (Key("space", "Debrief", "pause"), _WHY)
    first, more = _order_keys(orders, phase)
    if phase == "planning":
        begin = Key("p", "Planning", "plan") if company_mode else Key("space", "Begin", "pause")
        return (begin, _ACT, *first, _WHY, _ANY, *more, Key("tab", "Panes", "next_pane"), _SETTINGS)
    if paused:
        clock: tuple[Key, ...] = (Key("space", "Resume", "pause"),)
        step: tuple[Key, ...] = (Key(".", "Step", "one_tick"),)
    else:
        clock = (Key("space", "Pause", "pause"), Key("+", "Faster", "faster"), Key("-", "Slower", "slower"))
        step = ()
    return (*clock, _INCIDENT, _ACT, *first, *step, _WHY, _ANY, *more, _SETTINGS)


def _order_keys(orders: Sequence[type[Order]], phase: str) -> tuple[list[Key], list[Key]]:
    """Return the keys of the orders that the footer shows in a phase: before Why, and after it."""
    shown = sorted(
        (kind for kind in orders if kind.footer and phase in kind.footer_phases), key=lambda kind: kind.footer_rank
    )
    keys = [(kind.footer_rank, Key(kind.key, kind.footer, f"order('{kind.verb}')")) for kind in shown]
    return [key for rank, key in keys if rank <= BEFORE_WHY], [key for rank, key in keys if rank > BEFORE_WHY]
