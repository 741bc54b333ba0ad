"""thaw: end a freeze."""

from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.pairs import SwitchDeploys


@dataclass(frozen=True)
class Thaw(SwitchDeploys):
    """End a freeze: waiting changes can be deployed again.

    With a pipeline they are deployed within minutes, all together; without one, service by service on your order.
    """

    verb: ClassVar[str] = "thaw"
    examples: ClassVar[tuple[str, ...]] = ("thaw",)
    frozen: ClassVar[bool] = False
    already: ClassVar[str] = "Deploys are not frozen."
    done: ClassVar[str] = "Deploys are allowed again."
