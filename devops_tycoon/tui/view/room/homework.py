"""The facilitator's homework panel: who has handed in, and the result of the verification."""

from collections.abc import Sequence

from devops_tycoon.tui.draw.text import fit
from devops_tycoon.tui.draw.values import Row, Segment
from devops_tycoon.tui.view.room.fields import Told, line, name, part, whole
from devops_tycoon.workshop.homework import words


def is_homework(people: Sequence[Told]) -> bool:
    """Say whether these people play alone and hand in."""
    return any("handed" in person for person in people)


def is_odd(person: Told) -> bool:
    """Return whether the facilitator should look: it failed verification, or equals someone else's."""
    checked = part(person, "checked")
    return bool(checked.get("problem") or checked.get("same"))


def homework_rows(people: Sequence[Told], picked: int, width: int, height: int) -> tuple[Row, ...]:
    """Return a line for each person, those around the picked one where not all fit."""
    top = max(0, min(picked - height // 2, len(people) - height))
    return tuple(_row(person, width) for person in people[top : top + height])


def _row(person: Told, width: int) -> Row:
    who: Segment = (f" {line(person, 'code', 6)} {name(person)}: ", "name")
    stands = words(whole(person, "handed"), part(person, "checked"))
    style = "hot" if is_odd(person) else "text" if whole(person, "handed") else "dim"
    return (who, (fit(stands, max(1, width - len(who[0]) - 1), middle=False), style))
