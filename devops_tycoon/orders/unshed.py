"""unshed: admit all requests of a journey again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Rules, Word
from devops_tycoon.orders.forms import named
from devops_tycoon.orders.pairs import EndMeasure
from devops_tycoon.orders.titles import title_of_journey
from devops_tycoon.sim.kinds import MeasureVerb


@dataclass(frozen=True)
class Unshed(EndMeasure):
    """Admit all requests of a journey again. If the load is still too high, queues fill again."""

    verb: ClassVar[str] = "unshed"
    examples: ClassVar[tuple[str, ...]] = ("unshed browse",)
    begun_by: ClassVar[MeasureVerb] = "shed"
    not_begun: ClassVar[str] = "{}: no requests are being rejected."
    done: ClassVar[str] = "All {} requests are admitted again."
    journey: Annotated[str, Word(named("JOURNEY", "a journey"))]

    def title(self, rules: Rules) -> str:
        """Return the title of the journey."""
        return title_of_journey(rules, self.journey)
