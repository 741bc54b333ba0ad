"""What members and requests need of a hub: the room as it is known, and a way to write it down."""

from typing import Protocol

from devops_tycoon.workshop.listeners import Listeners
from devops_tycoon.workshop.log_index import LogIndex
from devops_tycoon.workshop.room import Room
from devops_tycoon.workshop.simulators import Simulators


class StoredRoom(Protocol):
    """A room whose entries count once the disk has them."""

    room: Room
    index: LogIndex
    waiting: int
    listeners: Listeners
    simulators: Simulators | None

    @property
    def coming(self) -> Room:
        """The room including entries that are not on disk yet."""

    async def store(self, who: str, seq: int, kind: str, text: str) -> tuple[int, str]:
        """Store one entry; return (tick, "") once it is on disk, or (−1, why it is not)."""

    async def store_all(self, told: list[tuple[str, int, str, str]]) -> tuple[int, str]:
        """Store entries together; return as `store` does."""
