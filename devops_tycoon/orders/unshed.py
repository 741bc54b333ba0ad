"""unshed: admit all requests of a journey again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import named
from devops_tycoon.orders.notation import Word
from devops_tycoon.orders.pairs import EndMeasure
from devops_tycoon.orders.titles import title_of_journey
from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.rules.rules import Rules


@dataclass(frozen=True)
class Unshed(EndMeasure):
    """Admit all requests of a journey again. If the load is still too high, queues fill again."""

    verb: ClassVar[str] = "unshed"
    examples: ClassVar[tuple[str, ...]] = ("unshed browse",)
    begun_by: ClassVar[MeasureVerb] = "shed"
    journey: Annotated[str, Word(named("JOURNEY", "a journey"))]

    def not_begun(self, rules: Rules) -> str:
        """Return the sentence that there is nothing to end."""
        return f"{title_of_journey(rules, self.journey)}: no requests are being rejected."

    def done(self, rules: Rules) -> str:
        """Return the sentence that it is ended."""
        return f"All {title_of_journey(rules, self.journey)} requests are admitted again."
