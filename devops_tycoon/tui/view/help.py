"""The texts of the help page; orders and keys come from their classes."""

from devops_tycoon.orders import kinds, usable
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.tui.view.panes import PANES

GUIDE = """\
Members send requests; a request enters a service and visits others on its way, left to right on the map. Every \
service has workers. A worker is busy while it works and while it waits for an answer from another service. When all \
workers are busy, requests queue; when they queue too long, members give up, and when the queue is full, requests are \
rejected. Every number on the screen is computed from queues, workers, timeouts and retries; no request fails by \
chance.

Before a shift you plan: the game is paused and orders take effect immediately. During a shift, orders take time and \
occupy a responder. The score is uptime: the share of requests answered correctly and in time, on a log scale."""

SIGNS = """\
● ok   ▲ hot: little headroom   ✖ failing   ○ down        (in ASCII: o ^ X .)
≡ data store   ◇ third-party service   @ members          (in ASCII: = * @)
Thin lines carry little traffic, thick lines much; ╍ broken lines lose calls, ┄ dotted lines are slow. A hollow \
arrow ▹ is an optional call. The bar under a name is its utilisation."""

KEYS = (
    ("space", "begin the shift; pause, resume"),
    ("+ −", "faster, slower (1, 2, 4, 8 times; 10 ticks a second at 1)"),
    (".", "one tick while paused"),
    ("arrows hjkl", "move on the map: left and right follow calls"),
    ("enter", "orders for the selected service"),
    (":", "any order; ctrl+p opens the palette"),
    ("w", "explain the numbers of the selected service"),
    ("i", "go to the newest incident"),
    (f"{PANES[0].key} … {PANES[-1].key}, tab", ", ".join(pane.title.lower() for pane in PANES)),
    ("page up/down", "older, newer news"),
    ("z f T", "zoom; selection and neighbours; tidy the map"),
    ("F2", "settings: colours, drawing, pausing"),
    ("q", "leave; the game is saved"),
)


def keys_help() -> str:
    """Return the keys of the play screen, the ones of orders from their classes."""
    keyed = sorted((kind for kind in kinds().values() if kind.key), key=lambda kind: kind.footer_rank)
    orders = [(kind.key, f"order: {kind.footer.lower() or kind.verb}") for kind in keyed if not kind.facilitator]
    return "\n".join(f"{key:<13}{what}" for key, what in (*KEYS, *orders))


def orders_help(rules: Rules | None) -> str:
    """Return every order of a game (None: of all games) with its notation and what it does, from its own class."""
    parts = []
    players = tuple(kind for kind in kinds().values() if not kind.facilitator)
    for kind in players if rules is None else usable(rules):
        key = f"   key {kind.key}" if kind.key else ""
        text = " ".join(kind.help_text().split())
        examples = f"\nfor example: {', '.join(kind.examples)}" if kind.examples else ""
        parts.append(f"{kind.usage}{key}\n{text}{examples}")
    return "\n\n".join(parts)
