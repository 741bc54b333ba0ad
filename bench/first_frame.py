"""How long a player waits for the first frame, next to a minimal Textual app: processes in a terminal, in turns."""

import os
import pty
import re
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from select import select
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROUNDS = 7
ROWS, COLUMNS = 36, 120
PATIENCE_S = 30.0
LESSON = "worse-than-dead"
TITLE_LIMIT, PLAY_LIMIT = 2.3, 1.5
"""The title in minimal apps; `play LESSON` in titles."""

_MINIMAL = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("the smallest app")

Minimal().run()
"""
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-9;?<>=$ ]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()=>78][A-Z0-9]?)"
)


def contestants(python: str = sys.executable) -> dict[str, tuple[tuple[str, ...], bytes]]:
    """Return the commands by name, each with a text that stands at the bottom of its first frame."""
    game = python, "-m", "devops_tycoon", "play"
    return {
        "minimal": ((python, "-c", _MINIMAL), b"the smallest app"),
        "title": (game, b"Next seed"),
        "games": (game, b"Sandbox"),
        "play": ((*game, LESSON), b"Skip"),
    }


def first_frame_s(command: Sequence[str], sign: bytes, home: Path) -> tuple[float, float]:
    """Return wall and CPU seconds from the start of a process to a text on its terminal; it is then killed."""
    begin = perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), _environment(home))  # noqa: S606
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    shown = b""
    try:
        while sign not in _ESCAPES.sub(b"", shown):
            ready, _, _ = select([terminal], [], [], PATIENCE_S)
            if not ready:
                raise TimeoutError(f"{' '.join(command)} did not show {sign.decode()}")
            shown += os.read(terminal, 65536)
        wall = perf_counter() - begin
    finally:
        os.kill(child, signal.SIGKILL)
        _, _, used = os.wait4(child, 0)
        os.close(terminal)
    return wall, used.ru_utime + used.ru_stime


def _environment(home: Path) -> dict[str, str]:
    """Return a player's environment: a folder of its own, and compiled modules that the first, cold round writes."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    folders = {"HOME": home, "DEVOPS_TYCOON_HOME": home, "PYTHONPYCACHEPREFIX": home / "compiled"}
    return {**known, "TERM": "xterm-256color", "LANG": "C.UTF-8", **{name: str(at) for name, at in folders.items()}}


def measure(rounds: int = ROUNDS, python: str = sys.executable) -> dict[str, tuple[float, float]]:
    """Return each contestant's median seconds, on the wall and of CPU; a first, cold round is not counted."""
    known = contestants(python)
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in known}
    with TemporaryDirectory() as home:
        for number in range(rounds + 1):
            for name, (command, sign) in known.items():
                seconds = first_frame_s(command, sign, Path(home))
                if number:
                    spent[name].append(seconds)
    return {name: (median([w for w, _ in times]), median([c for _, c in times])) for name, times in spent.items()}


def lines(seconds: Mapping[str, tuple[float, float]]) -> list[str]:
    """Return the figures as text: seconds on the wall, and of CPU, which a busy machine does not change."""
    rows = (
        ("minimal Textual app", "minimal", "minimal", ""),
        ("title", "title", "minimal", f"minimal app, at most {TITLE_LIMIT}"),
        ("title with its games", "games", "minimal", "minimal app"),
        (f"play {LESSON}", "play", "title", f"title, at most {PLAY_LIMIT}"),
    )
    out = [f"{'first frame':24}{'wall':>8}{'CPU':>8}"]
    for label, name, other, limit in rows:
        (wall, cpu), (wall_0, cpu_0) = seconds[name], seconds[other]
        ratio = f"   {wall / wall_0:.2f} (CPU {cpu / cpu_0:.2f}) x {limit}" if limit else ""
        out.append(f"{label:24}{wall:6.3f} s{cpu:6.3f} s{ratio}")
    return out
