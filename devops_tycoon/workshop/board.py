"""The board: who stands where. Its numbers come out of the simulators, never from a client."""

from collections.abc import Mapping
from typing import Any

from devops_tycoon.workshop.room import Room


def board_rows(room: Room, standings: dict[str, dict[str, Any]], orders: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the rows, the best first; people who joined late are ranked apart, after the others."""
    rows: list[dict[str, Any]] = []
    for person in room.people:
        standing = standings.get(person.code)
        if person.removed or person.watching or (standing is None and (room.tick > 0 or room.lesson.homework)):
            continue  # a game that is played again (after a restart, or once it was handed in) stands nowhere yet
        told: dict[str, Any] = {"score": 0, "uptime": 1.0, "good": 1.0, "orders": 0, "over": False, "trouble": False}
        told |= {key: standing[key] for key in told} if standing else {}
        told["orders"] = told["orders"] if room.lesson.homework else orders.get(person.code, 0)
        rows.append({"rank": 0, "code": person.code, "name": person.name, "late": person.late, **told})
    rows.sort(key=lambda row: (row["late"], -row["score"], -row["uptime"], len(row["code"]), row["code"]))
    for late in (False, True):
        rank, before = 0, (-1, -1.0)
        for place, row in enumerate([row for row in rows if row["late"] == late], 1):
            if (row["score"], row["uptime"]) != before:  # equals share a rank
                rank, before = place, (row["score"], row["uptime"])
            row["rank"] = rank
    return rows


def best_and_worst(rows: list[dict[str, Any]]) -> tuple[str, str]:
    """Return the codes of the first and the last of those who joined in time."""
    ranked = [row["code"] for row in rows if not row["late"]]
    return (ranked[0] if ranked else "", ranked[-1] if len(ranked) > 1 else "")
