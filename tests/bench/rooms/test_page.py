"""docs/workshop.md is what the bench writes, row by row."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import main
from bench.rooms.measure import ROWS
from bench.rooms.table import INTRODUCTION, REPRODUCE, page, read_page, rows

PAGE = Path(__file__).parents[3] / "docs" / "workshop.md"
FIGURE = {"name": "a | b", "bar": "none lost", "value": "0 lost", "held": True, "lawful": True, "below": ("| x |",)}


def a_document(**figure: object) -> dict[str, object]:
    row = {"row": "load", "seconds": 1.0, "load": [0.5, 2.0], "figures": [FIGURE | figure]}
    machine = {"python": "Python", "system": "System", "processor": "Processor", "cores": 2}
    return {"quick": False, "machine": machine, "sync_ms": [0.2, 1.0], "rows": [row]}


def test_the_page_has_exactly_the_rows_that_the_bench_knows() -> None:
    shown = read_page(PAGE.read_text(encoding="utf-8"))
    assert list(dict.fromkeys(figure["row"] for figure in shown)) == [row.name for row in ROWS]


def test_the_page_is_in_the_form_that_the_bench_writes() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = read_page(text)
    assert "\n".join(rows(shown)) + "\n" in text
    assert text.startswith(INTRODUCTION)
    assert text.endswith(REPRODUCE)


@pytest.mark.parametrize(("held", "says"), [(True, "holds"), (False, "**missed**"), (None, "not here")])
def test_a_page_says_what_is_held_and_can_be_read_again(held: bool | None, says: str) -> None:
    text = page(a_document(held=held))
    [shown] = read_page(text)
    assert (shown["row"], shown["name"], shown["held"]) == ("load", "a ¦ b", held)
    assert f"| {says} |" in text
    assert ("**Missed:**" in text) == (held is False)
    assert "| x |" in text


def test_a_row_that_does_not_exist_is_refused_by_the_names_of_those_that_do() -> None:
    done = CliRunner().invoke(main, ["rooms", "--only", "everything"])
    assert done.exit_code == 2
    assert "There is no row everything; expected one of load, crowd," in done.output
