"""The lab's reference tells of every key that a lab file may have, of every number that comes out, and every page."""

import re
from inspect import getclosurevars
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.lab import format as lab_format
from devops_tycoon.lab.graph import LabDemand, LabDependency, LabFault, LabGraph, LabRegion, LabService
from devops_tycoon.sim.flow.autoscale import Autoscaler
from tests.lab.graphs import run

DOCS = Path(__file__).parents[2] / "docs" / "lab"
PAGE = (DOCS / "README.md").read_text(encoding="utf-8")
HEADINGS = {
    "GRAPH": "### The file itself",
    "SERVICE": "### `[[services]]`",
    "AUTOSCALER": "### `autoscaler` of a service",
    "FORECAST": "### `forecast` of an autoscaler",
    "QUOTA": "### `quota` of a service",
    "DEPENDENCY": "### `[[dependencies]]`",
    "BREAKER": "### `breaker` of a dependency",
    "CACHE": "### `cache` of a dependency",
    "STALE": "### `stale` of a dependency",
    "DEMAND": "### `[[demand]]`",
    "SPIKE": "### `spikes` of a demand",
    "FAULT": "### `[[faults]]`",
    "REGION": "### `[[regions]]`",
    "REGISTRY": "### `registry`",
}
COMPUTED = {"lead_s", "warmup_s"}
"""Keys whose default is made from others."""


def keys_of(name: str) -> dict[str, Any]:
    """Return the keys that a table of the reader knows, with their settings."""
    known: dict[str, Any] = getclosurevars(getattr(lab_format, name)).nonlocals["known"]
    return {key: spec for key, (_, spec) in known.items()}


def rows_under(heading: str) -> dict[str, list[str]]:
    """Return the rows of the table under a heading, by the key in the first cell."""
    section = re.split(r"\n##", PAGE.split(f"\n{heading}\n")[1])[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:2] == "| "]
    return {key: cells for cells in lines for key in re.findall(r"`(\w+)`", cells[0])}


def shown(cell: str) -> Any:
    """Return the default that a cell of the page tells."""
    word = cell.split(" ")[0].rstrip(":")
    if word in ("true", "false"):
        return word == "true"
    if word.startswith('"'):
        return word.strip('"')
    if word == "none":
        return ()
    return None if word == "–" else float(word)


def test_every_table_of_the_reader_has_a_section() -> None:
    tables = {
        name
        for name, value in vars(lab_format).items()
        if name.isupper() and callable(value) and {"build", "known"} <= set(getclosurevars(value).nonlocals)
    }
    assert tables == set(HEADINGS)


@pytest.mark.parametrize("name", HEADINGS)
def test_every_key_is_told_with_its_default_and_no_other(name: str) -> None:
    rows, keys = rows_under(HEADINGS[name]), keys_of(name)
    assert set(rows) == set(keys)
    for key, spec in keys.items():
        told = rows[key][2]
        if spec.required:
            assert told == "**needed**", key
        elif key not in COMPUTED and spec.default != "":
            assert shown(told) == spec.default, key


def test_every_page_is_in_the_index() -> None:
    pages = {path.stem for path in DOCS.glob("*.md")} - {"README"}
    assert set(re.findall(r"^\| \[([\w-]+)\]\(\1\.md\)", PAGE, re.MULTILINE)) == pages


def test_every_number_that_comes_out_is_told() -> None:
    graph = LabGraph(
        (
            LabService("web", 5, 4, autoscaler=Autoscaler(target=0.5, most=9)),
            LabService("mail", 5, writes=0.5, lag_s=1.0),
        ),
        (LabDependency("web", "mail", detached=True),),
        (LabDemand("web", 50),),
        (LabFault(4, 5, region="east"), LabFault(1, 2, "web", error_rate=0.5)),
        seconds=10,
        warmup_s=0,
        regions=(LabRegion("east"), LabRegion("west")),
        failover_s=1.0,
    )
    found = run(graph, series=True)
    told = PAGE.split("## What comes out")[1]
    words = set(found)
    for part in ("services", "entries", "dependencies"):
        words |= set().union(*found[part].values())
    words |= set(found["causes"][0]) | {cause["cause"] for cause in found["causes"]}
    for name, value in found["series"][-1].items():
        words |= {name} | (set().union(*value.values()) if isinstance(value, dict) else set())
    assert "lost_writes" in words
    assert [word for word in sorted(words) if f"`{word}`" not in told] == []
