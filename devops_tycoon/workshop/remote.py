"""A session that is played in a room: the same game on this machine, with the room's clock and the room's log."""

from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.orders import parse
from devops_tycoon.play.game import Game, load
from devops_tycoon.play.session import Recorded, Session
from devops_tycoon.sim.step import RULES
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NotationError, Order
from devops_tycoon.workshop.link import Link
from devops_tycoon.workshop.room import BEGINS

SHARED = "Your seat is also open in another window. If you are someone else, leave and join with --new."
ANSWER_S = 1.5
"""How long a screen may stand still for the room's answer."""


def game_of(welcome: dict[str, object]) -> Game:
    """Return the game that a room plays; raise ContentError if this version has another."""
    scenario = str(welcome["scenario"])
    game = load(scenario, int(str(welcome["seed"])), str(welcome["me"]), difficulty=str(welcome["difficulty"]))
    if welcome["rules"] != RULES or welcome["content"] != game.rules.fingerprint:
        text = "is played there in another version; expected the same version of DevOps Tycoon, or a browser"
        raise ContentError([Problem("workshop join", 0, "", f"{scenario} {text}")])
    return game


class RemoteSession(Session):
    """A session whose orders are the room's to accept, and whose time is the room's to give."""

    def __init__(self, game: Game, link: Link) -> None:
        super().__init__(game)
        self.link = link
        self.renewed = False
        """The room plays another round: this session is history."""
        self._waiting: list[Recorded] = []
        self._to = 0
        self._marked = 0

    @classmethod
    def join(cls, link: Link, wait_s: float = 10.0) -> "RemoteSession":
        """Wait for the room's welcome and begin the game that it plays; raise ContentError with its refusal."""
        if not link.welcomed(wait_s):
            said = link.bye or "no answer; check the address and that you are on the same network"
            raise ContentError([Problem("workshop join", 0, "", said)])
        link.renew()
        return cls(game_of(link.welcome), link)

    @property
    def behind(self) -> int:
        """Ticks that were announced and are not played here yet."""
        return max(0, self._to - self.world.tick) if self.world.phase == "shift" else 0

    def offered(self) -> tuple[str, ...]:
        """Return the verbs that a player can use; the facilitator begins."""
        return tuple(verb for verb in super().offered() if verb not in BEGINS)

    def place(self, order: Order | str, by: str = "") -> str | None:  # noqa: ARG002 — the room knows who we are
        """Ask the room for an order; return None when it has stored it, or the sentence that refuses it."""
        try:
            parsed = parse(order, self.offered()) if isinstance(order, str) else order
        except NotationError as error:
            return str(error) if str(error).endswith("?") else f"{error}."
        self._take()
        if parsed.verb not in BEGINS and (why := self.why_not(parsed)) is not None:
            return why
        answer = self.link.send("order", str(parsed), ANSWER_S)
        if answer.stored:
            self._take_until(parsed, answer.tick)
        return None if answer.stored else answer.why

    def _take_until(self, order: Order, tick: int) -> None:
        """Wait for the entry that was acknowledged: it comes with the acknowledgement, or right after."""
        for _ in range(10):
            version = self.link.version
            self._take()
            known = [*self.orders[-20:], *self._waiting]
            if self.renewed or any(r.tick == tick and r.order == str(order) and not r.by for r in known):
                return
            self.link.wait(version, 0.1)

    def follow(self, most: int = 10**9) -> list[Fact]:
        """Enter what came, play up to so many of the announced ticks, and return the facts of it."""
        told = len(self.facts)
        self._take()
        played = 0
        while played < most and self.world.phase == "shift" and self.world.tick < self._to and not self.renewed:
            super().advance()
            played += 1
            self._enter()
        for mark in self.marks[self._marked :]:
            self.link.mark(mark.tick, mark.digest)
        self._marked = len(self.marks)
        return [fact for _, fact in self.facts[told:]]

    def advance(self, ticks: int = 1) -> list[Fact]:
        """Play what the room has announced, and never more."""
        return self.follow(ticks)

    def _take(self) -> None:
        inbox = self.link.take()
        self.renewed = self.renewed or inbox.again
        if self.renewed:
            return
        self._waiting += [Recorded(int(tick), str(order), str(by)) for tick, order, by, _ in inbox.log]
        self._to = int(self.link.now.get("tick", 0))
        self._enter()

    def _enter(self) -> None:
        while self._waiting and self._waiting[0].tick <= self.world.tick:
            entry = self._waiting.pop(0)
            if not self.over:
                self.enter(parse(entry.order), entry.by)
