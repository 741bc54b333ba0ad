"""Choices in planning: every practice on offer and every other order, with its price and state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from devops_tycoon.orders import usable
from devops_tycoon.orders.adopt import Adopt
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.rules.practice import GROUPS, Practice
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import Order, Placed
from devops_tycoon.sim.values.world import World

FREE, REFUSED, UNDER_WAY, IN_FORCE = "free", "refused", "in progress", "active"
ORDERS = "orders"
"""The group of everything but practices."""
_ELSEWHERE = ("adopt", "begin", "forecast-answer", "undo")
"""Orders that have a place of their own on the planning screen."""
_USUAL = ("scale", "split", "merge", "move-data", "hire", "deliver", "set", "reserve")
"""Orders that plans are made of, in this order before the others."""
_TITLES = {"seeing": "Observability", "people": "People and process", ORDERS: "Other orders"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: a practice, or a kind of order, and the orders that it can become."""

    id: str
    title: str
    group: str
    state: str
    """FREE, REFUSED, UNDER_WAY or IN_FORCE."""
    says: str
    """Why it is refused, since when or from when it is active; empty: available."""
    orders: tuple[Order, ...]
    """One for each target, those that can be placed now first."""
    practice: Practice | None = None


def choices(world: World, rules: Rules, wanted: str = "") -> tuple[Choice, ...]:
    """Return what can be chosen, group by group; with a text, only what contains all of its words."""
    every = [*_practices(world, rules), *_orders(world, rules)]
    words = wanted.lower().split()
    return tuple(choice for choice in every if all(word in _searched(choice) for word in words))


def _searched(choice: Choice) -> str:
    practice = choice.practice
    told = f"{practice.about} {practice.gives} {practice.costs}" if practice else ""
    return f"{choice.id} {choice.title} {heading(choice.group)} {choice.state} {told}".lower()


def heading(group: str) -> str:
    """Return a group's title."""
    return _TITLES.get(group, group.capitalize())


def _practices(world: World, rules: Rules) -> Iterable[Choice]:
    moves: dict[str, list[Order]] = {}
    for move in Adopt.moves(world, rules):
        if isinstance(move, Adopt):
            moves.setdefault(move.practice, []).append(move)
    for group in GROUPS:
        for practice in rules.offers:
            if practice.group == group:
                orders = moves.get(practice.id, [])
                state, says = _state(world, rules, practice, orders)
                yield Choice(practice.id, practice.title, group, state, says, _best(world, rules, orders), practice)


def _state(world: World, rules: Rules, practice: Practice, orders: Sequence[Order]) -> tuple[str, str]:
    """Return a practice's state; with several targets it is free while one of them is."""
    whys = [refusal(world, rules, Placed(order)) for order in orders]
    adopted = [a for a in world.practices if a.practice == practice.id]
    coming = [p for p in world.projects if isinstance(p.order, Adopt) and p.order.practice == practice.id]
    where = [a.target for a in adopted if a.target] + [
        p.order.target for p in coming if isinstance(p.order, Adopt) and p.order.target
    ]
    if any(why is None for why in whys):
        return FREE, f"also for {', '.join(where)}" if where else ""
    if coming:
        return UNDER_WAY, f"active from week {max(project.week for project in coming)}"
    if adopted:
        since = min(a.week for a in adopted)
        return IN_FORCE, f"since week {since}" if since else "from the start"
    return REFUSED, next((why for why in whys if why), f"No {practice.scope} is eligible.")


def _orders(world: World, rules: Rules) -> Iterable[Choice]:
    for kind in sorted(usable(rules), key=lambda kind: _rank(kind.verb)):
        if kind.verb in _ELSEWHERE:
            continue
        moves = tuple(kind.moves(world, rules))
        if not moves:
            continue
        whys = [refusal(world, rules, Placed(move)) for move in moves]
        free = sum(why is None for why in whys)
        title = (kind.__doc__ or kind.verb).strip().split(".")[0].replace("\n", " ")
        state, says = (FREE, "") if free else (REFUSED, next(why for why in whys if why))
        yield Choice(kind.verb, f"{kind.verb}: {title[:1].lower()}{title[1:]}", ORDERS, state, says, moves)


def _rank(verb: str) -> int:
    return _USUAL.index(verb) if verb in _USUAL else len(_USUAL)


def _best(world: World, rules: Rules, orders: Sequence[Order]) -> tuple[Order, ...]:
    """Return the orders, those first that nothing forbids."""
    return tuple(sorted(orders, key=lambda order: refusal(world, rules, Placed(order)) is not None))
