"""A hosted room for tests: a real process, a real socket, a real disk."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from devops_tycoon.workshop.host import Host
from devops_tycoon.workshop.hosting import Wanted, hosting
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.remote import RemoteSession
from devops_tycoon.workshop.tokens import person_token

LESSON = "worse-than-dead"
PATIENCE_S = 120.0
"""Guards against waiting for ever, and is no bar: a busy machine may take long."""


@dataclass
class Hosted:
    """A room with its host's link, and the links that a test opened."""

    host: Host
    link: Link
    code: str
    links: list[Link] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.host.port}"

    def do(self, *commands: str) -> None:
        for command in commands:
            answer = self.link.send("do", command, PATIENCE_S)
            assert answer.stored, f"{command}: {answer.why}"

    def connect(self, token: str = "", name: str = "", code: str | None = None) -> Link:
        link = Link.open(self.address, token or person_token(), self.code if code is None else code, name)
        self.links.append(link)
        return link

    def player(self, name: str = "") -> RemoteSession:
        return RemoteSession.join(self.connect(name=name))


@contextmanager
def a_room(folder: Path, **wanted: object) -> Iterator[Hosted]:
    """Host a room in a folder."""
    given = {"lesson": LESSON, "seed": 7, "room": folder} | wanted
    with hosting(Wanted(**given)) as (host, link, code):  # type: ignore[arg-type]
        hosted = Hosted(host, link, code)
        try:
            yield hosted
        finally:
            for opened in hosted.links:
                opened.close()


@contextmanager
def another_round(room: Hosted) -> Iterator[Hosted]:
    """Begin a round in a room that other tests have used; who came for them keeps a seat."""
    room.do("reset", "board shown")
    until(room.link, lambda: room.link.now["state"] == "lobby")
    yield room
    for opened in room.links:
        opened.close()
    room.links.clear()


def until(link: Link, holds: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
    """Wait until something holds that the room will tell."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, f"never: {link.now}"
        link.wait(link.version, 0.2)


def follow(session: RemoteSession, tick: int) -> None:
    """Follow the room to a tick."""

    def there() -> bool:
        session.follow()
        return session.world.tick >= tick

    until(session.link, there)
