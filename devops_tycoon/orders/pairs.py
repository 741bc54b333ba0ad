"""Pairs: what orders share that begin something and end it again (drain and undrain, freeze and thaw)."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from devops_tycoon.orders.notation import TypedOrder, arguments
from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.numerics.replace import replace
from devops_tycoon.sim.operations.measures import ended, in_force, only_in_a_shift
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NEEDS_COMPANY, NO_DEPLOYMENTS
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class EndMeasure(TypedOrder):
    """An order that ends what another began; its only argument is the target."""

    begun_by: ClassVar[MeasureVerb]
    """The verb of the order that it ends."""
    responder_s: ClassVar[int | None] = 60
    company_only: ClassVar[str] = NEEDS_COMPANY

    @property
    def _target(self) -> str:
        return str(getattr(self, arguments(type(self))[0].name))

    @abstractmethod
    def not_begun(self, rules: Rules) -> str:
        """Return the sentence that there is nothing to end."""

    @abstractmethod
    def done(self, rules: Rules) -> str:
        """Return the sentence that it is ended."""

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse a target on which nothing was begun."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        return self.not_begun(rules) if in_force(world, self.begun_by, self._target) is None else None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """End it."""
        return ended(world, self.begun_by, self._target), (Fact("order", self.done(rules)),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Self]:  # noqa: ARG003
        """Yield every target on which it was begun."""
        for measure in world.measures:
            if measure.verb == cls.begun_by:
                yield cls(**{arguments(cls)[0].name: measure.target})


@dataclass(frozen=True)
class SwitchDeploys(TypedOrder):
    """An order that stops deploys or allows them again."""

    frozen: ClassVar[bool]
    """Whether deploys are stopped from then on."""
    already: ClassVar[str]
    """The sentence that they are, or are not, already."""
    done: ClassVar[str]
    """The sentence that they are, or are not, from now on."""
    responder_s: ClassVar[int | None] = 0
    company_only: ClassVar[str] = NO_DEPLOYMENTS

    def why_not(self, world: World, rules: Rules) -> str | None:  # noqa: ARG002
        """Refuse what is so already."""
        return self.already if world.delivery.frozen == self.frozen else None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Stop deploys, or allow them."""
        return replace(world, delivery=replace(world.delivery, frozen=self.frozen)), (Fact("order", self.done),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Self]:  # noqa: ARG003
        """Yield itself."""
        yield cls()
