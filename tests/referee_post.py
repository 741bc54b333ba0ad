"""The referee's post office: messages one by one, and what readers of a lagging replica find."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from devops_tycoon.lab.graph import LabDemand, LabDependency

if TYPE_CHECKING:
    from tests.referee import Pool, Referee, Ticket


@dataclass
class Message:
    """One message, its failed deliveries, and whether it was ever processed well."""

    link: LabDependency
    poison: bool
    failed: int = 0
    done: bool = False


@dataclass
class Post:
    """Messages of one run; afterwards `backlog` has requests in each consumer's pool per second."""

    referee: "Referee"
    dead: list[tuple[str, float]] = field(default_factory=list)
    published: int = 0
    processed: int = 0
    backlog: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        links = self.referee.graph.dependencies
        self.in_order = {d.callee for d in links if d.ordered}
        self.backlog = {d.callee: [] for d in links if d.detached}
        self.readers = [d for d in links if d.stale]
        self.found_old = {id(d): False for d in self.readers}

    def watch(self) -> None:
        for name, sizes in self.backlog.items():
            pool = self.referee.pools[name]
            sizes.append(pool.busy + len(pool.queue))
        if self.backlog:
            self.referee.after(1.0, self.watch)

    def publish(self, link: LabDependency) -> None:
        self.published += 1
        message = Message(link, link.poison > 0.0 and self.referee.dice.random() < link.poison)
        for reader in self.readers:  # the writer reads again after a while, and may find that this one is not applied
            if reader.stale and reader.stale.lag_of == link.callee:
                gap = self.referee.dice.expovariate(1.0 / reader.stale.gap_s)
                self.referee.after(gap, partial(self.look, reader, message))
        self.deliver(message)

    def look(self, reader: LabDependency, message: Message) -> None:
        self.found_old[id(reader)] = not message.done

    def finds_old_data(self, link: LabDependency | LabDemand) -> bool:
        if not isinstance(link, LabDependency) or link.stale is None or link.stale.share == 0.0:
            return False
        return self.referee.dice.random() < link.stale.share and self.found_old[id(link)]

    def deliver(self, message: Message) -> None:
        pool = self.referee.pools[message.link.callee]
        pool.arrivals += 1
        limit = pool.service.queue
        full = limit is not None and pool.busy >= pool.slots and len(pool.queue) >= limit
        if pool.down or full:
            pool.turned += 1
            self.failed(message)
            return
        ticket = self.referee.ticket()
        pool.queue.append((ticket, partial(self.take, pool, message, self.referee.now, ticket)))
        self.referee.fill(pool)

    def failed(self, message: Message) -> None:
        """Deliver it again, or give up."""
        message.failed += 1
        if message.failed > message.link.retries:
            self.dead.append((message.link.callee, self.referee.now))
        else:
            self.referee.after(message.link.backoff_ms / 1000, partial(self.deliver, message))

    def take(self, pool: "Pool", message: Message, came: float, ticket: "Ticket") -> None:
        """A consumer has a slot for it; from now on the visibility timeout runs."""
        link, open_ = message.link, [True]

        def settle(ok: bool, _: int) -> None:
            if not open_[0]:
                return
            open_[0] = False
            if ok:
                self.processed += not message.done
                message.done = True
            elif not link.ordered:
                self.failed(message)
                return
            elif message.failed < link.retries:
                message.failed += 1
                self.referee.after(link.backoff_ms / 1000, partial(self.take, pool, message, came, ticket))
                return
            else:
                self.dead.append((link.callee, self.referee.now))
            if link.ordered:
                self.referee.leave(pool, came, ticket)

        if link.timeout_ms is not None:
            self.referee.after(link.timeout_ms / 1000, partial(settle, False, 0))
        own = self.referee.work_time(pool)
        then: Callable[[], None] = partial(self.referee.call_others, pool, came, settle, ticket, link.ordered)
        if message.poison:
            then = partial(self.spoil, pool, came, settle, ticket, link.ordered)
        self.referee.after(own, then)

    def spoil(
        self, pool: "Pool", came: float, settle: Callable[[bool, int], None], ticket: "Ticket", stay: bool
    ) -> None:
        if not stay:
            self.referee.leave(pool, came, ticket)
        settle(False, 0)
