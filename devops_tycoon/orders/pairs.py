"""What orders share: those that end what another began, those about the open incident, freeze and thaw."""

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from devops_tycoon.orders.basis import NEEDS_COMPANY, Fact, Rules, TypedOrder, World, replace
from devops_tycoon.orders.notation import arguments
from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.operations.measures import ended, in_force, only_in_a_shift, open_incident, with_incident
from devops_tycoon.sim.values.order import NO_DEPLOYMENTS
from devops_tycoon.sim.values.tally import Incident


@dataclass(frozen=True)
class EndMeasure(TypedOrder):
    """An order that ends what another began; its only argument is the target."""

    begun_by: ClassVar[MeasureVerb]
    """The verb of the order that it ends."""
    not_begun: ClassVar[str]
    """The sentence that there is nothing to end; {} is the target's title."""
    done: ClassVar[str]
    """The sentence that it is ended; {} is the target's title."""
    responder_s: ClassVar[int | None] = 60
    company_only: ClassVar[str] = NEEDS_COMPANY

    @property
    def _target(self) -> str:
        return str(getattr(self, arguments(type(self))[0].name))

    def title(self, rules: Rules) -> str:  # noqa: ARG002
        """Return the title of the target."""
        return self._target

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse a target on which nothing was begun."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        begun = in_force(world, self.begun_by, self._target)
        return self.not_begun.format(self.title(rules)) if begun is None else None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """End it."""
        return ended(world, self.begun_by, self._target), (Fact("order", self.done.format(self.title(rules))),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Self]:  # noqa: ARG003
        """Yield every target on which it was begun."""
        for measure in world.measures:
            if measure.verb == cls.begun_by:
                yield cls(**{arguments(cls)[0].name: measure.target})


@dataclass(frozen=True)
class OfIncident(TypedOrder):
    """An order about the open incident."""

    nothing_open: ClassVar[str] = "No incident is open."
    company_only: ClassVar[str] = NEEDS_COMPANY

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse outside a shift, and where no incident is open."""
        if (why := only_in_a_shift(world)) is not None:
            return why
        incident = open_incident(world)
        return self.nothing_open if incident is None else self.refused(world, rules, incident)

    @abstractmethod
    def refused(self, world: World, rules: Rules, incident: Incident) -> str | None:
        """Return the sentence that refuses it in the open incident, or None."""

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Change the incident, unless it has ended meanwhile."""
        incident = open_incident(world)
        if incident is None:
            return world, (Fact("refused", self.nothing_open, bad=True),)
        changed, fact = self.changed(world, rules, incident)
        return with_incident(world, changed), (fact,)

    @abstractmethod
    def changed(self, world: World, rules: Rules, incident: Incident) -> tuple[Incident, Fact]:
        """Return the incident after the order, and what the log says of it."""

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Self]:  # noqa: ARG003
        """Yield itself while an incident is open."""
        if open_incident(world) is not None:
            yield cls()


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
