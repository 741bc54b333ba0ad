"""freeze: stop all deploys until the thaw."""

from dataclasses import dataclass
from typing import ClassVar

from devops_tycoon.orders.pairs import SwitchDeploys


@dataclass(frozen=True)
class Freeze(SwitchDeploys):
    """Stop all deploys until the thaw: no new versions, and none of the faults that they bring.

    Rollouts in progress continue. Changes pile up and wait, so the first deploy after the thaw is large, and large
    deploys are bad more often. Every day of a freeze also adds half a point of technical debt, because repairs wait
    too. Shopify freezes deploys before its November peak, for a few days and with an exception process.
    """

    verb: ClassVar[str] = "freeze"
    examples: ClassVar[tuple[str, ...]] = ("freeze",)
    frozen: ClassVar[bool] = True
    already: ClassVar[str] = "Deploys are already frozen."
    done: ClassVar[str] = "Deploys are frozen."
