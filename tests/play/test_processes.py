"""What a second process sees: the same bytes, and a recording that survives a kill."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devops_tycoon.play.replay import read
from devops_tycoon.play.verify import verify
from tests.builders import ROOT, SHIPPED, STREAMING, env, run_python

SOLUTION = str(SHIPPED / "scenarios" / f"{STREAMING}.solution.orders")


def test_two_processes_with_different_hash_seeds_print_the_same_bytes() -> None:
    command = ("-m", "devops_tycoon", "run", STREAMING, "--seed", "7", "--orders", SOLUTION, "--json", "--until", "600")
    one, other = run_python(*command, PYTHONHASHSEED="1"), run_python(*command, PYTHONHASHSEED="2")
    assert one.stderr == other.stderr == b""
    assert one.stdout == other.stdout
    found = json.loads(one.stdout)
    assert (found["ticks"], found["seed"], found["won"]) == (600, 7, False)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an order file that writes much before the clock starts and a little afterwards."""
    path = tmp_path_factory.mktemp("orders") / "many.orders"
    lines = [f"0. set web>catalog timeout={100 + number}ms" for number in range(150)]
    lines += ["0. begin", *[f"{tick}. scale web +1" for tick in range(70, 3600, 130)]]
    path.write_text("\n".join(lines))
    return path


def started(path: Path, orders: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "devops_tycoon", "run", STREAMING, "--orders", str(orders), "--record", str(path)]
    return subprocess.Popen(command, cwd=ROOT, env=env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ended_by(process: "subprocess.Popen[bytes]", how: signal.Signals, path: Path, size: int, more_s: float) -> int:
    """Send a signal once the file has grown to a size and a moment more has passed; return the exit code."""
    try:
        while not path.exists() or path.stat().st_size < size:
            assert process.poll() is None, "it ended before it was killed"
            wait(process, 0.001)
        wait(process, more_s)
    finally:
        process.send_signal(how)
        code = process.wait()
    return code


def wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def killed(path: Path, orders: Path, size: int, more_s: float) -> None:
    """Kill a recorded run without warning and check what is left of its file."""
    assert ended_by(started(path, orders), signal.SIGKILL, path, size, more_s) == -signal.SIGKILL
    raw = path.read_bytes()
    replay = read(path)
    assert replay.whole_bytes == raw.rfind(b"\n") + 1
    assert not replay.tag("Result")
    lines = [line for line in raw[: replay.whole_bytes].decode().splitlines() if line and line[0] != "["]
    assert len(replay.orders) + len(replay.marks) == len(lines)
    verdict = verify(path)
    assert verdict.problem == ""
    assert verdict.session.marks[: len(replay.marks)] == list(replay.marks)
    assert verdict.session.world.tick == replay.last_tick


@pytest.mark.parametrize("size", [1, 3000, 5790])
def test_a_killed_run_leaves_a_replay_that_verifies_to_its_last_whole_line(
    tmp_path: Path, orders: Path, size: int
) -> None:
    killed(tmp_path / "x.replay", orders, size + (200 if size == 1 else 0), 0.0)


@pytest.mark.long
@pytest.mark.parametrize("number", range(50))
def test_a_run_that_is_killed_at_a_random_moment_leaves_a_true_replay(
    tmp_path: Path, orders: Path, number: int
) -> None:
    dice = random.Random(number)
    killed(tmp_path / "x.replay", orders, dice.randrange(200, 6400), dice.random() * 0.1)


def test_a_run_that_is_interrupted_ends_with_130_and_a_recording_that_says_where(tmp_path: Path, orders: Path) -> None:
    path = tmp_path / "x.replay"
    assert ended_by(started(path, orders), signal.SIGINT, path, 5790, 0.0) == 130
    replay = read(path)
    assert int(replay.tag("Left")) >= 60
    assert not replay.truncated
    assert verify(path).problem == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a pipe")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m devops_tycoon scenarios --json | head -c 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], cwd=ROOT, env=env(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
