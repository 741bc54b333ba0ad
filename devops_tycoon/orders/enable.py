"""enable: switch a capability on again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import named
from devops_tycoon.orders.notation import Word
from devops_tycoon.orders.pairs import EndMeasure
from devops_tycoon.orders.titles import titles_of
from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.rules.rules import Rules


@dataclass(frozen=True)
class Enable(EndMeasure):
    """Switch a capability on again. Its service takes the full load at once."""

    verb: ClassVar[str] = "enable"
    examples: ClassVar[tuple[str, ...]] = ("enable recommendations",)
    begun_by: ClassVar[MeasureVerb] = "disable"
    capability: Annotated[str, Word(named("CAPABILITY", "a capability"))]

    def not_begun(self, rules: Rules) -> str:
        """Return the sentence that there is nothing to end."""
        return f"{titles_of(rules, [self.capability])[0]} is not switched off."

    def done(self, rules: Rules) -> str:
        """Return the sentence that it is ended."""
        return f"{titles_of(rules, [self.capability])[0]} is on again."
