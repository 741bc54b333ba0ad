"""A simulator: a process that plays some people's games outside the room's process, in slices of one tick.

The room itself must answer within milliseconds, so it plays nothing. What it needs to know comes back in reports.
"""

import os
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from devops_tycoon.orders import parse
from devops_tycoon.orders.inject import Inject
from devops_tycoon.play.game import Game
from devops_tycoon.play.session import Recorded
from devops_tycoon.sim.obey import FACILITATOR
from devops_tycoon.sim.values.order import NotationError
from devops_tycoon.workshop import snapshot
from devops_tycoon.workshop.follower import Follower
from devops_tycoon.workshop.round_game import BASELINE, RoundGame
from devops_tycoon.workshop.views import small_map, standing, view

BREATH_S = 0.001
"""Between two games while all is on time: a class's tick is played thinly over the beat, not as one burst of work."""
REPORT_S = 1.0
"""The board and the pages change once a second."""


@dataclass
class Seated:
    """One game in this process."""

    follower: Follower
    view: bool = False
    reported: float = 0.0
    shown: tuple[int, int] = (-1, -1)
    """(tick, entries) of the last report."""
    marks: int = 0
    kept: int = 0
    """The tick of the last snapshot."""


def main(pipe: Connection) -> None:
    """Serve the room at the other end of the pipe until it is gone."""
    with suppress(AttributeError, OSError):
        os.nice(10)  # the room comes first
    with suppress(EOFError, OSError, KeyboardInterrupt):
        Simulator(pipe).run()


class Simulator:
    """The games of this process and what the room asked of it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._played: RoundGame | None = None
        self._game: Game | None = None
        self._seats: dict[str, Seated] = {}
        self._maps: set[str] = set()
        self._turn = 0
        self._to, self._step = 0, 1
        """The tick that was announced, and how many were announced at once, last time."""
        self._late = False
        """The game that was played last is further behind than that."""

    def run(self) -> None:
        """Listen and play until the process ends."""
        while True:
            played, reported = self._slice(), self._report()  # also while games are played again: that may take minutes
            wait_s = (0 if self._late else BREATH_S) if played else 0 if reported else 0.1
            while self._pipe.poll(wait_s):
                self._heed(*self._pipe.recv())
                wait_s = 0

    # ---- what the room says ----------------------------------------------------------------------------------------

    def _heed(self, what: str, *told: Any) -> None:
        getattr(self, f"_on_{what}")(*told)

    def _on_game(self, played: RoundGame) -> None:
        self._played, self._game = played, played.game()
        self._to = 0
        self._seats.clear()
        self._maps.clear()

    def _on_seat(self, code: str, entries: list[Recorded], to: int) -> None:
        if self._played is None or self._game is None:
            return
        kept = snapshot.load(self._played, code, entries)
        follower = kept or Follower(replace(self._game, player=code))
        follower.take(entries[follower.taken :])
        follower.to = self._to = to
        marks = len(follower.session.marks)
        self._seats[code] = Seated(follower, marks=marks, kept=follower.session.world.tick)
        for mark in follower.session.marks:
            self._tell("mark", code, mark.tick, mark.digest)

    def _on_drop(self, code: str) -> None:
        self._seats.pop(code, None)

    def _on_view(self, code: str, wanted: bool) -> None:
        if code in self._seats:
            self._seats[code].view = wanted
            self._seats[code].shown = (-1, -1)

    def _on_maps(self, codes: tuple[str, ...]) -> None:
        for code in set(codes) - self._maps:
            if code in self._seats:
                self._seats[code].shown = (-1, -1)  # also while the clock stands
        self._maps = set(codes)

    def _on_entries(self, entries: list[tuple[str, Recorded]], to: int) -> None:
        """Take new entries (those without a code are everybody's), then a new tick."""
        if to > self._to:
            self._step, self._to = to - self._to, to
        for code, seat in self._seats.items():
            seat.follower.take(entry for whose, entry in entries if whose in ("", code))
            seat.follower.to = to

    def _on_ask(self, ticket: int, code: str, order: str) -> None:
        """Say whether the game would refuse an order now. It is a courtesy: when it is obeyed, it is asked again."""
        seat = self._seats.get(code)
        why = None
        if seat is not None:
            seat.follower.enter()
            by = FACILITATOR if code == BASELINE else ""
            with suppress(NotationError):
                why = seat.follower.session.why_not(parse(order), by)
        self._pipe.send(("why", ticket, why))

    # ---- playing and reporting ------------------------------------------------------------------------------------

    def _slice(self) -> bool:
        """Play one tick of the next game that is behind; return whether there was one."""
        seats = list(self._seats.items())
        for step in range(len(seats)):
            code, seat = seats[(self._turn + step) % len(seats)]
            if seat.follower.enter() or seat.follower.behind:
                seat.follower.follow(1)
                self._late = seat.follower.behind >= self._step
                self._turn = (self._turn + step + 1) % len(seats)
                self._marked(code, seat)
                return True
        return False

    def _tell(self, what: str, code: str, *told: Any) -> None:
        """Report something of this round; what comes after another has begun is not heard."""
        self._pipe.send((what, self._played.round if self._played else 0, code, *told))

    def _marked(self, code: str, seat: Seated) -> None:
        session = seat.follower.session
        for mark in session.marks[seat.marks :]:
            self._tell("mark", code, mark.tick, mark.digest)
        seat.marks = len(session.marks)
        if self._played is not None and session.world.tick >= seat.kept + snapshot.EVERY:
            seat.kept = session.world.tick
            snapshot.keep(self._played, code, seat.follower)

    def _report(self) -> bool:
        """Report one game that has changed, at most once a second each; return whether there was one."""
        now = time.monotonic()
        for code, seat in self._seats.items():
            at = (seat.follower.session.world.tick, len(seat.follower.session.orders))
            if at == seat.shown or now < seat.reported + REPORT_S * (at[1] == seat.shown[1]):
                continue
            seat.shown, seat.reported = at, now
            session = seat.follower.session
            row = standing(session)
            if code == BASELINE:
                row["palette"] = [str(move) for move in Inject.moves(session.seen, session.rules)]
            if code in self._maps:
                row["map"] = {"tick": session.world.tick, **small_map(session.seen, session.rules)}
            self._tell("row", code, row)
            if seat.view:
                self._tell("view", code, view(session))
            return True
        return False
