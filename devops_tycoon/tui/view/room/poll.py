"""A poll's answers as lines, with their counts where they may be seen."""

from collections.abc import Sequence

from devops_tycoon.tui.draw.values import Glyphs, Row
from devops_tycoon.tui.view.room.fields import Told, items, line, part
from devops_tycoon.tui.view.wrap import wrapped
from devops_tycoon.workshop.names import clean_text

CELLS = 80


def choice_lines(poll: Told) -> list[str]:
    """Return each answer with its number, and how many gave it, as far as that is known."""
    counts = items(poll, "counts")
    lines = []
    for number, choice in enumerate(items(poll, "choices"), 1):
        count = counts[number - 1] if number <= len(counts) and isinstance(counts[number - 1], int) else None
        lines.append(f"{number}  {clean_text(str(choice), CELLS)}" + (f"   ({count})" if count is not None else ""))
    return lines


def question_rows(now: Told, choices: Sequence[str], width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the lesson's forecast question and the newest poll, counted, for the facilitator."""
    rows: list[Row] = []
    people = [person for person in items(now, "roster") if isinstance(person, dict) and not person.get("removed")]
    given = [person.get("forecast", 0) for person in people]
    answered = [number for number in given if isinstance(number, int) and number > 0]
    if choices or answered:
        known = {number: f"{number} {clean_text(choice, CELLS)}" for number, choice in enumerate(choices, 1)}
        rows.append(((f" Lesson question: {len(answered)} of {len(people)} answered", "accent"),))
        rows += [
            _bar(known.get(number, f"answer {number}"), answered.count(number), len(people), width, glyphs)
            for number in range(1, max([len(choices), *answered]) + 1)
        ]
    poll = part(now, "poll")
    if poll:
        counts = [count if isinstance(count, int) else 0 for count in items(poll, "counts")]
        word = "open" if poll.get("open") else "closed"
        rows += [((f" {text}", "accent"),) for text in wrapped(f"Poll, {word}: {line(poll, 'text')}", width - 2)]
        for number, choice in enumerate(items(poll, "choices")):
            count = counts[number] if number < len(counts) else 0
            rows.append(
                _bar(f"{number + 1} {clean_text(str(choice), CELLS)}", count, max(1, len(people)), width, glyphs)
            )
    none = "Homework has no questions." if line(now, "state", 20) == "homework" else "No question yet; k asks one."
    return tuple(rows) or (((f" {none}", "dim"),),)


def _bar(text: str, count: int, most: int, width: int, glyphs: Glyphs) -> Row:
    from devops_tycoon.tui.draw.text import pad

    room = max(4, min(20, width // 4))
    filled = min(room, (count * room + most - 1) // max(1, most))
    full, empty = ("#", ".") if glyphs == "ascii" else ("█", "░")
    return (
        (f"  {pad(text, max(8, width - room - 9))} ", "text"),
        (full * filled, "bar"), (empty * (room - filled), "bar.empty"), (f" {count:>3}", "number"),
    )  # fmt: skip
