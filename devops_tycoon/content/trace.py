"""Real traffic: a CSV of `timestamp,value`, resampled to ticks."""

from datetime import UTC, datetime
from importlib.resources.abc import Traversable
from math import isfinite

from devops_tycoon.content.problem import MOST, ContentError, Problem, shown
from devops_tycoon.content.reader import read_text

LARGEST = 32 * 1024 * 1024
"""Most bytes of a trace."""
BIGGEST = 1e12
"""Largest plausible value, or time in seconds."""


def read_trace(file: Traversable, tick_s: int, ticks: int) -> tuple[float, ...]:
    """Return demand per tick relative to its mean; raise ContentError with every row that is wrong.

    The rows are points of a line; a tick has the mean of the line over its time. The last value holds as long as the
    last interval, because a row of counts speaks for the time that follows it.
    """
    rows = _rows(read_text(file, LARGEST), str(file))
    begin, end = rows[0][0], rows[-1][0] + (rows[-1][0] - rows[-2][0])
    if end - begin < ticks * tick_s * (1 - 1e-9):
        raise ContentError(
            [
                Problem(
                    str(file),
                    0,
                    "",
                    f"covers {end - begin:.0f} s; expected at least the {ticks * tick_s} s of the game",
                )
            ]
        )
    rows.append((end, rows[-1][1]))
    values = _resample(rows, tick_s, ticks)
    total = 0.0
    for value in values:
        total += value
    if not total > 0:
        raise ContentError([Problem(str(file), 0, "", "has no traffic during the game; expected a value above 0")])
    return tuple(value * ticks / total for value in values)


def _resample(rows: list[tuple[float, float]], tick_s: int, ticks: int) -> list[float]:
    """Return the mean of the line through the points over each tick."""
    values = []
    at, row = rows[0][0], 0
    for tick in range(ticks):
        end = min(rows[0][0] + (tick + 1) * tick_s, rows[-1][0])
        area, began = 0.0, at
        while at < end:
            while row < len(rows) - 2 and rows[row + 1][0] <= at:
                row += 1
            (t0, v0), (t1, v1) = rows[row], rows[row + 1]
            until = min(end, t1)
            slope = (v1 - v0) / (t1 - t0)
            area += (v0 + slope * ((at + until) / 2 - t0)) * (until - at)
            at = until
        values.append(max(0.0, area / (at - began)) if at > began else rows[-1][1])
    return values


def _rows(text: str, file: str) -> list[tuple[float, float]]:
    problems: list[Problem] = []
    rows: list[tuple[float, float]] = []
    dated = None
    for line, content in enumerate(text.split("\n"), 1):
        cells = [cell.strip().strip('"').strip() for cell in content.split(",")]
        if cells == [""] or (not rows and [cell.lower() for cell in cells] == ["timestamp", "value"]):
            continue
        try:
            if len(cells) != 2:
                raise ValueError(f"has {len(cells)} columns; expected timestamp,value")
            at, is_date = _time(cells[0])
            value = _value(cells[1])
            if dated not in (None, is_date):
                raise ValueError("mixes dates and seconds; expected one kind of timestamp")
            if rows and at <= rows[-1][0]:
                raise ValueError(f"{shown(cells[0])} is not after the row before; expected rising timestamps")
        except ValueError as error:
            problems.append(Problem(file, line, "", str(error)))
            if len(problems) >= MOST:
                break
            continue
        dated = is_date
        rows.append((at, value))
    if len(rows) < 2 and not problems:
        problems.append(Problem(file, 0, "", f"has {len(rows)} rows; expected at least 2 of timestamp,value"))
    if problems:
        raise ContentError(problems)
    return rows


def _time(cell: str) -> tuple[float, bool]:
    try:
        seconds = float(cell)
        is_date = False
    except ValueError:
        try:
            moment = datetime.fromisoformat(cell)
        except ValueError:
            raise ValueError(f"{shown(cell)} is not a time; expected e.g. 2014-04-10 00:04:00 or seconds") from None
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        is_date = True
    if not isfinite(seconds) or abs(seconds) > BIGGEST:
        raise ValueError(f"{shown(cell)} is not a time; expected a finite number of seconds")
    return seconds, is_date


def _value(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{shown(cell)} is not a number; expected 0 or more") from None
    if not isfinite(value) or not 0 <= value <= BIGGEST:
        raise ValueError(f"{shown(cell)} is not a valid demand; expected 0 to {BIGGEST:g}")
    return value
