"""The room's own process: it listens until its parent process is gone.

It reads one line of JSON from standard input (where the room is, the host's token, the port) and answers with one line:
the port, or what is wrong. Tokens never stand on a command line or in the environment, where others could read them.
"""

import asyncio
import gc
import json
import logging
import os
import socket
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from devops_tycoon.content.problem import ContentError, clean
from devops_tycoon.workshop import snapshot
from devops_tycoon.workshop.addresses import LOOPBACK, own_addresses
from devops_tycoon.workshop.client import Invitation
from devops_tycoon.workshop.homework_inbox import Desk
from devops_tycoon.workshop.hub import Hub
from devops_tycoon.workshop.idle_connections import Hurried
from devops_tycoon.workshop.lesson_files import Leavings
from devops_tycoon.workshop.messages import LARGEST
from devops_tycoon.workshop.room_clock import Clock
from devops_tycoon.workshop.store import Store
from devops_tycoon.workshop.tokens import hashed
from devops_tycoon.workshop.web import application

MOST_FILES = 4096
ACCEPTED_AT_ONCE, QUEUE = 1, 2048
"""Of a crowd at the door one comes in between two looks at those who are in; the others wait in the queue."""


@dataclass(frozen=True, slots=True)
class Hosting:
    """What the process is told."""

    folder: str
    host: str
    """The host's token."""
    screen: str
    port: int
    lan: bool
    keys: str
    """The folder of the user's seal."""


def main() -> None:
    """Serve the room that standard input names, until standard input ends."""
    if not os.environ.get("DEVOPS_TYCOON_DEBUG"):
        logging.disable(logging.CRITICAL)  # addresses are kept nowhere, and standard error may be someone's screen
    gc.freeze()  # what was loaded is never garbage; to look through it each time holds up the class for 20 ms
    try:
        if not (line := sys.stdin.readline()):
            return  # a spare that was not needed
        hosting = Hosting(**json.loads(line))
        asyncio.run(_serve(hosting))
    except ContentError as error:
        _say({"problem": str(error)})
    except OSError as error:
        _say({"problem": clean(f"The room cannot be hosted here: {error.strerror or error}.")})
    except KeyboardInterrupt:
        pass


def _say(told: dict[str, Any]) -> None:
    with suppress(OSError):
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _many_files() -> None:
    """Ask for more open files than some systems give: each socket is one, and a class has many."""
    try:
        import resource
    except ImportError:
        return  # not this system's way
    with suppress(OSError, ValueError):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Server(uvicorn.Server):
    """A server whose queue is longer than what it accepts at once; asyncio has one number for both."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(QUEUE)


async def _serve(hosting: Hosting) -> None:
    _many_files()
    folder = Path(hosting.folder)
    store = await asyncio.to_thread(Store, folder)
    hub = Hub(store, hashed(hosting.host), hashed(hosting.screen), snapshot.own_key(Path(hosting.keys)), folder)
    leavings, desk = Leavings(hub, folder), Desk(hub)
    addresses = own_addresses() if hosting.lan else []
    bind = "0.0.0.0" if hosting.lan else LOOPBACK  # noqa: S104 — asked for with --lan
    shown = tuple(f"http://{address}:{hosting.port}/" for address in addresses or [LOOPBACK])
    invite = Invitation(shown, hub.room.lesson.code, hosting.screen)
    config = uvicorn.Config(
        application(hub, invite, leavings, desk, hosting.port),
        host=bind,
        port=hosting.port,
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        ws_max_queue=8,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        http=Hurried,
        h11_max_incomplete_event_size=16 * 1024,
        lifespan="off",
        backlog=ACCEPTED_AT_ONCE,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=5,
        limit_concurrency=1500,
        timeout_graceful_shutdown=2,
    )
    server = Server(config)
    listening = config.bind_socket()
    await hub.open()
    hub.on_end(lambda: _keep(asyncio.create_task(leavings.make())))
    loop = asyncio.get_running_loop()
    threading.Thread(target=_until_alone, args=(loop, server), daemon=True).start()
    working = [asyncio.create_task(Clock(hub).tick_for_ever()), asyncio.create_task(desk.rerun_for_ever())]
    _say({"port": hosting.port, "addresses": shown, "pid": os.getpid()})
    try:
        await server.serve(sockets=[listening])
    finally:
        for task in working:
            task.cancel()
        desk.close()
        leavings.close()
        await hub.close()


_kept: set["asyncio.Task[None]"] = set()


def _keep(task: "asyncio.Task[None]") -> None:
    """Hold a task until it is done; the loop itself would let it be collected."""
    _kept.add(task)
    task.add_done_callback(_kept.discard)


def _until_alone(loop: asyncio.AbstractEventLoop, server: uvicorn.Server) -> None:
    """Stop when the parent process has gone: its end of our standard input closes."""
    with suppress(OSError, ValueError):
        while sys.stdin.readline():
            pass

    def stop() -> None:
        server.should_exit = True

    with suppress(RuntimeError):
        loop.call_soon_threadsafe(stop)


if __name__ == "__main__":
    main()
