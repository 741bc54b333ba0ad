"""Fills that can be told apart without colour: hatchings, drawn once and used by every chart."""

from devops_tycoon.debrief.html.markup import Html, el

FILLS = ("fill-0", "fill-1", "fill-2", "fill-3", "fill-4", "fill-5")
INKS = ("#0b3c66", "#d98a1f", "#5aa0c8", "#8a4a12", "#9aa3ad", "#d9dde2")
_LINES = (
    (),
    ("M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6",),
    ("M0 4 H8",),
    ("M0 0 L8 8 M-2 6 L2 10 M6 -2 L10 2", "M0 8 L8 0"),
    ("M4 0 V8",),
    ("M1.5 4 a0.5 0.5 0 1 0 1 0 a0.5 0.5 0 1 0 -1 0",),
)


def patterns() -> Html:
    """Return the definitions."""
    made = [
        _pattern(name, ink, lines, "#ffffff" if number < 4 else "#16202b")
        for number, (name, ink, lines) in enumerate(zip(FILLS, INKS, _LINES, strict=True))
    ]
    made += [
        _pattern("band", "#efece4", ("M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6",), "#cdc6b6"),
        _pattern("band-host", "#f6e3cc", ("M0 4 H8", "M4 0 V8"), "#d9b58a"),
    ]
    return el("svg", el("defs", *made), width=0, height=0, class_="defs", aria_hidden="true")


def _pattern(name: str, ground: str, lines: tuple[str, ...], ink: str) -> Html:
    return el(
        "pattern",
        el("rect", width=8, height=8, fill=ground),
        *[el("path", d=line, stroke=ink, stroke_width=1.2, fill="none", stroke_opacity=0.8) for line in lines],
        id=name,
        width=8,
        height=8,
        patternUnits="userSpaceOnUse",
    )
