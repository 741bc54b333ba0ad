"""Cash over the quarters that are past, and what is left at the coming shift if nothing changes, as a small chart."""

from collections.abc import Sequence

from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.charts import Series, axis_row, framed_chart, limits, line_chart
from devops_tycoon.tui.draw.values import Glyphs, Row, merge

_MOST, _HEIGHT = 76, 7


def cash_by_quarter(turns: Sequence[World], now: World) -> tuple[int, ...]:
    """Return the cash, in cents, at the start, at the beginning of each planning since, and now."""
    return (*[world.cash_cents for world in turns if world.phase == "planning"], now.cash_cents)


def cash_chart(past: Sequence[int], ahead: int, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the chart: the past at the left, the weeks until the shift at the right in another colour."""
    room = min(_MOST, width) - 1
    if room < 24 or not past:
        return ()
    lived, coming = [cents / 100 for cents in past], [past[-1] / 100, ahead / 100]
    bottom, top = limits([Series([*lived, *coming])])
    zero = 0.0 if bottom < 0 else None
    right = max(8, room // (len(lived) + 1))
    ago = len(lived) - 2
    left = f"{ago} quarter{'s' * (ago != 1)} ago" if ago > 0 else "before the plan"
    known = framed_chart(
        [Series(lived)],
        room - right,
        _HEIGHT,
        glyphs,
        low=bottom,
        high=top,
        threshold=zero,
        left=left,
        right="now",
    )
    body = line_chart([Series(coming, "series.1")], right, _HEIGHT - 1, glyphs, low=bottom, high=top, threshold=zero)
    forecast = (*body, axis_row(right, "", "shift", glyphs))
    return tuple(merge([(" ", "ground"), *one, *more]) for one, more in zip(known, forecast, strict=True))
