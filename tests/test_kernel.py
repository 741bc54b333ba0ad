"""The rules play alike pure and compiled: what runs here is said, and is what was asked for."""

import os
import sys
from pathlib import Path

import pytest

from devops_tycoon.compiled import kernel, sources_mark
from tests.builders import ROOT, run_python

COMPILE = ROOT / "tools" / "compile_kernel.py"


def test_the_kernel_that_runs_is_the_one_that_was_asked_for() -> None:
    """CI sets EXPECT_KERNEL where it plays the golden games again with the compiled rules."""
    assert kernel() == os.environ.get("EXPECT_KERNEL", kernel())
    assert kernel() in ("pure", "compiled")


def test_compiled_rules_of_other_sources_are_refused_by_a_sentence(tmp_path: Path) -> None:
    package = tmp_path / "devops_tycoon"
    (package / "sim").mkdir(parents=True)
    (package / "sim" / "step.py").write_text("RULES = 1\n")
    for name in ("__init__.py", "compiled.py"):
        (package / name).write_bytes((ROOT / "devops_tycoon" / name).read_bytes())
    say = "from devops_tycoon.compiled import sources_mark; print(sources_mark())"
    mark = run_python("-c", say, folder=tmp_path, PYTHONPATH=str(tmp_path)).stdout.decode().strip()
    (package / "compiled.mark").write_text(mark)
    assert run_python("-c", say, folder=tmp_path, PYTHONPATH=str(tmp_path)).returncode == 0
    (package / "sim" / "step.py").write_text("RULES = 2\n")
    done = run_python("-c", say, folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert b"make fast" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_mark_follows_the_sources_of_this_tree() -> None:
    assert len(sources_mark()) == 32


@pytest.mark.skipif(sys.platform == "win32", reason="the compiler is looked for on another path there")
def test_without_a_compiler_there_is_a_sentence_and_the_pure_package(tmp_path: Path) -> None:
    copy = tmp_path / "tools" / "compile_kernel.py"
    copy.parent.mkdir()
    copy.write_bytes(COMPILE.read_bytes())
    (tmp_path / "devops_tycoon").mkdir()
    done = run_python(str(copy), "fast", folder=tmp_path, PATH=str(tmp_path), CC="")
    assert b"There is no C compiler here; the pure package plays the same games" in done.stderr
    assert b"Traceback" not in done.stderr
