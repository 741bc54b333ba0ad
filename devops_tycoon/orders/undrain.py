"""undrain: send traffic to a drained zone again."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from devops_tycoon.orders.basis import Option
from devops_tycoon.orders.forms import ZONE
from devops_tycoon.orders.pairs import EndMeasure
from devops_tycoon.sim.kinds import MeasureVerb


@dataclass(frozen=True)
class Undrain(EndMeasure):
    """Send traffic to a drained zone again, with all the capacity that it has."""

    verb: ClassVar[str] = "undrain"
    examples: ClassVar[tuple[str, ...]] = ("undrain zone=b",)
    begun_by: ClassVar[MeasureVerb] = "drain"
    not_begun: ClassVar[str] = "Zone {} is not drained."
    done: ClassVar[str] = "Zone {} gets traffic again."
    zone: Annotated[str, Option("zone", ZONE)]
