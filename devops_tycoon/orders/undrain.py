"""undrain: send traffic to a drained zone again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.forms import ZONE
from devops_tycoon.orders.notation import Option
from devops_tycoon.orders.pairs import EndMeasure
from devops_tycoon.sim.kinds import MeasureVerb
from devops_tycoon.sim.rules.rules import Rules


@dataclass(frozen=True)
class Undrain(EndMeasure):
    """Send traffic to a drained zone again, with all the capacity that it has."""

    verb: ClassVar[str] = "undrain"
    examples: ClassVar[tuple[str, ...]] = ("undrain zone=b",)
    begun_by: ClassVar[MeasureVerb] = "drain"
    zone: Annotated[str, Option("zone", ZONE)]

    def not_begun(self, rules: Rules) -> str:  # noqa: ARG002
        """Return the sentence that there is nothing to end."""
        return f"Zone {self.zone} is not drained."

    def done(self, rules: Rules) -> str:  # noqa: ARG002
        """Return the sentence that it is ended."""
        return f"Zone {self.zone} gets traffic again."
