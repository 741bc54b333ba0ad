"""A cut that is being drawn: which capabilities it would take out of which service, and how the graph looks then."""

from collections.abc import Sequence
from dataclasses import dataclass

from devops_tycoon.sim.company import owner_of
from devops_tycoon.sim.rules import Capability, Rules
from devops_tycoon.sim.world import Service, World
from devops_tycoon.tui.draw.map import draw_map, fit_map
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, MapEdge, MapNode, Row, Segment, merge
from devops_tycoon.tui.view.led.listing import window


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be picked: a service (then `capability` is empty), or a capability in it."""

    service: str
    capability: str


def lines(world: World) -> tuple[Line, ...]:
    """Return every service with its capabilities; those with several first, for only they can be cut."""
    services = [service for service in world.services if service.kind == "service"]
    ranked = sorted(services, key=lambda service: len(service.capabilities) < 2)
    found: list[Line] = []
    for service in ranked:
        found.append(Line(service.id, ""))
        found += [Line(service.id, capability) for capability in service.capabilities]
    return tuple(found)


def crossing(rules: Rules, service: Service, part: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    """Return the calls inside a service that would become network calls: who asks, who answers, how often."""
    inside = set(service.capabilities)
    return tuple(
        (name, call.to, call.per_request)
        for name in service.capabilities
        for call in rules.capability[name].calls
        if call.to in inside and (name in part) != (call.to in part)
    )


def cut_list(
    known: Sequence[Line],
    picked: int,
    part: Sequence[str],
    world: World,
    rules: Rules,
    width: int,
    height: int,
    glyphs: Glyphs,
) -> tuple[Row, ...]:
    """Return the services as columns of text: every capability, whether it is chosen, and whom it asks."""
    rows: list[Row] = []
    at = 0
    for number, line in enumerate(known):
        if number == picked:
            at = len(rows)
        mark = (">" if glyphs == "ascii" else "▸") if number == picked else " "
        if not line.capability:
            service = next(s for s in world.services if s.id == line.service)
            if rows:
                rows.append(())
                at += number == picked
            count = f"{len(service.capabilities)} inside, {service.replicas} replicas"
            style = "selected" if number == picked else "title"
            rows.append(merge([(f"{mark} ", "selected"), (f"{service.id} ", style), (f" {count}", "dim")]))
            continue
        rows.append(_capability(line, number == picked, mark, part, rules, width, glyphs))
    return window(rows, at, height)


def _capability(
    line: Line, picked: bool, mark: str, part: Sequence[str], rules: Rules, width: int, glyphs: Glyphs
) -> Row:
    chosen = line.capability in part
    box = ("[x]" if chosen else "[ ]") if glyphs == "ascii" else ("■" if chosen else "□")
    style = "selected" if picked else "accent" if chosen else "name"
    room = max(12, min(18, width // 3))
    head = [(f"{mark} ", "selected"), (f"{box} ", style), (pad(line.capability, room), style)]
    asks = rules.capability[line.capability].calls
    arrow = "> " if glyphs == "ascii" else "→ "
    text = ", ".join(call.to for call in asks)
    left = width - 2 - len(box) - 1 - room - 1
    return merge([*head, (f" {fit(arrow + text, left, middle=False)}" if asks else "", "dim")])


def graph(
    world: World, rules: Rules, service: str, part: Sequence[str], picked: str, width: int, height: int, glyphs: Glyphs
) -> tuple[Row, ...]:
    """Draw the capabilities of a service and the tables that they ask; calls across the cut are drawn heavy."""
    block = next((s for s in world.services if s.id == service), None)
    if block is None:
        return ()
    inside = list(block.capabilities)
    tables = _tables(rules, inside)
    nodes = [_node(rules.capability[name], name in part) for name in inside]
    nodes += [MapNode(name, name, kind="store") for name in tables]
    edges = [
        MapEdge(
            name,
            call.to,
            hot=call.to in inside and (name in part) != (call.to in part),
            required=call.required,
        )
        for name in inside
        for call in rules.capability[name].calls
        if call.to in inside or call.to in tables
    ]
    layout = fit_map(tuple(nodes), tuple(edges), width, height)
    drawn = draw_map(layout, tuple(nodes), tuple(edges), selected=picked or None, glyphs=glyphs).rows
    return tuple(drawn)[:height]


def _node(capability: Capability, chosen: bool) -> MapNode:
    return MapNode(capability.id, capability.id, kind="service", health="hot" if chosen else "ok")


def _tables(rules: Rules, inside: Sequence[str]) -> tuple[str, ...]:
    asked = [call.to for name in inside for call in rules.capability[name].calls if call.to in rules.capability]
    return tuple(dict.fromkeys(name for name in asked if rules.capability[name].kind == "store"))


def seam(world: World, rules: Rules, part: Sequence[str], moves_data: bool, width: int) -> tuple[Row, ...]:
    """Return the numbers of a cut: what crosses it, what it adds to a request, whose data it shares."""
    owner = owner_of(world, part[0]) if part else None
    if owner is None:
        return (
            (("Space chooses capabilities of one service; their seam is counted here.", "dim"),),
            (("A good seam has few calls across it and one owner of the data.", "dim"),),
        )
    across = crossing(rules, owner, part)
    owned = [c.id for c in rules.capability.values() if c.kind == "store" and c.owner in part]
    asked = _tables(rules, list(part))
    foreign = [name for name in asked if name not in owned]
    pairs: list[tuple[str, str, str]] = [
        ("Cut out", f"{', '.join(part)} of {owner.id}", "accent"),
        (
            "Calls across",
            f"{len(across)} kinds: {', '.join(f'{a}→{b}' for a, b, _ in across)}" if across else "none",
            "hot" if len(across) > 3 else "text",
        ),
        ("Added to each", f"{rules.balance.network_ms:g} ms, and a call that can fail", "text"),
        ("Owns", ", ".join(owned) or "no data", "text"),
        ("Asks others' data", ", ".join(foreign) or "none", "hot" if foreign else "ok"),
        ("Data", "moved along" if moves_data else "stays shared: both fail with its store", "text"),
    ]
    rows: list[Row] = []
    for label, value, style in pairs:
        rows.append(merge([(pad(label, 18), "dim"), (fit(value, width - 18, middle=False), style)]))
    return tuple(rows)


def heading(part: Sequence[str], moves_data: bool) -> tuple[Segment, ...]:
    """Return what enter would order."""
    text = f"split {' '.join(part)}{' data=moved' if moves_data else ''}" if part else "nothing is chosen yet"
    return ((text, "accent" if part else "dim"),)
