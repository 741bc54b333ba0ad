"""inject zone-loss zone=b: the facilitator makes trouble."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from devops_tycoon.orders.notation import milliseconds, name, only, written_ms
from devops_tycoon.sim.faults.strike import STANDING, possible, strike
from devops_tycoon.sim.operations.services import find, no_such, unknown
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NotationError, Order
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True)
class Inject(Order):
    """Let a failure card act now, on a service or a zone, for as long as the card says or `lasts`."""

    verb: ClassVar[str] = "inject"
    key: ClassVar[str] = "x"
    footer: ClassVar[str] = "Inject a failure"
    footer_rank: ClassVar[int] = 2
    footer_phases: ClassVar[tuple[str, ...]] = ("shift",)
    examples: ClassVar[tuple[str, ...]] = ("inject zone-loss zone=b", "inject slow-dependency catalog lasts=600s")
    usage: ClassVar[str] = "inject CARD [SERVICE] [zone=LETTER] [lasts=TIME]"
    facilitator: ClassVar[bool] = True
    card: str
    target: str
    lasts_ms: float | None

    @classmethod
    def parse(cls, words: list[str], options: dict[str, str]) -> Self:
        """Read `slow-dependency catalog lasts=600s`."""
        only(options, "zone", "lasts")
        if not 1 <= len(words) <= 2 or (len(words) == 2 and "zone" in options):
            raise NotationError("expected a card and one target")
        target = options.get("zone", words[1] if len(words) == 2 else "")
        lasts = milliseconds(options["lasts"]) if "lasts" in options else None
        return cls(name(words[0]), name(target) if target else "", lasts)

    def __str__(self) -> str:
        """Return the notation."""
        zone = len(self.target) == 1
        target = f" zone={self.target}" if zone else f" {self.target}" if self.target else ""
        return f"{self.verb} {self.card}{target}" + (
            "" if self.lasts_ms is None else f" lasts={written_ms(self.lasts_ms)}"
        )

    def why_not(self, world: World, rules: Rules) -> str | None:
        """Refuse unknown cards and targets."""
        card = rules.failure.get(self.card)
        if card is None:
            return unknown("failure card", self.card, rules.failure)
        if card.target_kind == "zone":
            zones = "abcdefgh"[: rules.scenario.zones]
            if self.target and self.target not in zones:
                return f"The zones are {', '.join(zones)}."
        elif card.target_kind in STANDING:
            if self.target not in ("", STANDING[card.target_kind]):
                return f"{self.card} acts on {STANDING[card.target_kind]}; name no other target."
        elif self.target and find(world, self.target) is None:
            return no_such(world, self.target)
        if not possible(world, card):
            return f"{self.card} can only happen where {' or '.join(card.needs)} is in force."
        if world.phase != "shift":
            return "Trouble can be made while a shift runs."
        return None

    def hands_s(self, world: World, rules: Rules) -> int:  # noqa: ARG002
        """Cost the players no hands."""
        return 0

    def apply(self, world: World, rules: Rules) -> tuple[World, tuple[Fact, ...]]:
        """Let the card act."""
        return strike(world, rules, rules.failure[self.card], self.target, (self.lasts_ms or 0.0) / 1000)

    @classmethod
    def moves(cls, world: World, rules: Rules) -> Iterator[Order]:  # noqa: ARG003
        """Yield every card, on a target that it picks itself."""
        for card in rules.failure:
            yield cls(card, "", None)
