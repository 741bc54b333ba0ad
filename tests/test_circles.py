"""No module of the package imports another that imports it back, not even under TYPE_CHECKING or in a function."""

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

from tests.builders import ROOT


def modules(package: Path) -> dict[str, Path]:
    """Return the files of a package by the dotted names of their modules."""
    files = sorted(package.rglob("*.py"))
    names = [".".join(file.relative_to(package.parent).with_suffix("").parts) for file in files]
    return {name.removesuffix(".__init__"): file for name, file in zip(names, files, strict=True)}


def imported(file: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the modules of the package that a file imports, wherever the import stands."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            whole = str(node.module)
            names = [sub if (sub := f"{whole}.{alias.name}") in known else whole for alias in node.names]
        else:
            continue
        yield from (name for name in names if name in known)


def circles(package: Path) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or not."""
    known = modules(package)
    graph = nx.DiGraph(
        (name, other) for name, file in known.items() for other in imported(file, known) if other != name
    )
    return sorted(sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1)


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(ROOT / "devops_tycoon") == []


def test_a_circle_is_found_wherever_the_import_stands(tmp_path: Path) -> None:
    package = tmp_path / "p"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "a.py").write_text("def f():\n    from p import b\n")
    (package / "b.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from p.c import C\n")
    (package / "c.py").write_text("import p.a\n")
    assert circles(package) == [["p.a", "p.b", "p.c"]]
