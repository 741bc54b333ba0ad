"""Bots that lead a company: one policy each, so that policies can be compared on the same seeds.

They plan by the same forecast that a player is shown and operate by what can be seen. None is clever: a policy that wins
here wins by what it builds, not by how fast it clicks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from devops_tycoon.orders.adopt import Adopt
from devops_tycoon.play.drive import Bot
from devops_tycoon.sim.obey import refusal
from devops_tycoon.sim.order import Order, Placed
from devops_tycoon.sim.rules import Rules
from devops_tycoon.sim.world import World

Cuts = Callable[[World, Rules], Iterable[Order]]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a leader believes in."""

    ceiling: float
    """Replicas are bought until no pool is busier than this at the coming peak."""
    practices: tuple[str, ...] = ()
    """Adopted in this order, as far as the quarter's hands reach."""
    features: float = 0.5
    """Share of a quarter's engineer-weeks that is left for features."""
    cuts: Cuts = lambda world, rules: ()  # noqa: ARG005
    """Splits and merges to try, before anything else is paid for."""


def leader(policy: Policy) -> Bot:
    """Return the bot of a policy."""

    def play(world: World, rules: Rules) -> Sequence[Order]:
        if world.phase == "planning":
            return tuple(_plan(world, rules, policy))
        return operate(world, rules)

    return play


def _plan(world: World, rules: Rules, policy: Policy) -> Iterator[Order]:
    """Yield the quarter's projects, the cheapest hands kept for features, then what capacity the forecast asks for."""
    left = int(world.effort * (1.0 - policy.features))
    wanted: list[Order] = [*policy.cuts(world, rules), *[Adopt(practice) for practice in policy.practices]]
    for order in wanted:
        if refusal(world, rules, Placed(order)) is None and order.effort(world, rules) <= left:
            left -= order.effort(world, rules)
            yield order
    yield from grow(world, rules, policy.ceiling)
