"""Following: a game that is played wherever someone watches it, always from the same log."""

from collections import deque
from collections.abc import Iterable

from devops_tycoon.orders import parse
from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Recorded, Session


class Follower:
    """A session that enters what the room's log says and never goes further than the room's clock."""

    def __init__(self, game: Game) -> None:
        self.session = Session(game)
        self.to = 0
        """The tick that was announced."""
        self.taken = 0
        """Entries of its log that came in."""
        self.waiting: deque[Recorded] = deque()

    def take(self, entries: Iterable[Recorded]) -> None:
        """Take entries of the log, in its order."""
        for entry in entries:
            self.waiting.append(entry)
            self.taken += 1

    @property
    def behind(self) -> int:
        """Ticks that it could play; an ended game is never behind."""
        return 0 if self._stands() else max(0, self.to - self.session.world.tick)

    def _stands(self) -> bool:
        return self.session.world.phase != "shift" and not self._due()

    def _due(self) -> bool:
        return bool(self.waiting) and self.waiting[0].tick <= self.session.world.tick

    def enter(self) -> bool:
        """Enter the orders whose tick is reached; return whether there were any."""
        entered = False
        while self._due():
            entry = self.waiting.popleft()
            if not self.session.over:
                self.session.enter(parse(entry.order), entry.by)
                entered = True
        return entered

    def follow(self, most: int = 10**9) -> int:
        """Play up to so many of the ticks that were announced; return how many were played."""
        played = 0
        self.enter()
        while played < most and self.session.world.tick < self.to and self.session.world.phase == "shift":
            self.session.advance()
            played += 1
            self.enter()
        return played
