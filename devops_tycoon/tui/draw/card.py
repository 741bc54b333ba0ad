"""What stands inside one box of the map, at each zoom level, exactly as wide as the box."""

from devops_tycoon.sim.text import short
from devops_tycoon.tui.draw import glyphs as signs
from devops_tycoon.tui.draw.bars import bar
from devops_tycoon.tui.draw.text import cells, clean, pad
from devops_tycoon.tui.draw.values import Glyphs, MapNode, Segment

SMALLEST = {3: 11, 2: 11}
WIDEST = {3: 20, 2: 20}


def wanted_width(node: MapNode, zoom: int) -> int:
    """Return how wide the box would like to be."""
    label = cells(clean(node.label))
    if zoom == 3:
        note = cells(clean(node.note))
        return min(WIDEST[3], max(12, 2 + label + (note + 2 if note else 0)))
    return min(WIDEST[2], max(SMALLEST[2], label + 5))


def _name_style(node: MapNode) -> str:
    return "name" if node.health == "ok" else node.health


def _name(node: MapNode, width: int, glyphs: Glyphs) -> str:
    return pad(signs.plain(clean(node.label), glyphs), width, ellipsis=signs.ellipsis(glyphs))


def _load(node: MapNode) -> str:
    if node.health == "unknown":
        return "  ?"
    return "  –" if node.health == "down" else f"{min(999, max(0, round(node.load * 100))):3d}"


def card(node: MapNode, width: int, zoom: int, glyphs: Glyphs) -> tuple[list[Segment], ...]:
    """Return the rows of a box as styled pieces: name and load bar (zoom 3), `●name 63` (zoom 2)."""
    sign = (signs.sign(node.health, glyphs), f"sign.{node.health}")
    style = _name_style(node)
    if zoom == 2:
        number = "number" if node.health == "ok" else node.health
        load = _load(node) if glyphs != "ascii" else _load(node).replace("–", "-")
        return ([sign, (_name(node, width - 5, glyphs), style), (" " + load, number)],)
    return _two_rows(node, width, glyphs, sign, style)


def _two_rows(node: MapNode, width: int, glyphs: Glyphs, sign: Segment, style: str) -> tuple[list[Segment], ...]:
    note = signs.plain(clean(node.note), glyphs)
    free = width - 2 - cells(signs.plain(clean(node.label), glyphs)) - 1
    if note and cells(note) <= free:
        first = [sign, (" ", "ground"), (_name(node, width - 2 - cells(note), glyphs), style), (note, "dim")]
    else:
        first = [sign, (" ", "ground"), (_name(node, width - 2, glyphs), style)]
    colour = "bar" if node.health == "ok" else f"bar.{node.health}"
    filled, empty = bar(0.0 if node.health == "down" else node.load, width - 7, glyphs)
    if node.load > 1 and filled and node.health != "down":
        filled = filled[:-1] + "+"
    rate = "down" if node.health == "down" else "?" if node.health == "unknown" else short(max(0.0, node.rate))
    if glyphs == "ascii":
        rate = signs.plain(rate, glyphs)
    second = [(signs.kind_mark(node.kind, glyphs), "kind"), (" ", "ground"), (filled, colour), (empty, "bar.empty")]
    return first, [*second, (f"{rate:>5}", "down" if node.health == "down" else "number")]


def tile(node: MapNode, width: int, lead: Segment, glyphs: Glyphs) -> list[Segment]:
    """Return one tile of the heat map: a lead cell, the sign, and as much of the name and load as fits."""
    out = [lead, (signs.sign(node.health, glyphs), f"sign.{node.health}")]
    room = width - 2
    if room >= 10:
        number = "number" if node.health == "ok" else node.health
        load = _load(node) if glyphs != "ascii" else _load(node).replace("–", "-")
        return [*out, (_name(node, room - 5, glyphs), _name_style(node)), (f" {load} ", number)]
    if room >= 2:
        out += [(_name(node, room - 1, glyphs), _name_style(node)), (" ", "ground")]
    elif room == 1:
        out.append((" ", "ground"))
    return out
