"""The texts of the help page. What can be generated is."""

from inspect import cleandoc

from devops_tycoon.orders import kinds, usable
from devops_tycoon.sim.rules.rules import Rules

PANES = ("map", "inspector", "feed", "charts", "goals")

_PANES = {
    "map": (
        "The map: requests flow from left to right along the arrows, from members to the services that do the work. "
        "Thick lines carry much, orange ones lead to trouble, broken red ones lose requests. The number beside a bar "
        "is requests per second, the bar how busy the workers are; where there is room for one line only, the number "
        "is how busy they are, in percent. Arrow keys walk along the calls, z zooms, f shows "
        "only the neighbours, T tidies up."
    ),
    "inspector": (
        "The selected service: its workers, how busy they are, what waits, how long each request holds a worker, and "
        "how the services that it calls treat it. w derives the numbers; enter lists what you can order."
    ),
    "feed": (
        "Incidents and news, newest first. page up and page down scroll; i selects the service that the newest trouble "
        "is about."
    ),
    "charts": (
        "The four golden signals of the last 300 ticks: traffic, latency (99 of 100 requests are faster), errors, and "
        "saturation of the busiest service. The dashed line is 80 % busy: above it, waiting grows steeply."
    ),
    "goals": "What must be reached to win, how it stands now, and the score so far with its parts.",
}

GUIDE = """\
Members send requests; a request enters a service and visits others on its way, left to right on the map. Every \
service has workers. A worker is busy while it works and while it waits for an answer from another service. When all \
workers are busy, requests queue; when they queue too long, members give up, and when the queue is full they are \
turned away. Every number on the screen is computed from queues, workers, timeouts and retries; no dice decide \
whether a request fails.

Before a shift you plan: the clock stands and orders take effect at once. During a shift, orders take time and a \
responder's hands. The score is uptime: the share of requests answered well and in time, on a logarithmic scale."""

SIGNS = """\
● ok   ▲ hot: little room left   ✖ failing   ○ down      (in ASCII: o ^ X .)
≡ a store   ◇ somebody else's service   @ the members     (in ASCII: = * @)
Thin lines are quiet, thick ones busy or hot; ╍ broken ones lose calls, ┄ dotted ones are slow. A hollow arrow ▹ is a \
call that can be done without. The bar under a name is how busy it is."""

KEYS = (
    ("space", "begin the shift; pause and go on"),
    ("+ −", "faster, slower (1, 2, 4, 8 times; 10 ticks a second at 1)"),
    (".", "one tick while paused"),
    ("arrows hjkl", "walk over the map: left and right follow calls"),
    ("enter", "orders for the selected service"),
    (":", "any order; ctrl+p opens the palette"),
    ("w", "where the selected service's numbers come from"),
    ("i", "go to the newest trouble"),
    ("1 … 5, tab", "map, service, news, charts, goals"),
    ("page up/down", "older and newer news"),
    ("z f T", "zoom; only the neighbours; tidy the map"),
    ("F2", "settings: colours, drawing, stops"),
    ("q", "leave; the game is saved"),
)


def pane_help(pane: str) -> str:
    """Return what a pane of the play screen shows."""
    return _PANES[pane]


def keys_help() -> str:
    """Return the keys of the play screen, the ones of orders from their classes."""
    orders = [(kind.key, f"order: {verb}") for verb, kind in kinds().items() if kind.key and not kind.facilitator]
    return "\n".join(f"{key:<13}{what}" for key, what in (*KEYS, *orders))


def orders_help(rules: Rules | None) -> str:
    """Return every order of a game (None: of all games) with its notation and what it does, from its own class."""
    parts = []
    players = tuple(kind for kind in kinds().values() if not kind.facilitator)
    for kind in players if rules is None else usable(rules):
        key = f"   key {kind.key}" if kind.key else ""
        text = " ".join(cleandoc(kind.__doc__ or "").split())
        parts.append(f"{kind.usage}{key}\n{text}")
    return "\n\n".join(parts)
