"""Many replays: the same documents in the same order, whoever works them out; Ctrl-C leaves nobody behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.play import parallel as spreading
from devops_tycoon.play.parallel import AHEAD, spread
from devops_tycoon.play.replay import read
from devops_tycoon.play.verify import document, verify, verify_all, verify_text
from tests.builders import ROOT, a_game, env, run_python
from tests.play.records import recorded

PLAN = ((0, "scale web +1"), (0, "begin"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return replays of several seeds and lengths, with broken ones among them."""
    folder = tmp_path_factory.mktemp("many")
    found = []
    for seed in range(8):
        recorded(folder / f"{seed}.replay", PLAN, until=30 * seed + 1, game=a_game(seed=seed))
        found.append(folder / f"{seed}.replay")
    (folder / "nonsense.replay").write_text("nonsense\n")
    text = found[5].read_text()
    (folder / "changed.replay").write_text(text.replace("scale web +1", "scale web +2"))
    return [
        *found[:3],
        folder / "nonsense.replay",
        *found[3:6],
        folder / "none.replay",
        folder / "changed.replay",
        *found[6:],
    ]


def test_a_text_is_verified_like_its_file(files: list[Path]) -> None:
    one, other = verify(files[2]), verify_text(files[2].read_text(), "somewhere")
    assert (one.problem, one.session.digest) == (other.problem, other.session.digest)
    with pytest.raises(ContentError, match="somewhere:1:"):
        verify_text("nonsense\n", "somewhere")


def test_without_joblib_the_pool_of_the_standard_library_gives_the_same(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "find_spec", lambda _: None)
    told: list[dict[str, Any]] = []
    found = verify_all(files, 2, watch=told.append)
    assert found == told == [document(file) for file in files]
    assert [d["unusable"] for d in found] == [file.stem in ("nonsense", "none") for file in files]
    assert [d["verified"] for d in found] == [file.stem.isdigit() for file in files]
    with pytest.raises(ContentError, match="is not installed"):
        verify_all(files, 2, "dask")


@pytest.mark.long
@pytest.mark.parametrize("backend", ["local", "dask"])
def test_joblib_gives_the_same_documents_in_the_same_order(files: list[Path], backend: str) -> None:
    command = ["-m", "devops_tycoon", "verify", *map(str, files), "--json", "--jobs"]
    one, many = run_python(*command, "1"), run_python(*command, "2", "--backend", backend)
    assert (one.returncode, many.returncode) == (2, 2), many.stderr
    assert one.stdout == many.stdout
    assert [Path(d["file"]) for d in json.loads(one.stdout)] == files
    assert one.stderr == many.stderr


def test_of_many_things_only_a_few_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "find_spec", lambda _: None)
    taken = 0

    def things() -> Iterator[int]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield taken

    results = spread(abs, things(), jobs=2)
    assert next(results) == 1
    assert taken == AHEAD * 2
    assert list(results) == list(range(2, 1001))


def alive(group: int) -> list[str]:
    """Return the processes of a group that still run."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state != "Z":
            found.append(folder.name)
    return found


def hears(process: int) -> bool:
    """Say whether a process would notice Ctrl-C: while a cluster comes up it does not."""
    status = Path(f"/proc/{process}/status").read_text()
    (caught,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("more", [(), ("--backend", "dask")])
def test_an_interrupted_verification_ends_with_130_and_leaves_no_process(
    files: list[Path], more: Sequence[str]
) -> None:
    valid = [str(file) for file in files if file.stem.isdigit()] * 200
    command = [sys.executable, "-m", "devops_tycoon", "verify", *valid, "--jobs", "2", *more]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env(), start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while len(alive(process.pid)) < 4 or not hears(process.pid):
        assert process.poll() is None, "it ended before it was interrupted"
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130
    assert out == b""
    assert b"devops_tycoon/cli" not in err, "a worker that has not even begun may complain for itself, not the command"
    ends = time.monotonic() + 30
    while alive(process.pid):  # a cluster's workers end a moment after it
        assert time.monotonic() < ends, alive(process.pid)


def test_a_replay_that_was_read_elsewhere_is_the_same(files: list[Path]) -> None:
    assert read(files[1]).whole_bytes == files[1].stat().st_size
