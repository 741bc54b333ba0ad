"""What players may do. Each file here is one order, found by being here."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from devops_tycoon.orders.forms import nearest, quoted
from devops_tycoon.orders.notation import words_of
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.order import NotationError, Order, Placed
from devops_tycoon.sim.values.world import World

__all__ = ["NotationError", "Order", "kinds", "moves", "parse", "usable"]


@cache
def kinds() -> dict[str, type[Order]]:
    """Return every kind of order by its verb, in alphabetical order."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted((kind.verb, kind) for kind in _under(Order) if "verb" in vars(kind)))


def _under(kind: type) -> Iterator[type[Order]]:
    """Yield every class below a class."""
    below: type[Order]
    for below in kind.__subclasses__():
        yield below
        yield from _under(below)


def usable(rules: Rules) -> tuple[type[Order], ...]:
    """Return the kinds that a player of this scenario can place at all, for help pages."""
    company = rules.scenario.in_company_mode
    free = rules.scenario.kind == "sandbox"
    return tuple(
        kind for kind in kinds().values() if (free or not kind.facilitator) and (company or not kind.company_only)
    )


def parse(text: str, offered: Iterable[str] = ()) -> Order:
    """Read one order in the game's notation; raise NotationError with a sentence.

    `offered` are the verbs that the sentence names, where not everybody may place every order.
    """
    verb, words, options = words_of(text)
    kind = kinds().get(verb)
    if kind is None:
        known = tuple(offered) or tuple(kinds())
        raise NotationError(f"there is no order {quoted(verb)}{nearest(verb, known) or ';'} Orders: {', '.join(known)}")
    try:
        return kind.parse(words, options)
    except NotationError as error:
        said = str(error)
        raise NotationError(f"{verb}: {said}{'' if said.endswith('?') else '.'} Usage: {kind.usage}") from None


def moves(world: World, rules: Rules) -> Iterator[Order]:
    """Yield the players' orders worth considering now that nothing forbids."""
    for kind in kinds().values():
        if not kind.facilitator or rules.scenario.kind == "sandbox":
            for order in kind.moves(world, rules):
                if refusal(world, rules, Placed(order)) is None:
                    yield order
