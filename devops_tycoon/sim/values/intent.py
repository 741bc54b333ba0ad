"""Intent: an order as a world keeps it until its moment comes. What it does stands in `sim.values.order`."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Intent(ABC):
    """A requested action, known by its notation alone: a world holds orders, and orders act on worlds."""

    verb: ClassVar[str]

    @abstractmethod
    def __str__(self) -> str:
        """Return the notation; `parse(str(order)) == order`."""
