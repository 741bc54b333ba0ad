"""What was acknowledged, looked up in the log."""

from collections import Counter
from typing import Any

from devops_tycoon.orders import parse
from devops_tycoon.workshop.entry import Entry


def lost(log: list[Entry], clients: list[dict[str, Any]]) -> tuple[int, int]:
    """Return (orders that were acknowledged, how many of them are not in the log exactly once, at their tick)."""
    written = Counter((entry.who, entry.text, entry.tick) for entry in log if entry.kind == "order")
    sequences = Counter((entry.who, entry.round, entry.seq) for entry in log if entry.seq)
    twice = sum(count - 1 for count in sequences.values())
    known = [
        (client["me"], str(parse(text)), tick)
        for client in clients
        for _, _, stored, tick, text in client["answers"]
        if stored
    ]
    return len(known), sum(written[order] != 1 for order in known) + twice


def gaps(log: list[Entry]) -> int:
    """Return how often the numbers of a log do not count up by one."""
    return sum(entry.n != number for number, entry in enumerate(log, 1))
