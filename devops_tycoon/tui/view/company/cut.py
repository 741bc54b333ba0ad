"""A cut in the editor: the capabilities it would take out of a service, and the resulting graph."""

from collections.abc import Sequence
from dataclasses import dataclass

from devops_tycoon.sim.demand.load import asked
from devops_tycoon.sim.rules.company import Capability
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import plural
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.map import draw_map, fit_map
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Health, MapEdge, MapNode, Row, merge
from devops_tycoon.tui.view.company.listing import first, window


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
    for number in places(known):
        if number is None:
            rows.append(())
            continue
        line = known[number]
        mark = (">" if glyphs == "ascii" else "▸") if number == picked else " "
        if line.capability:
            rows.append(_capability(line, number == picked, mark, part, rules, width, glyphs))
            continue
        service = next(s for s in world.services if s.id == line.service)
        count = f"{len(service.capabilities)} inside, {plural(service.replicas, 'replica')}"
        style = "selected" if number == picked else "title"
        rows.append(merge([(f"{mark} ", "selected"), (f"{service.id} ", style), (f" {count}", "dim")]))
    return window(rows, places(known).index(picked), height)


def places(known: Sequence[Line]) -> list[int | None]:
    """Return the number of the line that stands in each row; None for a blank one."""
    found: list[int | None] = []
    for number, line in enumerate(known):
        found += [None, number] if found and not line.capability else [number]
    return found


def line_at(known: Sequence[Line], picked: int, height: int, y: int) -> int | None:
    """Return the line in the row `y` of the list as it is shown now."""
    rows = places(known)
    at = first(len(rows), rows.index(picked), height) + y
    return rows[at] if at < len(rows) else None


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
    """Draw the capabilities of a service and the tables that they ask; calls across the cut are drawn heavy.

    Next to each is its rate at the coming peak; the bar is its share of the service's work.
    """
    block = next((s for s in world.services if s.id == service), None)
    if block is None:
        return ()
    inside = list(block.capabilities)
    tables = _tables(rules, inside)
    rates = asked(world, rules)
    works = {name: rates[name] * rules.capability[name].work_ms for name in (*inside, *tables)}
    all_work = max(sum(works[name] for name in inside), 1e-9)
    nodes = [_node(rules.capability[name], name in part, rates[name], works[name] / all_work) for name in inside]
    nodes += [MapNode(name, name, kind="store", rate=rates[name]) for name in tables]
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


def _node(capability: Capability, chosen: bool, rate: float, share: float) -> MapNode:
    state: Health = "hot" if chosen else "ok"
    return MapNode(capability.id, capability.id, kind="service", health=state, rate=rate, load=share)


def _tables(rules: Rules, inside: Sequence[str]) -> tuple[str, ...]:
    asked = [call.to for name in inside for call in rules.capability[name].calls if call.to in rules.capability]
    return tuple(dict.fromkeys(name for name in asked if rules.capability[name].kind == "store"))
