"""The contracts of ARCHITECTURE.md that a reader of one file cannot see broken."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ROOT, run_python

PACKAGE = ROOT / "devops_tycoon"
LAYERS = (
    ("sim",),
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
MATH = {"sqrt", "floor", "isfinite", "frexp", "ldexp"}


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def layer(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(file: Path) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Yield (module, names, line) of every import, also those inside functions and under TYPE_CHECKING."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, (), node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(file)}:{node.lineno}: imports are absolute"
            yield node.module or "", tuple(alias.name for alias in node.names), node.lineno


def calls(file: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def test_there_is_something_to_check() -> None:
    assert len(PURE) > 30
    assert {"sim", "orders", "content", "play", "cli"} <= {f.relative_to(PACKAGE).parts[0] for f in FILES}


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_module_imports_its_own_layer_or_a_lower_one(file: Path) -> None:
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    assert own in LEVEL, f"{own} is no layer of ARCHITECTURE.md"
    for module, names, line in imports(file):
        if module.split(".")[0] != "devops_tycoon":
            continue
        # `from devops_tycoon import sim` names the layer on the right.
        found = [layer(module)] if layer(module) else [n for n in names if n in LEVEL]
        for other in found:
            higher = LEVEL[other] > LEVEL[own] or (LEVEL[other] == LEVEL[own] and other != own)
            assert not higher, f"{name_of(file)}:{line}: {own} imports {other}"


@pytest.mark.parametrize("file", PURE, ids=name_of)
def test_the_rules_have_no_clock_no_file_no_chance_and_no_screen(file: Path) -> None:
    for module, names, line in imports(file):
        assert module.split(".")[0] not in FORBIDDEN, f"{name_of(file)}:{line}: {module}"
        if module == "math":
            assert set(names) <= MATH, f"{name_of(file)}:{line}: {names}"
            assert names, f"{name_of(file)}:{line}: import the names, so that they can be checked"
    for call in calls(file):
        if isinstance(call.func, ast.Name):
            assert call.func.id not in ("print", "open", "input", "eval", "exec", "hash", "id", "pow", "__import__"), (
                f"{name_of(file)}:{call.lineno}: {call.func.id}()"
            )


@pytest.mark.parametrize("file", PURE, ids=name_of)
def test_the_rules_use_no_power_operator_because_its_bits_differ_between_machines(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Pow):
            ends = [node.left, node.right] if isinstance(node, ast.BinOp) else []
            whole = ends and all(isinstance(e, ast.Constant) and isinstance(e.value, int) for e in ends)
            assert whole, f"{name_of(file)}:{node.lineno}: ** is not exact; write the product"


@pytest.mark.parametrize("file", PURE, ids=name_of)
def test_the_rules_walk_no_set_because_its_order_hangs_on_the_hash_seed(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        loops = [node.iter] if isinstance(node, ast.For | ast.comprehension) else []
        for it in loops:
            named = isinstance(it, ast.Call) and isinstance(it.func, ast.Name) and it.func.id in ("set", "frozenset")
            line = getattr(it, "lineno", 0)
            unordered = named or isinstance(it, ast.Set | ast.SetComp)
            assert not unordered, f"{name_of(file)}:{line}: sort it first"


def test_only_the_screen_layers_know_textual_and_only_the_rules_know_networkx() -> None:
    for file in FILES:
        own = file.relative_to(PACKAGE).parts[0]
        for module, _, line in imports(file):
            if module.split(".")[0] in ("textual", "rich") and module != "rich.cells":  # how wide a text is
                assert own in ("tui", "web"), f"{name_of(file)}:{line}: {module}"
            assert module.split(".")[0] not in ("numpy", "tests", "bench"), f"{name_of(file)}:{line}: {module}"


def loaded(program: str, *arguments: str) -> set[str]:
    """Return the top-level modules that a program has loaded when it ends."""
    tell = "print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})), file=sys.stderr)"
    begin = f"import sys, json, atexit\nsys.argv = ['devops-tycoon', *{list(arguments)!r}]\n"
    wrapped = f"{begin}atexit.register(lambda: {tell})\n{program}\n"
    done = run_python("-c", wrapped)
    assert done.returncode == 0, done.stderr.decode()
    return set(json.loads(done.stderr.decode().splitlines()[-1]))


def test_playing_without_a_screen_loads_no_screen() -> None:
    assert not loaded("import devops_tycoon.play") & {"textual", "rich", "numpy"}


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
