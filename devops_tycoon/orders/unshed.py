"""unshed browse: let everybody in again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from devops_tycoon.orders.notation import name, only
from devops_tycoon.sim.operations.measures import ended, in_force, only_in_a_shift
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, NotationError, Order
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Unshed(Order):
    """Let all users of a journey in again. If the crowd is still too large for the company, its queues fill again."""

    verb: ClassVar[str] = "unshed"
    examples: ClassVar[tuple[str, ...]] = ("unshed browse",)
    usage: ClassVar[str] = "unshed JOURNEY"
    company_only: ClassVar[str] = NEEDS_COMPANY
    journey: str

    @classmethod
    def parse(cls, words: list[str], options: dict[str, str]) -> Self:
        """Read `browse`."""
        only(options)
        if len(words) != 1:
            raise NotationError("expected one journey")
        return cls(name(words[0]))

    def __str__(self) -> str:
        """Return the notation."""
        return f"{self.verb} {self.journey}"

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse a journey whose users are all let in."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        if in_force(world, "shed", self.journey) is None:
            return f"Nobody is turned away from {self.journey}."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Return the minute that it takes to turn it back."""
        return 60

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Let them in."""
        return ended(world, "shed", self.journey), (Fact("order", f"Everybody is let in to {self.journey} again."),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every journey that is shed."""
        for measure in world.measures:
            if measure.verb == "shed":
                yield cls(measure.target)
