"""Compile the rules with mypyc: the same Python, the same bytes, several times as fast.

`make fast` compiles in place, `make pure` deletes what it made, and `DEVOPS_TYCOON_COMPILE=1` makes a compiled wheel
(`hatch_build.py`). Without a C compiler each says so and leaves the pure package, which is the reference.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "devops_tycoon"
FOLDER = "sim"
"""Everything in it is compiled, so that values and rules call each other without leaving C."""
INTERPRETED = ("__init__.py", "values/intent.py", "values/order.py", "numerics/replace.py")
"""Packages, and the base of orders: each order is an interpreted class of its own."""
REQUIRES = ("mypy>=1.18", "setuptools>=75", "types-networkx")
FLAGS = "-ffp-contract=off"
"""No fused multiply-adds: they round once where Python rounds twice."""


class NoCompilerError(Exception):
    """The rules cannot be compiled here; the text is a sentence that says why."""


def sources(root: Path = ROOT) -> list[str]:
    """Return the files that are compiled, relative to the root."""
    files = sorted((root / PACKAGE / FOLDER).rglob("*.py"))
    return [str(file.relative_to(root)) for file in files if not str(file).endswith(INTERPRETED)]


def build(root: Path = ROOT) -> dict[str, Path]:
    """Compile in a folder of its own; return each library by its place relative to the root. Some minutes of CPU."""
    _require_compiler()
    work = Path(tempfile.mkdtemp(prefix="devops-tycoon-"))
    shutil.copytree(root / PACKAGE, work / PACKAGE, ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "build-here"],
        cwd=work,
        env={**os.environ, "CFLAGS": f"{os.environ.get('CFLAGS', '')} {FLAGS}".strip()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoCompilerError(f"mypyc did not compile the rules: {_last_line(done.stdout + done.stderr)}")
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    found = [*work.glob(f"*{suffix}"), *(work / PACKAGE).rglob(f"*{suffix}")]
    return {str(file.relative_to(work)): file for file in found}


def build_here() -> None:
    """Compile the copy that this process stands in."""
    from mypyc.build import mypycify
    from setuptools import setup  # type: ignore[import-untyped]

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    extensions = mypycify(
        ["--strict", "--ignore-missing-imports", "--python-version", version, *sources(Path.cwd())],
        opt_level="1",  # half the compiling of 2, for nearly the same speed
        debug_level="0",
        multi_file=True,  # one file of everything takes the optimizer an hour
    )
    setup(name=PACKAGE, packages=[], ext_modules=extensions, script_args=["-q", "build_ext", "--inplace"])


def compile_in_place() -> None:
    """Put the libraries beside their sources, and a mark of what they were made from."""
    delete()
    for place, file in build().items():
        shutil.copy2(file, ROOT / place)
    sys.path.insert(0, str(ROOT))
    from devops_tycoon.compiled import MARK, sources_mark

    MARK.write_text(sources_mark(), encoding="utf-8")


def delete() -> None:
    """Delete every compiled library of this tree."""
    for pattern in ("*.so", "*.pyd"):
        for file in [*ROOT.glob(pattern), *(ROOT / PACKAGE).rglob(pattern)]:
            file.unlink()
    (ROOT / PACKAGE / "compiled.mark").unlink(missing_ok=True)


def _require_compiler() -> None:
    names = (os.environ.get("CC", ""), "cc", "gcc", "clang", "cl")
    if not any(shutil.which(name) for name in names if name):
        raise NoCompilerError("There is no C compiler here")
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    if not header.exists():
        raise NoCompilerError("The C headers of this Python are not installed")
    try:
        import mypyc.build  # noqa: F401
        import setuptools  # noqa: F401
    except ImportError as error:
        raise NoCompilerError(f"{error.name} is not installed; make .venv/dev brings it") from None


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "error" in line.lower()] or text.splitlines() or ["no message"]
    return lines[-1][:200]


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else "fast"
    if command == "build-here":
        build_here()
    elif command == "pure":
        delete()
    else:
        try:
            compile_in_place()
        except NoCompilerError as reason:
            sys.exit(f"{reason}; the pure package plays the same games, only slower.")
