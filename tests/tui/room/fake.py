"""A link without a room: what the room would say is set by the test."""

from typing import Any, cast

from devops_tycoon.play.game import load
from devops_tycoon.sim.step import RULES
from devops_tycoon.workshop.connection import Answer, Inbox
from devops_tycoon.workshop.link import Link

LESSON = "worse-than-dead"
LED = "act-1"


class FakeLink:
    """The public attributes of a link, as data."""

    def __init__(self, role: str, **now: Any) -> None:
        game = load(LESSON, 7)
        self.welcome = {
            "role": role, "me": "P02", "name": "Calm Otter", "scenario": LESSON, "title": "Worse than Dead",
            "content": game.rules.fingerprint, "rules": RULES, "seed": 7, "difficulty": "engineer", "round": 1,
        }  # fmt: skip
        self.now: dict[str, Any] = {"round": 1, "tick": 0, "state": "lobby", "pace": 4, "people": 3, **now}
        self.connected, self.bye, self.version = True, "", 1
        self.inbox = Inbox()
        self.sent: list[str] = []
        self.refusal = ""

    def lead(self, scenario: str = LED) -> None:
        """Play a company that is led instead."""
        self.welcome |= {"scenario": scenario, "content": load(scenario, 7).rules.fingerprint}

    def tell(self, *log: list[Any], **now: Any) -> None:
        """Let the room say something."""
        self.inbox.log += log
        self.now |= now
        self.version += 1

    def take(self) -> Inbox:
        inbox, self.inbox = self.inbox, Inbox()
        return inbox

    def renew(self) -> None:
        self.inbox.again = False

    def welcomed(self, wait_s: float) -> bool:  # noqa: ARG002
        return True

    def wait(self, version: int, wait_s: float) -> bool:  # noqa: ARG002
        return True

    def mark(self, tick: int, digest: str) -> None:
        pass

    def send(self, kind: str, text: str, wait_s: float = 1.5) -> Answer:  # noqa: ARG002
        self.sent.append(text)
        return Answer(not self.refusal, 0 if not self.refusal else -1, self.refusal)

    @property
    def link(self) -> Link:
        return cast(Link, self)


def board(frozen: bool = False) -> dict[str, Any]:
    """Return a board of three."""
    rows = [
        {"rank": n, "code": f"P0{n}", "name": name, "score": score, "uptime": score / 1000, "good": 0.98,
         "orders": n, "late": n == 3, "over": False, "trouble": n == 2}
        for n, name, score in ((1, "Bold Heron", 990), (2, "Calm Otter", 871), (3, "Keen\x1b[31m \u202eAda", 500))
    ]  # fmt: skip
    return {"frozen": frozen, "tick": 12, "rows": rows}


def console_now() -> dict[str, Any]:
    """Return what a host is told in a shift."""
    roster = [
        {"code": f"P0{n}", "name": name, "connected": n != 1, "behind": 0, "late": n == 3, "removed": False,
         "reports": 0, "forecast": n % 2}
        for n, name in ((1, "Bold Heron"), (2, "Calm Otter"), (3, "Keen\x1b[31m \u202eAda"))
    ]  # fmt: skip
    return {
        "state": "paused", "tick": 12, "why": "The facilitator paused the clock.", "roster": roster,
        "board": board(), "board_is": "frozen", "code": "K7WPXM", "addresses": ["http://127.0.0.1:8137/"],
        "screen": "x" * 24, "events": [[0, "A shift begins"], [12, "inject slow-dependency"]], "locked": ["scale"],
        "palette": ["inject slow-dependency", "inject hot-key"], "message": "Look [b]closely[/b]",
        "poll": {"id": 1, "text": "What failed?", "choices": ["web", "catalog"], "mine": 0, "counts": [2, 1],
                 "open": True},
    }  # fmt: skip
