"""The texts of the help page. What can be generated is."""

from inspect import cleandoc

from devops_tycoon.orders import kinds

GUIDE = """\
Members send requests; a request enters a service and visits others on its way, left to right on the map. Every
service has workers. A worker is busy while it works and while it waits for an answer from another service. When all
workers are busy, requests queue; when they queue too long, members give up, and when the queue is full they are turned
away. Every number on the screen is computed from queues, workers, timeouts and retries; no dice decide whether a
request fails.

Before a shift you plan: the clock stands and orders take effect at once. During a shift, orders take time and a
responder's hands. The score is uptime: the share of requests answered well and in time, on a logarithmic scale."""

SIGNS = """\
● well   ▲ hot: little room left   ✖ failing   ○ down        (in ASCII: o ^ X .)
Thin lines are quiet, thick ones hurt; ╍ breaks are calls that fail. The bar under a name is how busy it is."""

KEYS = (
    ("space", "begin the shift; pause and go on"),
    ("+ −", "faster, slower (1, 2, 4, 8 times; 10 ticks a second at 1)"),
    (".", "one tick while paused"),
    ("arrows hjkl", "walk over the map: left and right follow calls"),
    (": or ctrl+p", "any order; the palette"),
    ("enter", "orders for the selected service"),
    ("w", "where the selected service's numbers come from"),
    ("1 … 5", "map, inspector, incidents, charts, goals"),
    ("z f T", "zoom; only the neighbours; tidy the map"),
    ("i", "go to the newest trouble"),
    ("F2", "theme (safe for colour-blind people, light, high contrast, no colour)"),
    ("q", "leave; the game is saved"),
)


def orders_help() -> str:
    """Return every order with its notation and what it does, from its own class."""
    parts = []
    for kind in kinds().values():
        if not kind.facilitator:
            key = f"   key {kind.key}" if kind.key else ""
            text = " ".join(cleandoc(kind.__doc__ or "").split())
            parts.append(f"{kind.usage}{key}\n    {text}")
    return "\n\n".join(parts)
