"""Session: one game being played: its world, the orders that wait for the next tick, and its history."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from devops_tycoon.orders import parse, usable
from devops_tycoon.play.game import Game
from devops_tycoon.sim.detection.seen import seen
from devops_tycoon.sim.numerics.digest import digest
from devops_tycoon.sim.obey import obey, refusal
from devops_tycoon.sim.planning.next_act import may_go_on, rules_of
from devops_tycoon.sim.planning.start import start
from devops_tycoon.sim.rules.difficulty import ENGINEER
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.step import RULES, step
from devops_tycoon.sim.values.facts import Fact
from devops_tycoon.sim.values.order import NotationError, Order, Placed
from devops_tycoon.sim.values.world import World

MARK_EVERY = 60
"""Ticks between two check marks."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An order as it stands in a replay."""

    tick: int
    order: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A check mark: the first 4 bytes of the chained digest at a tick, as 8 hexadecimal digits."""

    tick: int
    digest: str


class Listener(Protocol):
    """A recorder that writes down what happens, before it is acknowledged."""

    def ordered(self, recorded: Recorded) -> None:
        """Keep an order that was accepted."""

    def marked(self, mark: Mark) -> None:
        """Keep a check mark."""

    def closed(self, session: "Session") -> None:
        """Keep how it ended or where it was left; nothing more will come."""


class Session:
    """One game being played. Give orders with `place`, let time pass with `advance`, look at `seen`."""

    def __init__(self, game: Game, listener: Listener | None = None) -> None:
        self.game = game
        self.world: World = start(game.rules, game.seed)
        self.facts: list[tuple[int, Fact]] = []
        self.orders: list[Recorded] = []
        self.marks: list[Mark] = []
        self.samples: list[tuple[int, tuple[tuple[int, int], ...]]] = [self._sample()]
        """(tick, (valid, good) micro-requests of each journey) at every mark, for charts."""
        self.turns: list[World] = [self.world]
        """The worlds in which the game, each shift and each planning began: what a quarter is compared with."""
        self._queue: list[Placed] = []
        self._listener = listener
        rules = game.rules
        self._chain = digest((RULES, rules.id, rules.fingerprint, game.seed, game.player, rules.trace))
        if rules.level != ENGINEER:
            self._chain = digest(rules.level, self._chain)

    @property
    def rules(self) -> Rules:
        """The tables that are played with now: a campaign's change from act to act."""
        return rules_of(self.game.rules, self.world)

    @property
    def seen(self) -> World:
        """The world as the company sees it."""
        return seen(self.world, self.rules)

    @property
    def over(self) -> bool:
        """Whether the last shift has ended, and no act follows."""
        return self.world.phase == "over" and not may_go_on(self.world, self.rules)

    @property
    def digest(self) -> str:
        """The chained digest so far, in hexadecimal."""
        return self._chain.hex()

    def why_not(self, order: Order, by: str = "") -> str | None:
        """Return the sentence that says why an order would be refused now, or None."""
        return refusal(self.seen, self.rules, Placed(order, by))

    def offered(self) -> tuple[str, ...]:
        """Return the verbs that the player can use here at all."""
        return tuple(kind.verb for kind in usable(self.rules))

    def place(self, order: Order | str, by: str = "") -> str | None:
        """Accept an order and return None, or return the sentence that refuses it.

        While planning it is done at once; in a shift it waits for the next tick.
        """
        try:
            parsed = parse(order, self.offered()) if isinstance(order, str) else order
        except NotationError as error:
            return str(error) if str(error).endswith("?") else f"{error}."
        why = self.why_not(parsed, by)
        if why is None:
            self.enter(parsed, by)
        return why

    def enter(self, order: Order, by: str = "") -> None:
        """Write an order down and obey it without asking first, as a replay does."""
        recorded = Recorded(self.world.tick, str(order), by)
        if self._listener:
            self._listener.ordered(recorded)
        self.orders.append(recorded)
        self._chain = blake2b(
            self._chain + f"{recorded.tick}. {recorded.order} @{by}".encode(), digest_size=16
        ).digest()
        if self.world.phase == "shift":
            self._queue.append(Placed(order, by))
        else:
            act, phase = len(self.world.chapters), self.world.phase
            self.world, news = obey(self.world, self.rules, Placed(order, by))
            self._tell(news)
            self._turn(phase)
            if len(self.world.chapters) > act:
                self.samples = [self._sample()]

    def advance(self, ticks: int = 1) -> list[Fact]:
        """Play up to that many ticks; stop early where a shift ends. Return the facts of these ticks."""
        told = len(self.facts)
        for _ in range(ticks):
            if self.world.phase != "shift":
                break
            orders, self._queue = self._queue, []
            tick = self.world.tick
            self.world, news = step(self.world, orders, self.rules)
            self._tell(news, tick)
            self._turn("shift")
            if self.world.tick % MARK_EVERY == 0 or self.over:
                self._mark()
            if self.over:
                self.close()
        return [fact for _, fact in self.facts[told:]]

    def listen(self, listener: Listener | None) -> None:
        """Record from now on."""
        self._listener = listener

    def unlisten(self) -> Listener | None:
        """Write nothing down for a while; return who did, for `listen`."""
        listener, self._listener = self._listener, None
        return listener

    def close(self) -> None:
        """Say that nobody plays on."""
        if self._listener:
            self._listener.closed(self)
            self._listener = None

    def _turn(self, phase: str) -> None:
        """Remember the world where another phase has begun."""
        if self.world.phase != phase:
            self.turns.append(self.world)

    def _mark(self) -> None:
        self._chain = digest(self.world, self._chain)
        mark = Mark(self.world.tick, self._chain[:4].hex())
        self.marks.append(mark)
        self.samples.append(self._sample())
        if self._listener:
            self._listener.marked(mark)

    def _sample(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        return self.world.tick, tuple((tally.valid, tally.good) for tally in self.world.tally.journeys)

    def _tell(self, news: Iterable[Fact], tick: int | None = None) -> None:
        at = self.world.tick if tick is None else tick
        self.facts.extend((at, fact) for fact in news)
