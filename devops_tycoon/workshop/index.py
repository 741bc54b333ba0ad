"""The index of a room's log: what is asked of it often."""

from collections import defaultdict
from typing import Any

from devops_tycoon.play.session import Recorded
from devops_tycoon.workshop.commands import read_command
from devops_tycoon.workshop.entry import FACILITATOR, Entry
from devops_tycoon.workshop.simulator import BASELINE

Fed = list[tuple[str, Recorded]]
"""Orders with the code of whose game they enter; no code: everybody's."""


class Index:
    """Everybody's own log of this round, and which messages are stored."""

    def __init__(self) -> None:
        self._orders: dict[str, list[tuple[Entry, Recorded]]] = defaultdict(list)
        self._stored: dict[tuple[str, int], tuple[int, str]] = {}

    def take(self, entry: Entry) -> Fed:
        """Take the next entry, and return what it feeds to games."""
        if entry.seq:
            self._stored[entry.who, entry.seq] = entry.tick, entry.text
        if entry.kind == "lesson" or (entry.kind == "do" and read_command(entry.text).verb == "reset"):
            self._orders.clear()
        if entry.kind != "order":
            return []
        theirs = entry.who == FACILITATOR
        recorded = Recorded(entry.tick, entry.text, FACILITATOR if theirs else "")
        whose = BASELINE if theirs else entry.who
        self._orders[whose].append((entry, recorded))
        return [(whose, recorded)]

    def stored(self, who: str, seq: int) -> tuple[int, str] | None:
        """Return (tick, text) of somebody's message if it is stored."""
        return self._stored.get((who, seq))

    def recorded(self, code: str) -> list[Recorded]:
        """Return a game's log: the person's own orders and the host's, in the order of the room's log."""
        return [recorded for _, recorded in self._merged(code)]

    def entries_of(self, code: str, have: int) -> list[list[Any]]:
        """Return the entries of a game's log after the first so many, as clients take them."""
        return [[r.tick, r.order, r.by, entry.seq] for entry, r in self._merged(code)[have:]]

    def counts(self) -> dict[str, int]:
        """Return how many orders everybody has given."""
        return {
            code: sum(not recorded.order.startswith("forecast-answer") for _, recorded in orders)
            for code, orders in self._orders.items()
        }

    def _merged(self, code: str) -> list[tuple[Entry, Recorded]]:
        own = self._orders.get(code, []) if code != BASELINE else []
        return sorted([*self._orders.get(BASELINE, []), *own], key=lambda one: one[0].n)
