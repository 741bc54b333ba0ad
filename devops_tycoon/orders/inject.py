"""inject: inject a failure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from devops_tycoon.orders.basis import Fact, Option, Order, Rules, TypedOrder, Word, World
from devops_tycoon.orders.forms import DURATION, ZONE, named, or_off
from devops_tycoon.sim.faults.strike import STANDING, possible, strike
from devops_tycoon.sim.operations.services import find, no_such, unknown
from devops_tycoon.sim.text import listed
from devops_tycoon.sim.values.order import NotationError


class _Target(Word):
    """What a card acts on: a service as a word, a zone as an option."""

    keys: ClassVar[tuple[str, ...]] = ("zone",)

    def usage(self, needed: bool) -> str:
        """Return its part of the usage line."""
        return f"{super().usage(needed)} [zone={ZONE.shown}]"

    def read(self, words: list[str], options: dict[str, str], before: Mapping[str, Any]) -> Any:
        """Take a word or an option, not both; return its value, or MISSING."""
        if words and "zone" in options:
            raise NotationError("expected one target: a service or zone=LETTER")
        if options.get("zone"):
            words.append(options["zone"])
        return super().read(words, options, before)

    def write(self, value: Any, order: Mapping[str, Any], default: Any) -> str:
        """Return its word; a zone has a single letter."""
        return f"zone={value}" if len(value) == 1 else super().write(value, order, default)


@dataclass(frozen=True)
class Inject(TypedOrder):
    """Inject a failure now, on a service or a zone, for as long as its card says or `lasts`."""

    verb: ClassVar[str] = "inject"
    key: ClassVar[str] = "x"
    footer: ClassVar[str] = "Inject a failure"
    footer_rank: ClassVar[int] = 2
    footer_phases: ClassVar[tuple[str, ...]] = ("shift",)
    examples: ClassVar[tuple[str, ...]] = ("inject zone-loss zone=b", "inject slow-dependency catalog lasts=600s")
    responder_s: ClassVar[int | None] = 0
    facilitator: ClassVar[bool] = True
    card: Annotated[str, Word(named("CARD", "a failure card"))]
    target: Annotated[str, _Target(named("SERVICE", "a service"))] = ""
    lasts_ms: Annotated[float | None, Option("lasts", or_off(DURATION))] = None

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse unknown cards and targets."""
        card = rules.failure.get(self.card)
        if card is None:
            return unknown("failure card", self.card, rules.failure)
        if card.target_kind == "zone":
            zones = "abcdefgh"[: rules.scenario.zones]
            if self.target and self.target not in zones:
                return f"There is no zone {self.target}; zones: {', '.join(zones)}."
        elif card.target_kind in STANDING:
            if self.target not in ("", STANDING[card.target_kind]):
                return f"{card.title} acts on {STANDING[card.target_kind]}; leave the target out."
        elif self.target and find(world, self.target) is None:
            return no_such(world, self.target)
        if not possible(world, card):
            needs = listed([rules.practice[need].title for need in card.needs if need in rules.practice], "or")
            return f"{card.title} can happen only where {needs} is active."
        if world.phase != "shift":
            return "Failures can be injected only during a shift."
        return None

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Let the card act."""
        return strike(world, rules, rules.failure[self.card], self.target, (self.lasts_ms or 0.0) / 1000)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every card, on a target that it picks itself."""
        for card in rules.failure:
            yield cls(card, "", None)
