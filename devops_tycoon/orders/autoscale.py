"""autoscale: let replicas follow the load."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Fact, Option, Order, Rules, TypedOrder, Word, World, replace
from devops_tycoon.orders.forms import SWITCH, count, named, percent
from devops_tycoon.sim.flow.autoscale import CONCURRENCY, Autoscaler
from devops_tycoon.sim.flow.forecast import Forecast
from devops_tycoon.sim.operations.scaling import scaler_of, with_scaler, without_scaler
from devops_tycoon.sim.operations.services import find, no_such
from devops_tycoon.sim.practices.dials import unlocked
from devops_tycoon.sim.text import plural

USUAL_TARGET = 60
"""Per cent [design value]: a little less than two thirds, so that a fleet survives the loss of one zone of three."""


@dataclass(frozen=True)
class Autoscale(TypedOrder):
    """Let the number of replicas of a service follow its load, or stop that.

    Every 15 s the autoscaler compares utilisation with the target: the share of workers that are busy, those that
    wait for other services included. New replicas cost the same as with `scale` and join when they have booted, so
    load that grows faster meets the old fleet. It removes replicas when there have been too many for five minutes,
    even while members cannot reach them. With forecast=on it extrapolates the last two minutes and orders what will be
    needed one boot time later.
    """

    verb: ClassVar[str] = "autoscale"
    examples: ClassVar[tuple[str, ...]] = ("autoscale web target=60% min=2 max=20", "autoscale web off")
    service: Annotated[str, Word(named("SERVICE", "a service"))]
    target: Annotated[int, Option("target", percent(1), off=0)]
    """Per cent; 0 = off."""
    least: Annotated[int, Option("min", count(1, 100_000), always=True)] = 1
    most: Annotated[int, Option("max", count(1, 100_000), needed=True, always=True)] = 1
    forecast: Annotated[bool, Option("forecast", SWITCH)] = False

    def conflict(self) -> str | None:
        """Refuse a range without a number in it."""
        return f"min={self.least} is above max={self.most}" if self.least > self.most else None

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse what does not exist, stores data, belongs to a provider or does not fit."""
        service = find(world, self.service)
        if service is None:
            return no_such(world, self.service)
        if not self.target:
            return None if scaler_of(world, service.id) else f"{service.id} has no autoscaler."
        if service.kind == "provider":
            return f"{service.id} belongs to an external provider; you cannot scale it."
        if service.kind == "store":
            return f"{service.id} stores data: its replicas cannot follow the load."
        if self.most > service.most:
            return f"{service.id} can have at most {plural(service.most, 'replica')}."
        learned = unlocked(world, rules, self.verb)
        return learned or (unlocked(world, rules, f"{self.verb}.forecast") if self.forecast else None)

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:  # noqa: ARG002
        """Switch it on or off; replicas change from its first decision on."""
        service = find(world, self.service)
        if service is None:
            return world, (Fact("refused", no_such(world, self.service), bad=True),)
        if not self.target:
            text = f"{service.id}: autoscaler off; it stays at {plural(service.replicas, 'replica')}."
            return without_scaler(world, service.id), (Fact("order", text, service.id),)
        settings = Autoscaler(
            target=self.target / 100,
            most=self.most,
            least=self.least,
            start_s=float(service.boot_s),
            metric=CONCURRENCY,
            forecast=Forecast() if self.forecast else None,
        )
        text = (
            f"{service.id}: autoscaler on, {self.least} to {plural(self.most, 'replica')}, target {self.target}% busy."
        )
        return with_scaler(world, service, settings), (Fact("order", text, service.id),)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:
        """Yield an autoscaler for each service without one, and its end for each with one."""
        for service in world.services:
            if scaler_of(world, service.id):
                yield cls(service.id, 0)
            elif service.kind == "service":
                usual = cls(service.id, USUAL_TARGET, min(service.replicas, service.most), service.most)
                ways = (usual, replace(usual, forecast=True)) if rules.scenario.company_mode.adopts else (usual,)
                yield from (way for way in ways if way.why_not(world, rules) is None)
