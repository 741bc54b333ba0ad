"""The index of a room's log: what is asked of it often."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from devops_tycoon.play.session import Recorded
from devops_tycoon.workshop.commands import read_command
from devops_tycoon.workshop.entry import FACILITATOR, Entry
from devops_tycoon.workshop.round_game import BASELINE

Fed = list[tuple[str, Recorded]]
"""Orders with the code of whose game they enter; no code: everybody's."""


class LogIndex:
    """The log of everybody's game in this round, and which messages are stored."""

    def __init__(self) -> None:
        self._logs: dict[str, list[tuple[Recorded, int]]] = {BASELINE: []}
        """By code: everything that enters a game, in the order of the room's log, with its sender's number."""
        self._stored: dict[tuple[str, int], tuple[int, str]] = {}
        self._counts: Counter[str] = Counter()

    def take(self, entry: Entry) -> Fed:
        """Take the next entry, and return what it feeds to games."""
        if entry.seq:
            self._stored[entry.who, entry.seq] = entry.tick, entry.text
        if entry.kind == "join":
            self._logs[entry.who] = list(self._logs[BASELINE])  # someone late gets the game that nobody plays
        elif entry.kind == "lesson" or (entry.kind == "do" and read_command(entry.text).verb == "reset"):
            self._logs = {code: [] for code in self._logs}
            self._counts.clear()
        if entry.kind != "order":
            return []
        theirs = entry.who == FACILITATOR
        recorded = Recorded(entry.tick, entry.text, FACILITATOR if theirs else "")
        for log in self._logs.values() if theirs else (self._logs.get(entry.who, []),):
            log.append((recorded, entry.seq))
        if not theirs and not entry.text.startswith("forecast-answer"):
            self._counts[entry.who] += 1
        return [(BASELINE if theirs else entry.who, recorded)]

    def stored(self, who: str, seq: int) -> tuple[int, str] | None:
        """Return (tick, text) of someone's message if it is stored."""
        return self._stored.get((who, seq))

    def recorded(self, code: str) -> list[Recorded]:
        """Return a game's log: the person's own orders and the host's, in the order of the room's log."""
        return [recorded for recorded, _ in self._logs.get(code, ())]

    def entries_of(self, code: str, have: int) -> list[list[Any]]:
        """Return the entries of a game's log after the first so many, as clients take them."""
        return [[r.tick, r.order, r.by, seq] for r, seq in self._logs.get(code, [])[have:]]

    def counts(self) -> Mapping[str, int]:
        """Return how many orders everybody has given."""
        return self._counts
