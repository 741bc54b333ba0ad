"""Charts as SVG: time axes with bands, and the small strips that stand in the cells of tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from devops_tycoon.debrief.html.markup import Html, el, join
from devops_tycoon.debrief.html.patterns import FILLS, INKS
from devops_tycoon.debrief.run import Band

INK, SOFT, FAINT, BLUE, ORANGE = "#16202b", "#55616e", "#b9bec4", "#0b5fa5", "#b85000"
GOLD = "#f0a030"
"""Light enough to be seen on the blue of the best."""
LEFT, RIGHT = 48, 150
"""Next to a large chart: room for the numbers of its axis and for the names of its lines."""

Curve = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One curve, how it looks and what stands at its end."""

    curve: Curve
    ink: str
    width: float = 1.6
    dash: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that all charts share, and what to write on it."""

    first: int
    last: int
    labels: tuple[tuple[int, str], ...]


def shares(
    axis: Axis, lines: Sequence[Line], bands: Sequence[Band], title: str, *, size: tuple[int, int], small: bool = False
) -> Html:
    """Return shares of good requests over time, with bands where faults were active."""
    wide, high = size
    left, right, top, bottom = (26, 4, 4, 16) if small else (LEFT, RIGHT, 22, 30)
    text = 9 if small else 13

    def x(tick: float) -> float:
        return left + (tick - axis.first) / max(1, axis.last - axis.first) * (wide - left - right)

    def y(share: float) -> float:
        return top + (1 - share) * (high - top - bottom)

    drawn: list[Html] = [el("title", title)]
    free = 0.0
    for number, band in enumerate(bands, 1):
        until = max(x(min(band.ended, axis.last)), x(band.began) + 2)
        begun = x(band.began)
        fill = "url(#band-host)" if band.host else "url(#band)"
        if small:  # printers draw a hatching anew for every use: two hundred charts would fill a disk
            fill = "#f6e3cc" if band.host else "#e6e2d8"
        drawn.append(el("rect", x=begun, y=top, width=until - begun, height=y(0) - top, fill=fill))
        if small and band.host:
            drawn.append(el("rect", x=begun, y=top - 4, width=until - begun, height=4, fill=ORANGE))
        at = max(begun + 2, free)  # bands may begin at once; numbers stand beside each other
        if not small and at < wide - right:
            drawn.append(el("text", number, x=at, y=top - 6, fill=INK, font_size=12, font_weight=700))
            free = at + 9 * len(str(number)) + 3
    for share in (0.0, 0.5, 1.0):
        drawn.append(el("line", x1=left, x2=wide - right, y1=y(share), y2=y(share), stroke="#d8d4ca", stroke_width=1))
        label = f"{share:.0%}" if not small else f"{share:.0%}".rstrip("%")
        drawn.append(el("text", label, x=left - 5, y=y(share) + text / 3, fill=SOFT, font_size=text, text_anchor="end"))
    shown = axis.labels if not small else (axis.labels[0], axis.labels[-1])
    for number, (tick, label) in enumerate(shown):
        anchor = "start" if number == 0 else "end" if number == len(shown) - 1 and small else "middle"
        drawn.append(el("text", label, x=x(tick), y=high - 4, fill=SOFT, font_size=text, text_anchor=anchor))
    ends: list[float] = []
    for line in lines:
        if not line.curve:
            continue
        points = " ".join(f"{x(tick):.1f},{y(share):.1f}" for tick, share in line.curve)
        drawn.append(
            el(
                "polyline",
                points=points,
                fill="none",
                stroke=line.ink,
                stroke_width=line.width,
                stroke_dasharray=line.dash,
                stroke_linejoin="round",
            )
        )
        if line.label:
            at = _free(y(line.curve[-1][1]), ends)
            drawn += [
                el(
                    "line",
                    x1=wide - right + 6,
                    x2=wide - right + 28,
                    y1=at,
                    y2=at,
                    stroke=line.ink,
                    stroke_width=line.width,
                    stroke_dasharray=line.dash,
                ),
                el("text", line.label, x=wide - right + 33, y=at + 4, fill=INK, font_size=13),
            ]
    return el("svg", *drawn, viewBox=f"0 0 {wide} {high}", role="img", aria_label=title)


def _free(wanted: float, taken: list[float]) -> float:
    """Return a height for a label that lies on no other."""
    at = wanted
    while any(abs(at - other) < 17 for other in taken):
        at += 17
    taken.append(at)
    return at


def bar(share: float, title: str, *, wide: int = 300, ink: str = BLUE) -> Html:
    """Return one bar of a table."""
    return _strip(
        title,
        wide,
        16,
        el("rect", x=0, y=3, width=wide, height=10, fill="#eeeae1"),
        el("rect", x=0, y=3, width=max(0.0, min(1.0, share)) * wide, height=10, fill=ink),
    )


def stack(parts: Sequence[float], title: str, *, wide: int = 420) -> Html:
    """Return one bar made of several parts, each with its own hatching; the parts are shares of the longest bar."""
    drawn, at = [], 0.0
    for number, part in enumerate(parts):
        if part > 0:
            hatched = number > 0 and part * wide > 4  # thinner ones show no hatching
            fill = f"url(#{FILLS[number]})" if hatched else INKS[number]
            drawn.append(
                el("rect", x=at, y=1, width=part * wide, height=14, fill=fill, stroke="#fff", stroke_width=0.8)
            )
            at += part * wide
    return _strip(title, wide, 16, *drawn)


def swatch(number: int) -> Html:
    """Return the square that stands in a legend for a part of a stack."""
    return el(
        "svg",
        el("rect", width=18, height=14, fill=f"url(#{FILLS[number]})"),
        width=18,
        height=14,
        viewBox="0 0 18 14",
        aria_hidden="true",
    )


def span(begun: float | None, ended: float | None, most: float, title: str, *, wide: int = 420) -> Html:
    """Return when something was noticed (full dot) and over (hollow diamond), on a line from its beginning."""
    if begun is None:
        return _strip(title, wide, 18, _rule(wide), el("text", "no incident", x=12, y=13, fill=SOFT, font_size=12))
    a = 6 + begun / most * (wide - 16)
    b = 6 + (most if ended is None else min(ended, most)) / most * (wide - 16)
    drawn = [_rule(wide), el("line", x1=6, x2=a, y1=9, y2=9, stroke=ORANGE, stroke_width=2, stroke_dasharray="3 3")]
    drawn.append(el("line", x1=a, x2=b, y1=9, y2=9, stroke=INK, stroke_width=2))
    drawn.append(el("circle", cx=a, cy=9, r=5, fill=INK))
    shape = f"M{b:.1f} 3 l6 6 l-6 6 l-6 -6 z" if ended is not None else f"M{b - 4:.1f} 3 l8 6 l-8 6"
    drawn.append(el("path", d=shape, fill="#fff" if ended is not None else "none", stroke=INK, stroke_width=2))
    return _strip(title, wide, 18, *drawn)


def strip(values: Sequence[int], own: int, title: str, *, wide: int = 420, most: int = 1000) -> Html:
    """Return what other seeds gave (hollow dots) and what this one did (a full diamond)."""

    def x(points: float) -> float:
        return 7 + points / most * (wide - 14)

    dots = [el("circle", cx=x(v), cy=9, r=4.5, fill="none", stroke=SOFT, stroke_width=1.4) for v in values]
    mark = el("path", d=f"M{x(own):.1f} 1 l7 8 l-7 8 l-7 -8 z", fill=ORANGE, stroke="#fff", stroke_width=1)
    return _strip(title, wide, 18, _rule(wide), *dots, mark)


def scale(labels: Sequence[tuple[float, str]], *, wide: int = 420) -> Html:
    """Return the axis for the head of a column of strips; places are shares of its width."""
    drawn = [
        el(
            "text",
            label,
            x=7 + share * (wide - 14),
            y=12,
            fill=SOFT,
            font_size=12,
            text_anchor="start" if share == 0 else "end" if share == 1 else "middle",
        )
        for share, label in labels
    ]
    return el("svg", *drawn, viewBox=f"0 0 {wide} 16", aria_hidden="true")


def _rule(wide: int) -> Html:
    return el("line", x1=0, x2=wide, y1=9, y2=9, stroke="#e4e0d6", stroke_width=1)


def _strip(title: str, wide: int, high: int, *drawn: Html) -> Html:
    return el("svg", el("title", title), join(*drawn), viewBox=f"0 0 {wide} {high}", role="img", aria_label=title)
