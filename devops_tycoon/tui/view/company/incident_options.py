"""Options in an incident: orders available now, each with its price, responder time and effect."""

from dataclasses import dataclass
from inspect import cleandoc

from devops_tycoon.orders import usable
from devops_tycoon.sim.detection.health import health
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.people.team import hands_factor
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.company import USERS
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.order import Order, Placed
from devops_tycoon.sim.values.watching import links
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.view.company_map import map_of

MOST = 9
"""Options at once; any other order can be typed."""
_FIRST = (
    "ack", "rollback", "failover", "drain", "restart", "status-update", "shed", "disable", "scale", "set", "close",
    "freeze",
)  # fmt: skip
"""The usual order; kinds not named come before the last four."""
_AIMED = ("restart", "scale", "set")
"""Orders that come last unless their target is affected."""
_NEVER = ("begin", "forecast-answer", "onward", "split", "merge", "adopt", "undo", "deploy", "deliver", "autoscale")
"""Orders that do not help in an incident."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to answer an incident; without an order it is to wait."""

    order: Order | None
    text: str
    price: str
    hands: str
    effect: str
    """When it takes effect."""
    about: str
    """What it does, in the words of its own help page."""
    waits: str = ""
    """Why it has to wait for a free responder; empty: it can be ordered now."""


WAIT = Option(
    None,
    "wait and watch",
    "–",
    "–",
    "–",
    "Nothing is ordered; the clock continues. Sometimes that is right: some faults end before a fix works, and free "
    "responders may still be needed.",
)


def options(world: World, rules: Rules) -> tuple[Option, ...]:
    """Return the best order of each kind that could be given now, the likeliest kinds first, and waiting."""
    hurt = (*guilty(world, rules), *troubled(world, rules))
    best: list[tuple[int, Order]] = []
    for kind in usable(rules):
        if kind.verb in _NEVER or kind.planning_only:
            continue
        able = [move for move in kind.moves(world, rules) if move.why_not(world, rules) is None]
        if able:
            order = max(able, key=lambda move: _about(move, hurt))
            aside = kind.verb in _AIMED and not _about(order, hurt)
            best.append((_rank(kind.verb) + (len(_FIRST) if aside else 0), order))
    known = [_option(order, world, rules) for _, order in sorted(best, key=lambda item: item[0])]
    return (*known[: MOST - 1], WAIT)


def troubled(world: World, rules: Rules) -> tuple[str, ...]:
    """Return the services that are not well, as far as the company can see, the worst first."""
    order = {"down": 0, "failing": 1, "hot": 2}
    states = [(health(world, rules, number), service.id) for number, service in enumerate(world.services)]
    bad = sorted((order[state], name) for state, name in states if state in order)
    return tuple(dict.fromkeys([*[name for _, name in bad], *world.alarms]))


def guilty(world: World, rules: Rules) -> tuple[str, ...]:
    """Return the services whose callers wait for them or are failed by them, if traced; the worst first."""
    if not links(world.sight):
        return ()
    bad = [edge for edge in map_of(world, rules)[1] if edge.source != USERS and (edge.fail > 0.05 or edge.slow)]
    return tuple(dict.fromkeys(edge.target for edge in sorted(bad, key=lambda edge: (-edge.fail, edge.target))))


def _rank(verb: str) -> int:
    return _FIRST.index(verb) if verb in _FIRST else len(_FIRST) - 4


def _about(order: Order, hurt: tuple[str, ...]) -> int:
    """Return how closely an order's target is affected."""
    words = str(order).replace(">", " ").replace("=", " ").split()
    return max((len(hurt) - hurt.index(word) for word in words if word in hurt), default=0)


def _option(order: Order, world: World, rules: Rules) -> Option:
    price, delay = order.price_cents(world, rules), order.delay_s(world, rules)
    busy = order.busy_s(world, rules) * dial(world, rules, "hands") * hands_factor(world, rules)
    return Option(
        order,
        str(order),
        dollars(price) if price else "free",
        f"{busy / 60:.0f} min" if busy >= 30 else "–",
        f"in {(delay + 59) // 60} min" if delay > 0 else "at once",
        " ".join(cleandoc(order.__doc__ or "").split()),
        refusal(world, rules, Placed(order)) or "",
    )
