"""Moving over the map with the keyboard, and looking only at a node's surroundings."""

from collections.abc import Iterable, Sequence

from devops_tycoon.tui.draw.layers import Lane
from devops_tycoon.tui.draw.layout import MapLayout
from devops_tycoon.tui.draw.values import Direction, MapEdge, MapNode


def neighbour(layout: MapLayout, node: str | None, direction: Direction) -> str | None:
    """Return the node that an arrow key leads to: left and right follow calls, up and down stay in the column.

    Where no call leads on, left and right go to the closest node of the next column; at the rim the node itself stays.
    """
    if node is None or node not in layout.boxes:
        return next((item for _, items in layout.order.columns for item in items if not isinstance(item, Lane)), None)
    here = layout.boxes[node]
    columns = [[item for item in items if not isinstance(item, Lane)] for _, items in layout.order.columns]
    if direction in ("up", "down"):
        column = next(items for items in columns if node in items)
        column.sort(key=lambda name: (layout.boxes[name].y, layout.boxes[name].x))
        wanted = column.index(node) + (1 if direction == "down" else -1)
        return column[wanted] if 0 <= wanted < len(column) else node
    right = direction == "right"
    linked = [pair[right] for pair in layout.pairs if pair[not right] == node]
    index = next(k for k, items in enumerate(columns) if node in items)
    ahead = {name for items in (columns[index + 1 :] if right else columns[:index]) for name in items}
    step = columns[index + 1 : index + 2] if right else columns[max(0, index - 1) : index]
    place = {name: k for k, items in enumerate(columns) for name in items}

    def distance(name: str) -> tuple[int, int, int, int]:
        box = layout.boxes[name]
        return abs(place[name] - index), abs(box.y - here.y), abs(box.x - here.x), box.y

    for names in ([n for n in linked if n in ahead], linked, [name for items in step for name in items]):
        if names:
            return min(names, key=distance)
    return node


def focus(
    nodes: Sequence[MapNode], edges: Sequence[MapEdge], center: str, hops: int = 1
) -> tuple[tuple[MapNode, ...], tuple[MapEdge, ...]]:
    """Return the nodes within some calls of one node, in both directions, and the calls among them."""
    near = {center}
    for _ in range(hops):
        near |= set(_ends(edges, near))
    return (
        tuple(node for node in nodes if node.id in near),
        tuple(edge for edge in edges if edge.source in near and edge.target in near),
    )


def _ends(edges: Iterable[MapEdge], near: set[str]) -> Iterable[str]:
    for edge in edges:
        if edge.source in near:
            yield edge.target
        if edge.target in near:
            yield edge.source
