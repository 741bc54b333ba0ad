"""enable: switch a capability on again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Rules, Word
from devops_tycoon.orders.forms import named
from devops_tycoon.orders.pairs import EndMeasure
from devops_tycoon.orders.titles import titles_of
from devops_tycoon.sim.kinds import MeasureVerb


@dataclass(frozen=True)
class Enable(EndMeasure):
    """Switch a capability on again. Its service takes the full load at once."""

    verb: ClassVar[str] = "enable"
    examples: ClassVar[tuple[str, ...]] = ("enable recommendations",)
    begun_by: ClassVar[MeasureVerb] = "disable"
    not_begun: ClassVar[str] = "{} is not switched off."
    done: ClassVar[str] = "{} is on again."
    capability: Annotated[str, Word(named("CAPABILITY", "a capability"))]

    def title(self, rules: Rules) -> str:
        """Return the title of the capability."""
        return titles_of(rules, [self.capability])[0]
