"""Maps compared with stored pictures; REGENERATE_GOLDEN=1 draws them anew (look at the difference first)."""

from pathlib import Path

import pytest

from devops_tycoon.tui.draw.map import draw_map, map_layout
from devops_tycoon.tui.draw.values import Glyphs, row_text
from tests.stored import difference

from .builders import GLYPHS, Graph, a_company, a_distributed_monolith, a_monolith, cinemail, wide_names

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "maps"
GRAPHS = {
    "monolith": (a_monolith(), "monolith"),
    "cinemail": (cinemail(), "billing"),
    "distributed-monolith": (a_distributed_monolith(), "stock"),
    "wide-names": (wide_names(), "2"),
    "company-30": (a_company(30), "s7"),
    "empty": (((), ()), ""),
}


def frame(graph: Graph, selected: str, zoom: int, glyphs: Glyphs) -> str:
    layout = map_layout(*graph, zoom=zoom, width=100, height=24)
    picture = draw_map(layout, *graph, selected=selected, glyphs=glyphs)
    return "".join(f"{row_text(row)}|\n" for row in picture.rows)


@pytest.mark.parametrize("glyphs", GLYPHS)
@pytest.mark.parametrize("zoom", [1, 2, 3])
@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_a_map_looks_as_it_did(name: str, zoom: int, glyphs: Glyphs) -> None:
    graph, selected = GRAPHS[name]
    differs = difference(FOLDER / f"{name}-zoom{zoom}-{glyphs}.txt", frame(graph, selected, zoom, glyphs))
    assert not differs, differs
