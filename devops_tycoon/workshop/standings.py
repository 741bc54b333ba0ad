"""Standings: what the simulators say of everybody's game, and what clients claim of their own."""

import json
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from devops_tycoon.play.session import Mark
from devops_tycoon.workshop.board import board_rows
from devops_tycoon.workshop.replays import Ended
from devops_tycoon.workshop.room import HISTORY, HISTORY_PACE, MOST_PEOPLE, Room

FRESH_S = 0.25
"""A hundred clients that ask for the board at once get the same."""
BEHIND_S = 3.0
"""If the simulators are further behind than this much of the pace, the clock waits for them."""


class Shared:
    """A document that many clients are sent: written once, and the same as another only if it is that one."""

    __slots__ = ("_text", "value")

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self._text = ""

    @property
    def text(self) -> str:
        """The document as JSON."""
        self._text = self._text or json.dumps(self.value, ensure_ascii=False, separators=(",", ":"))
        return self._text


class Standings:
    """The newest report on each game of this round."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.views: dict[str, dict[str, Any]] = {}
        self.reports: dict[str, int] = defaultdict(int)
        """How often someone's own simulation was found to differ."""
        self.again: set[str] = set()
        """People whose client must forget its game and begin again."""
        self._marks: dict[tuple[str, int], str] = {}
        self._claimed: dict[tuple[str, int], str] = {}
        self._level: set[str] = set()
        self._board: tuple[float, list[dict[str, Any]]] = (0.0, [])
        self._shown: Shared | None = None

    def begin(self) -> None:
        """Forget the round before."""
        for known in (self.rows, self.views, self._marks, self._claimed, self._level):
            known.clear()
        self._board, self._shown = (0.0, []), None

    def forget(self, code: str) -> None:
        """Forget someone who was removed."""
        self.rows.pop(code, None)
        self._level.discard(code)

    def heard(self, room: Room, what: str, code: str, *told: Any) -> bool:
        """Take a simulator's report (`mark`, `row` or `view`); return whether it concerns the person at once."""
        if what == "mark":
            tick, digest = told
            self._marks[code, tick] = digest
            return self._differs(code, self._claimed.pop((code, tick), digest), digest)
        if what == "row":
            self.rows[code] = told[0]
            if told[0]["over"] or room.tick - told[0]["tick"] <= room.pace:
                self._level.add(code)
            return False
        self.views[code] = told[0]
        return True

    def claimed(self, room: Room, code: str, tick: int, digest: str) -> bool:
        """Compare a client's check mark with the simulator's, now or when it gets there; return whether it differs."""
        mine = self._marks.get((code, tick))
        if mine is None and tick <= room.tick and len(self._claimed) < 4 * MOST_PEOPLE:
            mine = self._claimed.setdefault((code, tick), digest)  # who says two things of one tick is wrong once
        return self._differs(code, digest, digest if mine is None else mine)

    def _differs(self, code: str, theirs: str, mine: str) -> bool:
        if theirs == mine:
            return False
        self.reports[code] += 1
        self.again.add(code)
        return True

    def behind(self, room: Room, code: str) -> int:
        """Return how many ticks the simulation of a game is behind the clock."""
        row = self.rows.get(code, {"tick": 0, "over": False})
        return 0 if row["over"] else max(0, room.tick - int(row["tick"]))

    def overloaded(self, room: Room) -> bool:
        """Whether the simulators are so far behind that boards and pages would show another time than the clock's.

        Games that never were level with it (late joiners, games after a restart) do not hold everybody up.
        """
        slack = BEHIND_S * max(4, HISTORY_PACE if room.state == HISTORY else room.pace)
        return room.tick >= slack and any(self.behind(room, code) > slack for code in self._level)

    @property
    def when(self) -> str:
        """The day and time of the game that has come furthest; empty while all are played again."""
        level = [self.rows[code] for code in self._level]
        return str(max(level, key=lambda row: int(row["tick"])).get("when", "")) if level else ""

    def ended(self, code: str) -> Ended:
        """Return how far a game is, as its simulator sees it."""
        row = self.rows.get(code, {"tick": 0, "result": ""})
        marks = sorted((tick, digest) for (whose, tick), digest in self._marks.items() if whose == code)
        kept = tuple(Mark(tick, digest) for tick, digest in marks if tick <= row["tick"])
        return Ended(row["tick"], row["result"], kept)

    def board(self, room: Room, orders: Mapping[str, int]) -> list[dict[str, Any]]:
        """Return the board's rows as they stand."""
        now = time.monotonic()
        if now > self._board[0] + FRESH_S:
            level = {code: self.rows[code] for code in self._level}
            self._board = (now, board_rows(room, level, orders))
        return self._board[1]

    def shown(self, room: Room, orders: Mapping[str, int]) -> Shared:
        """Return the board as people may see it: as it stands, or as it stood when it was frozen."""
        frozen = room.board == "frozen"
        if not (frozen and self._shown is not None and self._shown.value["frozen"]):
            rows = self.board(room, orders)
            before = None if self._shown is None else self._shown.value
            if before is None or before["frozen"] != frozen or before["rows"] != rows:
                self._shown = Shared({"frozen": frozen, "tick": room.tick, "rows": rows})
        return self._shown or Shared({})
