"""Hosting: the process that starts the room, starts it again if it dies, and talks to it as its host."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.workshop.addresses import LOOPBACK
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.opening import home
from devops_tycoon.workshop.snapshot import own_key
from devops_tycoon.workshop.tokens import host_token, lasting_token

READY_S = 20
SETTLED_S = 0.5
"""So long after a start a spare process is begun; before, the class comes back and needs the processors."""
MOST_STARTS, IN_S = 5, 10.0
"""A room that dies more often than this is not started again."""


class Host:
    """A room that is hosted. Leaving ends the process, never the room: it can be hosted again from its folder."""

    def __init__(
        self, folder: Path, port: int, *, lan: bool, errors: int | None = None, most_starts: int = MOST_STARTS
    ) -> None:
        """`errors` is a file that the room's process may complain to; nobody listens without it."""
        self.folder, self.port, self._lan = folder, port, lan
        self._errors, self._most_starts = errors, most_starts
        self.token = host_token()
        self.screen = lasting_token(own_key(home()), f"screen {folder.resolve()}")
        """The same whenever this room is hosted on this machine, so that a projector comes back by itself."""
        self.addresses: tuple[str, ...] = ()
        self.problem = ""
        """Why the room is gone for good; empty: it is not."""
        self.restarts = 0
        self._leaving = False
        self._starting = threading.Lock()
        self._starts: list[float] = []
        self._spare: subprocess.Popen[str] | None = None
        """A process that has loaded everything and waits to take a dead one's place: a class does not wait for it."""
        self._process = self._start()
        threading.Thread(target=self._keep_alive, name="keep-alive", daemon=True).start()

    @property
    def pid(self) -> int:
        """The room's process."""
        return self._process.pid

    def link(self) -> Link:
        """Return a connection as the room's host."""
        return Link.open(f"{LOOPBACK}:{self.port}", self.token)

    def close(self) -> None:
        """End the room's process; everything is in its folder."""
        self._leaving = True
        with self._starting:
            for process in filter(None, (self._process, self._spare)):
                _end(process)

    def _spawn(self) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "devops_tycoon.workshop.serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors or (None if os.environ.get("DEVOPS_TYCOON_DEBUG") else subprocess.DEVNULL),
            text=True,
            encoding="utf-8",
            start_new_session=True,  # a Ctrl-C in the console is the console's
        )

    def _start(self) -> "subprocess.Popen[str]":
        told = {
            "folder": str(self.folder), "host": self.token, "screen": self.screen, "port": self.port,
            "lan": self._lan, "keys": str(home()),
        }  # fmt: skip
        spare, self._spare = self._spare, None
        process = spare or self._spawn()
        said = self._exchange(process, told)
        if said is None and spare is not None:  # it has died too
            _kill(spare)
            process = self._spawn()
            said = self._exchange(process, told)
        if said is None or "problem" in said:
            _kill(process)
            text = said["problem"] if said else "the room process does not answer"
            raise ContentError([Problem("workshop host", 0, "", text)])
        self.addresses = tuple(said["addresses"])
        self._starts.append(time.monotonic())
        return process

    @staticmethod
    def _exchange(process: "subprocess.Popen[str]", told: dict[str, Any]) -> dict[str, Any] | None:
        """Tell the process what to host, and hear whether it does."""
        heard: list[dict[str, Any]] = []

        def hear() -> None:
            with suppress(OSError, ValueError):
                if process.stdout and (line := process.stdout.readline()):
                    heard.append(json.loads(line))

        with suppress(OSError, ValueError):
            if process.stdin:
                process.stdin.write(json.dumps(told) + "\n")
                process.stdin.flush()
        listener = threading.Thread(target=hear, daemon=True)
        listener.start()
        listener.join(READY_S)
        return heard[0] if heard else None

    def _keep_alive(self) -> None:
        while True:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(SETTLED_S)
            with self._starting:
                if self._process.poll() is None and not self._leaving:
                    self._spare = self._spawn()
            self._process.wait()
            if self._leaving:
                return
            _close_pipes(self._process)
            lately = [start for start in self._starts if start > time.monotonic() - IN_S]
            if len(lately) >= self._most_starts:
                self.problem = "The room process keeps crashing. Everything up to now is saved in its folder."
                return
            with self._starting:
                if self._leaving:
                    return
                try:
                    self._process = self._start()
                    self.restarts += 1
                except ContentError as error:
                    self.problem = str(error)
                    return


def _end(process: "subprocess.Popen[str]") -> None:
    """End a process by closing its standard input, or else by force."""
    with suppress(OSError, ValueError):
        if process.stdin:
            process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    _kill(process)


def _kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    _close_pipes(process)


def _close_pipes(process: "subprocess.Popen[str]") -> None:
    with suppress(OSError, ValueError):
        if process.stdin:
            process.stdin.close()
    with suppress(OSError, ValueError):
        if process.stdout:
            process.stdout.close()


def free_port(wanted: int, *, lan: bool) -> int:
    """Return the wanted port, or, where it is 0, one that is free; raise ContentError if it is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0" if lan else LOOPBACK, wanted))  # noqa: S104
        except OSError as error:
            what = f"port {wanted} cannot be used: {error.strerror}; expected another with --port N"
            raise ContentError([Problem("workshop host", 0, "--port", what)]) from None
        return int(probe.getsockname()[1])
