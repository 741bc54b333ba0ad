"""Line and area charts in braille, blocks or ASCII; every cell column keeps its lowest and highest value."""

from collections.abc import Sequence
from dataclasses import dataclass

from devops_tycoon.sim.text import MINUS, short
from devops_tycoon.tui.draw.numbers import nice_ceiling
from devops_tycoon.tui.draw.text import cells, fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_HALVES = (" ", "▀", "▄", "█")
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_ASCII_MARKS = "*+ox"


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: its values from old to new, and its style."""

    values: Sequence[float]
    style: str = "series.0"


def spans(values: Sequence[float], columns: int) -> list[tuple[float, float]]:
    """Return the lowest and highest value of each column, reaching back to the last value so that lines hang together.

    More values than columns are decimated without losing a spike; fewer are spread over the columns.
    """
    count = len(values)
    if count == 0 or columns <= 0:
        return []
    if count == 1 or columns == 1:
        return [(min(values), max(values))] * columns
    out: list[tuple[float, float]] = []
    if count > columns:
        last = values[0]
        for i in range(columns):
            part = values[i * count // columns : (i + 1) * count // columns]
            out.append((min(last, *part), max(last, *part)))
            last = part[-1]
        return out
    last = values[0]
    marks = [i * (columns - 1) // (count - 1) for i in range(count)]
    for i in range(count - 1):
        width = marks[i + 1] - marks[i]
        for k in range(width):
            value = values[i] * ((width - k) / width) + values[i + 1] * (k / width) if k else values[i]
            value = min(max(value, min(values[i : i + 2])), max(values[i : i + 2]))  # rounding must not invent a spike
            out.append((min(last, value), max(last, value)))
            last = value
    out.append((min(last, values[-1]), max(last, values[-1])))
    return out


def limits(series: Sequence[Series], low: float | None = 0.0, high: float | None = None) -> tuple[float, float]:
    """Return the ends of the axis; None takes them from the values, the top rounded up to a nice number."""
    values = [value for one in series for value in one.values]
    bottom = min(values, default=0.0) if low is None else min([low, *values])
    top = max(values, default=0.0) if high is None else high
    if high is None and top > 0:
        top = nice_ceiling(top)
    return (bottom, top) if top > bottom else (bottom, bottom + 1.0)


def _level(value: float, bottom: float, top: float, steps: int) -> int:
    """Return the row from below (0 … steps − 1) in which a value falls."""
    share = (value / 2 - bottom / 2) / ((top / 2 - bottom / 2) or 1.0)
    return min(steps - 1, max(0, int(share * (steps - 1) + 0.5)))


def line_chart(
    series: Sequence[Series],
    width: int,
    height: int,
    glyphs: Glyphs = "braille",
    *,
    low: float | None = 0.0,
    high: float | None = None,
    threshold: float | None = None,
) -> tuple[Row, ...]:
    """Return a chart of exactly width × height cells; later series lie on top, a dashed threshold below them all."""
    if width <= 0 or height <= 0:
        return ()
    bottom, top = limits(series, low, high)
    across, along = (2, 4) if glyphs == "braille" else (1, 2) if glyphs == "block" else (1, 1)
    masks = [[0] * width for _ in range(height)]
    styles = [[""] * width for _ in range(height)]
    marks = [[""] * width for _ in range(height)]
    for index, one in enumerate(series):
        for column, (lowest, highest) in enumerate(spans(one.values, width * across)):
            first, last = (_level(value, bottom, top, height * along) for value in (lowest, highest))
            for level in range(first, last + 1):
                down = height * along - 1 - level
                row, x = down // along, column // across
                masks[row][x] |= _DOTS[down % 4][column % 2] if glyphs == "braille" else 1 << down % along
                styles[row][x] = one.style
                marks[row][x] = _ASCII_MARKS[index % len(_ASCII_MARKS)]
    dashed = None if threshold is None else height - 1 - _level(threshold, bottom, top, height * along) // along
    dash = "-" if glyphs == "ascii" else "╌"
    rows = []
    for row in range(height):
        out: list[Segment] = []
        for x in range(width):
            if not masks[row][x]:
                out.append((dash, "threshold") if row == dashed else (" ", "ground"))
            elif glyphs == "ascii":
                out.append((marks[row][x], styles[row][x]))
            else:
                text = chr(0x2800 + masks[row][x]) if glyphs == "braille" else _HALVES[masks[row][x]]
                out.append((text, styles[row][x]))
        rows.append(merge(out))
    return tuple(rows)


def axis_row(width: int, left: str, right: str = "now", glyphs: Glyphs = "braille") -> Row:
    """Return the row below a chart: the oldest moment at the left, the newest at the right."""
    left, right = fit(left, width), fit(right, width)
    if glyphs == "ascii":
        left, right = (text.replace(MINUS, "-").encode("ascii", "replace").decode("ascii") for text in (left, right))
    free = width - cells(left) - cells(right)
    if free < 1:
        return merge([(pad(right, max(0, width), align=">"), "axis")])
    return merge([(left, "axis"), (("." if glyphs == "ascii" else "·") * free, "axis"), (right, "axis")])


def framed_chart(
    series: Sequence[Series],
    width: int,
    height: int,
    glyphs: Glyphs = "braille",
    *,
    low: float | None = 0.0,
    high: float | None = None,
    threshold: float | None = None,
    left: str = "−5m",
    right: str = "now",
) -> tuple[Row, ...]:
    """Return a line chart with its scale at the left and the time below, width × height cells in all."""
    margin = 6
    if width < margin + 4 or height < 3:
        return line_chart(series, width, height, glyphs, low=low, high=high, threshold=threshold)
    bottom, top = limits(series, low, high)
    body = line_chart(series, width - margin, height - 1, glyphs, low=bottom, high=top, threshold=threshold)
    labels = {0: short(top), height - 2: short(bottom)}
    if height > 5:
        labels[(height - 2) // 2] = short(bottom / 2 + top / 2)
    rows = []
    for row, picture in enumerate(body):
        label = labels.get(row, "")
        if glyphs == "ascii":
            label = label.replace(MINUS, "-").replace("∞", "inf")
        wall = "|" if glyphs == "ascii" else "┤" if row in labels else "│"
        rows.append(merge([(pad(label, margin - 1, align=">"), "axis"), (wall, "axis"), *picture]))
    return (*rows, merge([(" " * margin, "ground"), *axis_row(width - margin, left, right, glyphs)]))
