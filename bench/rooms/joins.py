"""Joins: a whole school comes in from one address."""

from bench.rooms.crowd import Crowd
from bench.rooms.figure import Figure
from bench.rooms.place import a_room


def measure(count: int, over_s: float) -> list[Figure]:
    """Let them join over so many seconds, then let as many join a fresh room at once."""
    found = []
    for spread in (over_s, 0.0):
        with a_room() as place:
            crowd = Crowd(
                "orders", 60 + over_s, port=place.host.port, code=place.code, count=count, spread_s=spread
            )  # fmt: skip
            crowd.go()
            clients = crowd.stop()["clients"]
            traces = place.traces()
        seats = {client["me"] for client in clients if client["me"] and not client["bye"]}
        tries = max((len(client["welcomes"]) for client in clients), default=0)
        found.append(
            Figure(
                f"{count} joins from one address " + (f"in {spread:g} s" if spread else "at once"),
                "none refused",
                f"{len(seats)} seats, {count - len(seats)} refused, {traces} tracebacks",
                len(seats) == count and tries == 1 and not traces,
            )
        )
    return found
