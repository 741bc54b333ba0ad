"""The contracts of ARCHITECTURE.md that a reader of one file cannot see broken."""

import ast
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.builders import ROOT, run_python

PACKAGE = ROOT / "devops_tycoon"
LAYERS = (
    ("sim",),
    ("compiled",),
    ("orders", "content"),
    ("play",),
    ("lab",),
    ("debrief",),
    ("workshop",),
    ("tui",),
    ("web",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
FILES = sorted(PACKAGE.rglob("*.py"))
PURE = [file for file in FILES if file.relative_to(PACKAGE).parts[0] in ("sim", "orders")]

FORBIDDEN = {
    "random", "time", "datetime", "os", "io", "pathlib", "sys", "secrets", "uuid", "socket", "threading", "asyncio",
    "subprocess", "tempfile", "shutil", "logging", "locale", "numpy", "textual", "rich", "click", "cmath", "statistics",
}  # fmt: skip
FORBIDDEN_CALLS = {"print", "open", "input", "eval", "exec", "hash", "id", "pow", "__import__"}
MATH = {"sqrt", "floor", "isfinite", "frexp", "ldexp"}


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules below ask of one file; its syntax tree is not kept."""

    imports: tuple[tuple[str, tuple[str, ...], int], ...]
    """(module, names, line), also of imports inside functions and under TYPE_CHECKING."""
    relative: tuple[int, ...]
    """Lines of imports that are not absolute."""
    calls: tuple[tuple[str, int], ...]
    """(name, line) of calls by a plain name."""
    powers: tuple[int, ...]
    """Lines of `**` with anything but whole constants."""
    sets: tuple[int, ...]
    """Lines of loops over a set."""


@cache
def facts(file: Path) -> Facts:
    """Return what stands in a file."""
    imports: list[tuple[str, tuple[str, ...], int]] = []
    relative, calls, powers, sets = [], [], [], []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imports += [(alias.name, (), node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append((node.module or "", tuple(alias.name for alias in node.names), node.lineno))
            relative += [node.lineno] if node.level else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            calls.append((node.func.id, node.lineno))
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
            ends = [node.left, node.right] if isinstance(node, ast.BinOp) else []
            whole = ends and all(isinstance(e, ast.Constant) and isinstance(e.value, int) for e in ends)
            powers += [] if whole else [node.lineno]
        elif isinstance(node, ast.For | ast.comprehension):
            it = node.iter
            named = isinstance(it, ast.Call) and isinstance(it.func, ast.Name) and it.func.id in ("set", "frozenset")
            sets += [it.lineno] if named or isinstance(it, ast.Set | ast.SetComp) else []
    return Facts(tuple(imports), tuple(relative), tuple(calls), tuple(powers), tuple(sets))


def outer(module: str) -> str:
    return module.split(".")[0]


def own_layer(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_there_is_something_to_check() -> None:
    assert len(PURE) > 30
    assert {"sim", "orders", "content", "play", "cli"} <= {f.relative_to(PACKAGE).parts[0] for f in FILES}


def test_imports_are_absolute() -> None:
    assert [f"{name_of(file)}:{line}" for file in FILES for line in facts(file).relative] == []


def test_a_module_imports_its_own_layer_or_a_lower_one() -> None:
    offenders = []
    for file in FILES:
        own = own_layer(file)
        if own in ("__init__", "__main__"):
            continue
        assert own in LEVEL, f"{own} is no layer of ARCHITECTURE.md"
        for module, names, line in facts(file).imports:
            if outer(module) != "devops_tycoon":
                continue
            # `from devops_tycoon import sim` names the layer on the right.
            found = [layer(module)] if layer(module) else [n for n in names if n in LEVEL]
            higher = [o for o in found if LEVEL[o] > LEVEL[own] or (LEVEL[o] == LEVEL[own] and o != own)]
            offenders += [f"{name_of(file)}:{line}: {own} imports {other}" for other in higher]
    assert offenders == []


def test_the_rules_have_no_clock_no_file_no_chance_and_no_screen() -> None:
    offenders = []
    for file in PURE:
        for module, names, line in facts(file).imports:
            if outer(module) in FORBIDDEN:
                offenders.append(f"{name_of(file)}:{line}: {module}")
            if module == "math" and not (names and set(names) <= MATH):
                offenders.append(f"{name_of(file)}:{line}: import names of math that can be checked, not {names}")
        offenders += [
            f"{name_of(file)}:{line}: {name}()" for name, line in facts(file).calls if name in FORBIDDEN_CALLS
        ]
    assert offenders == []


def test_the_rules_use_no_power_operator_because_its_bits_differ_between_machines() -> None:
    assert [f"{name_of(file)}:{line}: write the product" for file in PURE for line in facts(file).powers] == []


def test_the_rules_loop_over_no_set_because_its_order_depends_on_the_hash_seed() -> None:
    assert [f"{name_of(file)}:{line}: sort it first" for file in PURE for line in facts(file).sets] == []


def test_only_the_screen_layers_know_textual_and_nothing_knows_numpy_tests_or_bench() -> None:
    offenders = []
    for file in FILES:
        for module, _, line in facts(file).imports:
            screen = outer(module) in ("textual", "rich") and module != "rich.cells"  # how wide a text is
            if (screen and own_layer(file) not in ("tui", "web")) or outer(module) in ("numpy", "tests", "bench"):
                offenders.append(f"{name_of(file)}:{line}: {module}")
    assert offenders == []


BROKEN = """
from . import here
import random
from math import exp
from devops_tycoon.tui import app
def f():
    open("x")
    return 2.0 ** x + 2 ** 3
for one in {1, 2}: pass
"""


def test_a_file_that_breaks_every_rule_is_seen_to(tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text(BROKEN)
    found = facts(file)
    assert [module for module, _, _ in found.imports] == ["", "random", "math", "devops_tycoon.tui"]
    assert (found.relative, found.calls, found.powers, found.sets) == ((2,), (("open", 7),), (8,), (9,))


def loaded(program: str, *arguments: str) -> set[str]:
    """Return the top-level modules that a program has loaded when it ends."""
    tell = "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})), file=sys.stderr)"
    begin = f"import sys, json, atexit\nsys.argv = ['devops-tycoon', *{list(arguments)!r}]\n"
    wrapped = f"{begin}atexit.register(lambda: {tell})\n{program}\n"
    done = run_python("-c", wrapped)
    assert done.returncode == 0, done.stderr.decode()
    return set(json.loads(done.stderr.decode().splitlines()[-1]))


def test_playing_without_a_screen_loads_no_screen() -> None:
    assert not loaded("from devops_tycoon.play import Session, load") & {"textual", "rich", "numpy"}


def test_verifying_a_replay_loads_neither_processes_nor_graph_library_because_webassembly_has_none() -> None:
    assert not loaded("import devops_tycoon.play.verify") & {"multiprocessing", "networkx", "platformdirs"}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("run", "--help"), ("check", "--help"), ()])
def test_help_and_version_load_next_to_nothing(arguments: tuple[str, ...]) -> None:
    modules = loaded("from devops_tycoon.cli import main\nmain()", *arguments)
    assert not modules & {"networkx", "textual", "rich", "numpy"}


def test_checking_content_loads_neither_graph_library_nor_screen() -> None:
    file = str(PACKAGE.parent / "assets" / "failures" / "bad-deploy.toml")
    modules = loaded("from devops_tycoon.cli import main\nmain()", "check", file)
    assert not modules & {"networkx", "textual"}
