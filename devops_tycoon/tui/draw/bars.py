"""Bars, gauges and sparklines: one row each, exact in width."""

from collections.abc import Sequence

from devops_tycoon.tui.draw.values import Glyphs, Row, merge

_EIGHTHS = " ▏▎▍▌▋▊▉"
_LEVELS = "▁▂▃▄▅▆▇█"
_ASCII_LEVELS = "_.-=+*%#"


def bar(share: float, width: int, glyphs: Glyphs = "braille") -> tuple[str, str]:
    """Return the filled and empty part of a bar of `width` cells; neither a little nor almost all is rounded away."""
    share = min(1.0, max(0.0, share))
    if glyphs == "ascii":
        full = round(share * width)
        if width > 1:
            full = min(max(full, int(share > 0)), width - int(share < 1))
        return "#" * full, "." * (width - full)
    eighths = round(share * width * 8)
    if width:
        eighths = min(max(eighths, int(share > 0)), width * 8 - int(share < 1))
    full, part = divmod(eighths, 8)
    filled = "█" * full + (_EIGHTHS[part] if part else "")
    return filled, "░" * (width - len(filled))


def gauge(share: float, width: int, glyphs: Glyphs = "braille", style: str = "bar") -> Row:
    """Return a bar between two thin walls, `width` cells in all; above 1 the right wall becomes a plus sign."""
    if width <= 0:
        return ()
    if width < 4:
        filled, empty = bar(share, width, glyphs)
        return merge([(filled, style), (empty, "bar.empty")])
    left, right = ("[", "]") if glyphs == "ascii" else ("▕", "▏")
    filled, empty = bar(share, width - 2, glyphs)
    end = ("+", "bar.failing") if share > 1 else (right, "axis")
    return merge([(left, "axis"), (filled, style), (empty, "bar.empty"), end])


def columns(values: Sequence[float], width: int) -> list[float]:
    """Return one value per cell, the highest of those that fall into it, so that a spike never vanishes."""
    count = len(values)
    if count == 0 or width <= 0:
        return []
    if count <= width:
        return list(values)
    return [max(values[i * count // width : (i + 1) * count // width]) for i in range(width)]


def sparkline(
    values: Sequence[float],
    width: int,
    glyphs: Glyphs = "braille",
    style: str = "series.0",
    low: float | None = None,
    high: float | None = None,
) -> Row:
    """Return a small bar chart, the newest value at the right; missing history stays blank at the left."""
    tops = columns(values, width)
    if not tops:
        return ((" " * width, "ground"),) if width > 0 else ()
    floor_ = min(tops) if low is None else low
    ceiling = max(tops) if high is None else high
    levels = _ASCII_LEVELS if glyphs == "ascii" else _LEVELS
    span = ceiling / 2 - floor_ / 2
    out = []
    for value in tops:
        share = (value / 2 - floor_ / 2) / span if span > 0 else 0.0
        out.append(levels[min(7, max(0, int(share * 7 + 0.5)))])
    return merge([(" " * (width - len(out)), "ground"), ("".join(out), style)])
