"""Finds a C compiler and builds `loop.c` with it, for as long as the measurement lasts."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).with_name("loop.c")
FLAGS = ("-O2", "-ffp-contract=off", "-std=c99", "-fPIC", "-shared")
"""No contraction to fused multiply-adds, which round once where Python rounds twice."""
_NAMES = ("cc", "gcc", "clang")
_PATIENCE_S = 300


class NoCompilerError(Exception):
    """There is no C compiler here, or it cannot build a library; the text says which."""


def find_compiler() -> str | None:
    """Return the path of a C compiler (`CC` where it is set), or None."""
    for name in (os.environ.get("CC", ""), *_NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    return None


def compiler_version() -> str:
    """Return the first line that the compiler says about itself, or "none"."""
    compiler = find_compiler()
    if compiler is None:
        return "none"
    try:
        done = subprocess.run(  # noqa: S603  # a compiler found on the user's own path
            [compiler, "--version"], capture_output=True, text=True, check=False, timeout=_PATIENCE_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return "none"
    return done.stdout.partition("\n")[0].strip() or "unknown"


@contextmanager
def built() -> Iterator[Path]:
    """Compile the loop into a temporary folder and yield the library; raise `NoCompilerError` if that cannot be."""
    compiler = find_compiler()
    if compiler is None:
        raise NoCompilerError("no C compiler found")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # Windows keeps a loaded library
        library = Path(folder) / "loop.so"
        command = [compiler, *FLAGS, "-o", str(library), str(SOURCE), "-lm"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE_S)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoCompilerError(f"the C compiler did not run: {type(error).__name__}") from None
        if done.returncode:
            raise NoCompilerError(f"the C compiler failed: {done.stderr.strip().partition(chr(10))[0][:200]}")
        yield library
