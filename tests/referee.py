"""An independent request-by-request simulator: the judge of the fluid model, sharing nothing with it but the input.

One event heap. A request to a service waits in a bounded first-in-first-out queue, takes a slot, works, then makes its
calls (parallel ones together, serial ones in order until a required one fails) while it holds the slot (or not).
A caller that has waited for its timeout goes on without the answer; the work it asked for is done all the same.
"""

import heapq
import random
from bisect import bisect, bisect_left
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from math import ceil
from statistics import linear_regression

from devops_tycoon.lab.graph import LabBreaker, LabCache, LabDemand, LabDependency, LabGraph, LabService
from devops_tycoon.sim.flow.sharding import shard_of
from tests.referee_post import Post

Reply = Callable[[bool, int], None]
"""Called once with (answered well, 1 if degraded + 2 if stale)."""


def void(_: bool) -> None:
    """Take a value that nobody needs."""


class Ticket:
    """A request in a pool: on which replica it is, and whether that one has died."""

    def __init__(self, replica: int) -> None:
        self.replica = replica
        self.busy = False
        self.dead = False


@dataclass
class Pool:
    service: LabService
    dependencies: list[LabDependency]
    name: str
    tokens: float = 0.0
    filled: float = 0.0
    load: dict[int, int] = field(default_factory=dict)
    busy: int = 0
    queue: deque[tuple[Ticket, Callable[[], None]]] = field(default_factory=deque)
    tickets: set[Ticket] = field(default_factory=set)
    dead: set[int] = field(default_factory=set)
    listed: list[int] = field(default_factory=list)
    slots: int = 0
    speed: float = 1.0
    slow_s: float = 0.0
    error: float = 0.0
    down: bool = False
    answering: float = 1.0
    times: list[tuple[float, float]] = field(default_factory=list)
    arrivals: int = 0
    turned: int = 0
    recent: deque[tuple[float, int]] = field(default_factory=deque)
    classes: list[int] = field(default_factory=lambda: [0, 0, 0])
    replicas: int = 0
    scaler: "Scaler | None" = None


@dataclass
class Budget:
    """A token bucket: first attempts pay in, retries pay out."""

    beta: float | None
    tokens: float = 10.0

    def pay_in(self) -> None:
        self.tokens = min(100.0, self.tokens + (self.beta or 0.0))

    def allows(self) -> bool:
        if self.beta is None:
            return True
        if self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True


class Breaker:
    """Counts the outcomes of one dependency in a sliding window; results from before a change of mind do not count."""

    def __init__(self, settings: LabBreaker) -> None:
        self.settings = settings
        self.known: deque[tuple[float, bool]] = deque()
        self.opened: float | None = None
        self.era = 0
        self.sent = 0
        self.well = 0

    def allows(self, now: float) -> bool:
        if self.opened is None:
            return True
        if now < self.opened + self.settings.open_s or self.sent >= self.settings.probes:
            return False
        self.sent += 1
        return True

    def change(self, opened: float | None) -> None:
        self.opened, self.sent, self.well = opened, 0, 0
        self.era += 1
        self.known.clear()

    def learn(self, now: float, era: int, ok: bool) -> None:
        if era != self.era:
            return
        if self.opened is not None:  # a probe
            self.well += ok
            if not ok:
                self.change(now)
            elif self.well == self.settings.probes:
                self.change(None)
            return
        self.known.append((now, ok))
        while self.known[0][0] <= now - self.settings.window_s:
            self.known.popleft()
        failed = sum(not well for _, well in self.known)
        if len(self.known) >= self.settings.min_calls and failed >= self.settings.threshold * len(self.known):
            self.change(now)


class Throttle:
    """Requests and accepts of the last two minutes, for one caller of one service."""

    def __init__(self) -> None:
        self.asked: deque[float] = deque()
        self.accepted: deque[float] = deque()

    def rejects(self, now: float, dice: random.Random) -> bool:
        for line in (self.asked, self.accepted):
            while line and line[0] < now - 120:
                line.popleft()
        requests = len(self.asked)
        self.asked.append(now)
        return dice.random() < (requests - 2 * len(self.accepted)) / (requests + 1)


class Scaler:
    """Kubernetes' autoscaler of one pool, with the times at which its new pods will be ready."""

    def __init__(self, pool: Pool) -> None:
        settings = pool.service.autoscaler
        assert settings is not None
        self.pool, self.settings = pool, settings
        pool.replicas = min(settings.most, max(settings.least, pool.service.replicas))
        self.due: list[float] = []
        self.advice = [(-settings.every_s / 2, pool.replicas)]
        self.rates: list[float] = []
        self.history: list[tuple[float, int]] = [(0.0, pool.replicas)]
        self.stopped = False
        self.at_work = 0.0
        self.since = self.used = 0.0
        self.seen = 0

    def look(self, now: float) -> None:
        """Add what was used since the last look, in pods."""
        pool = self.pool
        count = self.at_work if self.settings.metric == "cpu" else pool.busy
        share = min(1.0, count / pool.slots) if pool.slots else float(count > 0)
        self.used += share * pool.replicas * (now - self.since)
        self.since = now

    def forecast(self) -> float:
        """Return the pods' worth of work that the forecast sees, 0 without one."""
        f, every = self.settings.forecast, self.settings.every_s
        if f is None:
            return 0.0
        lead = (self.settings.start_s + every if f.lead_s is None else f.lead_s) / every
        if f.by == "trend":
            last = self.rates[-max(2, round(f.history_s / every)) :]
            if len(last) < 2:
                return last[0]
            slope, start = linear_regression(range(len(last)), last)
            return start + slope * (len(last) - 0.5 + lead)
        there = len(self.rates) - round(f.period_s / every) + round(lead)
        return self.rates[there] if 0 <= there < len(self.rates) else 0.0

    def decide(self, now: float) -> int:
        """Return the number of pods wanted."""
        self.look(now)
        s, pool = self.settings, self.pool
        work = pool.service.service_time_ms / 1000 / pool.service.concurrency
        self.rates.append((pool.arrivals - self.seen) * work / s.every_s)
        used, self.used, self.seen = self.used / s.every_s, 0.0, pool.arrivals
        there = pool.replicas + len(self.due)
        if self.stopped:
            self.advice.append((now, there))
            return there
        want = there
        ratio = used / pool.replicas / s.target
        if ratio > 1:  # pods that are not ready count with nothing
            ratio = used / there / s.target
            if ratio > 1 + s.tolerance:
                want = ceil(used / s.target)
        elif ratio < 1 - s.tolerance:
            want = ceil(used / s.target)
        ahead = ceil(self.forecast() / s.target)
        self.advice.append((now, max(want, ahead)))
        if want <= there:
            want = min(there, max(n for t, n in self.advice if t > now - max(s.look_back_s, 1e-6) + 1e-6))
        want = max(ahead, min(want, max(there + 4, 2 * there)))
        return min(s.most, max(s.least, want))

    def resize(self, now: float) -> None:
        want = self.decide(now)
        while want > self.pool.replicas + len(self.due):
            self.due.append(now + self.settings.start_s)
        while want < self.pool.replicas + len(self.due):
            if self.due:
                self.due.pop()
            else:
                self.pool.replicas -= 1

    def join(self, now: float) -> None:
        self.look(now)
        while self.due and not self.stopped and self.due[0] <= now + 1e-9:
            self.due.pop(0)
            self.pool.replicas += 1


class Store:
    """A real cache: a dictionary in the order of use, keys drawn by Zipf's law, fetches under way."""

    def __init__(self, settings: LabCache, dice: random.Random) -> None:
        self.settings, self.dice = settings, dice
        self.sums = list(accumulate((rank + 1.0) ** -settings.skew for rank in range(settings.keys)))
        self.until: OrderedDict[int, float] = OrderedDict()
        self.coming: dict[int, list[Reply]] = {}
        self.fetches: list[float] = []
        size = min(settings.capacity or settings.keys, settings.keys)
        while settings.warm and len(self.until) < size:
            if settings.capacity is None:
                self.fill(len(self.until), -dice.random() * (settings.ttl_s or 0.0))
            else:
                key = self.draw()
                self.until.pop(key, None)
                self.fill(key, -dice.random() * (settings.ttl_s or 0.0))

    def draw(self) -> int:
        return bisect_left(self.sums, self.dice.random() * self.sums[-1])

    def has(self, key: int, now: float) -> bool:
        if self.until.get(key, -1.0) <= now:
            return False
        self.until.move_to_end(key)
        return True

    def fill(self, key: int, now: float) -> None:
        life = self.settings.ttl_s
        if life is not None and self.settings.ttl_jitter:
            life *= 1.0 + self.settings.ttl_jitter * (2.0 * self.dice.random() - 1.0)
        self.until[key] = 1e18 if life is None else now + life
        self.until.move_to_end(key)
        if self.settings.capacity is not None and len(self.until) > self.settings.capacity:
            self.until.popitem(last=False)


@dataclass
class Referee:
    """Runs a graph with one seed; afterwards `log` has (entry, when noticed, good, degraded, seconds)."""

    graph: LabGraph
    seed: int = 1
    now: float = 0.0
    log: list[tuple[str, float, bool, bool, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.keys: dict[str, list[float]] = {}
        self.heap: list[tuple[float, int, Callable[[], None]]] = []
        self.count = 0
        deps = self.graph.dependencies
        self.budgets = {id(d): Budget(d.retry_budget) for d in deps}
        self.budgets |= {id(d): Budget(d.retry_budget) for d in self.graph.demand}
        self.breakers = {id(d): Breaker(d.breaker) for d in deps if d.breaker}
        self.under_way = {id(d): 0 for d in deps}
        self.stores = {id(d): Store(d.cache, self.dice) for d in deps if d.cache}
        self.throttles = {id(link): Throttle() for link in [*deps, *self.graph.demand]}
        self.priority = {s.id: 2 for s in self.graph.services}
        for demand in self.graph.demand:
            self.reach(demand.entry, demand.priority)
        self.post = Post(self)
        self.pools = {
            name: Pool(s, [d for d in deps if d.caller == s.id], name, s.quota.burst if s.quota else 0.0)
            for s in self.graph.services
            for name in ([s.id] if s.shards == 1 else [f"{s.id}#{i + 1}" for i in range(s.shards)])
        }
        self.services = {s.id: s for s in self.graph.services}
        self.free = {(id(d), r): d.connections for d in deps for r in range(self.services[d.caller].replicas)}
        self.asking: dict[tuple[int, int], deque[Callable[[], None]]] = {key: deque() for key in self.free}
        self.opened: dict[int, int] = {}
        spent = dict.fromkeys(self.services, 0)
        for d in deps:
            if d.connections:
                most = self.services[d.callee].max_connections
                left = 10**9 if most is None else most - spent[d.callee]
                self.opened[id(d)] = min(left, d.connections * self.services[d.caller].replicas)
                spent[d.callee] += self.opened[id(d)]
        for pool in self.pools.values():
            pool.replicas = pool.service.replicas
            pool.scaler = Scaler(pool) if pool.service.autoscaler else None

    def reach(self, name: str, priority: int) -> None:
        """Everything that a demand needs is as important as the demand."""
        if priority < self.priority[name]:
            self.priority[name] = priority
        for d in self.graph.dependencies:
            if d.caller == name:
                self.reach(d.callee, priority)

    def after(self, delay: float, action: Callable[[], None]) -> None:
        self.count += 1
        heapq.heappush(self.heap, (self.now + delay, self.count, action))

    def run(self) -> "Referee":
        self.set_faults()
        self.post.watch()
        for fault in self.graph.faults:
            if fault.flush:
                self.after(fault.at, partial(self.flush, fault.service))
            self.after(fault.at, self.set_faults)
            self.after(fault.at + fault.lasts, self.set_faults)
            if fault.zone:
                self.after(fault.at + fault.registry_s, self.set_faults)
        for pool in self.pools.values():
            if pool.scaler:
                self.after(pool.scaler.settings.every_s, partial(self.autoscale, pool.scaler))
        for demand in self.graph.demand:
            peak = max([demand.rate] + [s.rate for s in demand.spikes])
            if peak > 0:
                self.after(self.dice.expovariate(peak), partial(self.arrive, demand, peak))
        while self.heap and self.heap[0][0] <= self.graph.seconds:
            self.now, _, action = heapq.heappop(self.heap)
            action()
        return self

    def autoscale(self, scaler: Scaler) -> None:
        scaler.resize(self.now)
        self.after(scaler.settings.every_s, partial(self.autoscale, scaler))
        self.after(scaler.settings.start_s, self.set_faults)
        self.set_faults()

    def flush(self, name: str) -> None:
        for d in self.pools[name].dependencies:
            if d.cache:
                self.stores[id(d)].until.clear()

    def ask(self, d: LabDependency, reply: Reply, replica: int) -> None:
        """Look into the caller's cache before the callee is called."""
        store = self.stores.get(id(d))
        if store is None:
            self.call(d.callee, d, reply, replica=replica)
            return
        key = store.draw()
        if store.has(key, self.now):
            self.after(store.settings.hit_ms / 1000, lambda: reply(True, 0))
            return
        if store.settings.single_flight and key in store.coming:
            store.coming[key].append(reply)
            return
        store.fetches.append(self.now)
        if store.settings.single_flight:
            store.coming[key] = []

        def came(ok: bool, degraded: int) -> None:
            if ok:
                store.fill(key, self.now)
            for other in [reply, *store.coming.pop(key, [])]:
                other(ok, degraded)

        self.call(d.callee, d, came, replica=replica)

    def set_faults(self) -> None:
        for pool in self.pools.values():
            acting = [
                f
                for f in self.graph.faults
                if f.service in (pool.service.id, pool.name) and f.at <= self.now + 1e-9 < f.at + f.lasts
            ]
            if pool.scaler:
                pool.scaler.stopped = any(f.control_plane_down for f in acting)
                pool.scaler.join(self.now)
                pool.scaler.history.append((self.now, pool.replicas))
            self.set_zones(pool)
            slots = float((pool.replicas - len(pool.dead)) * pool.service.concurrency)
            right = 1.0
            for f in acting:
                slots *= f.capacity_factor
                right *= 1.0 - f.error_rate
            slots = min(slots, 1.0) if pool.service.id in self.post.in_order else slots
            whole = int(slots) if slots == int(slots) else int(slots) + 1
            pool.slots, pool.speed = whole, (slots / whole if whole else 1.0)
            pool.slow_s, pool.error = sum(f.add_latency_ms for f in acting) / 1000.0, 1.0 - right
            pool.down = any(f.down for f in acting)
            pool.answering = 1.0
            for f in acting:
                pool.answering *= 1.0 - f.lost
            self.fill(pool)

    def zone_of(self, service: LabService, replica: int) -> str:
        return service.zones[replica % len(service.zones)] if service.zones else ""

    def set_zones(self, pool: Pool) -> None:
        """Kill what works on replicas of dead zones, and take those off the list that the registry knows to be dead."""
        service, everyone = pool.service, sum(s.replicas for s in self.graph.services)
        before, pool.dead = pool.dead, set()
        pool.listed = list(range(service.replicas))
        for f in self.graph.faults:
            if not f.zone or not f.at <= self.now + 1e-9 < f.at + f.lasts:
                continue
            there = [(s.id, r) for s in self.graph.services for r in range(s.replicas) if self.zone_of(s, r) == f.zone]
            safe = self.graph.registry
            keeps = safe is not None and everyone - len(there) < safe.self_preservation * everyone
            mine = {r for name, r in there if name == service.id}
            pool.dead |= mine
            if self.now + 1e-9 >= f.at + f.registry_s and not keeps:
                pool.listed = [r for r in pool.listed if r not in mine]
        for ticket in list(pool.tickets):
            if ticket.replica in pool.dead - before:
                ticket.dead = True
                pool.busy -= ticket.busy
                pool.tickets.discard(ticket)
        pool.queue = deque((t, w) for t, w in pool.queue if not t.dead)

    def arrive(self, demand: LabDemand, peak: float) -> None:
        self.after(self.dice.expovariate(peak), lambda: self.arrive(demand, peak))
        rate = demand.rate
        for spike in demand.spikes:
            if spike.at <= self.now < spike.at + spike.lasts:
                rate = spike.rate
        if self.dice.random() * peak >= rate:
            return
        begun = self.now

        def done(ok: bool, degraded: int) -> None:
            self.log.append((demand.entry, self.now, ok and degraded < 2, degraded == 1, self.now - begun))

        self.call(demand.entry, demand, reply=done)

    def shard(self, service: LabService) -> str:
        """Draw a key as often as it is asked for, and look up where it is."""
        if service.id not in self.keys:
            self.keys[service.id] = list(accumulate((r + 1) ** -service.skew for r in range(service.keys)))
        sums = self.keys[service.id]
        key = bisect(sums, self.dice.random() * sums[-1])
        return f"{service.id}#{shard_of(key, service.shards) + 1}"

    def call(
        self, name: str, link: LabDependency | LabDemand, reply: Reply, attempt: int = 0, replica: int = 0
    ) -> None:
        if name not in self.pools:
            name = self.shard(self.services[name])
        if isinstance(link, LabDependency) and link.detached:
            self.post.publish(link)
            reply(True, 0)
            return
        open_ = [True]
        budget = self.budgets[id(link)]
        breaker = self.breakers.get(id(link))
        if attempt == 0:
            budget.pay_in()
        if breaker and not breaker.allows(self.now):
            reply(False, 0)
            return
        throttle = self.throttles[id(link)] if self.pools[name].service.throttle else None
        if throttle and throttle.rejects(self.now, self.dice):
            reply(False, 0)
            return
        if isinstance(link, LabDependency):
            if link.bulkhead is not None and self.under_way[id(link)] >= link.bulkhead:
                reply(False, 0)
                return
            self.under_way[id(link)] += 1
        era = breaker.era if breaker else 0

        def answer(ok: bool, degraded: int) -> None:
            if not open_[0]:
                return
            open_[0] = False
            if isinstance(link, LabDependency):
                self.under_way[id(link)] -= 1
            if breaker:
                breaker.learn(self.now, era, ok)
            if throttle and taken[0]:
                throttle.accepted.append(self.now)
            if ok or attempt == link.retries or not budget.allows():
                reply(ok, degraded | (2 if ok and self.post.finds_old_data(link) else 0))
            else:
                pause = link.backoff_ms / 1000
                if link.jitter:
                    pause *= 1.0 + link.jitter * (2.0 * self.dice.random() - 1.0)
                self.after(pause, lambda: self.call(name, link, reply, attempt + 1, replica))

        taken = [False]

        def timed_out() -> None:
            taken[0] = False
            answer(False, 0)

        if link.timeout_ms is not None:
            self.after(link.timeout_ms / 1000, timed_out)
        priority = link.priority if isinstance(link, LabDemand) else self.priority[link.caller]
        way = self.pools[name].service.latency_ms / 1000 if isinstance(link, LabDependency) else 0.0

        def go(answer: Reply) -> None:
            if way:
                self.after(way, lambda: void(self.enter(name, answer, priority)))
            else:
                taken[0] = self.enter(name, answer, priority)

        if isinstance(link, LabDependency) and link.connections:
            self.connect(link, replica, open_, answer, go)
        else:
            go(answer)

    def connect(
        self, link: LabDependency, replica: int, open_: list[bool], answer: Reply, go: Callable[[Reply], None]
    ) -> None:
        """Take one of the replica's connections, or wait for one; it is given back when the answer comes or is late."""
        if replica * (link.connections or 0) >= self.opened[id(link)]:
            answer(False, 0)
            return
        key = (id(link), replica)

        def begin() -> None:
            if not open_[0]:  # given up while it waited
                give_back()
                return
            busy = [True]

            def back(ok: bool, degraded: int) -> None:
                if busy[0]:
                    busy[0] = False
                    give_back()
                    answer(ok, degraded)

            if link.timeout_ms is not None:
                self.after(link.timeout_ms / 1000, lambda: back(False, False))
            go(back)

        def give_back() -> None:
            self.free[key] = (self.free[key] or 0) + 1
            if self.asking[key]:
                self.free[key] = (self.free[key] or 0) - 1
                self.asking[key].popleft()()

        if self.free[key]:
            self.free[key] = (self.free[key] or 0) - 1
            begin()
        else:
            self.asking[key].append(begin)

    def sheds(self, pool: Pool, priority: int) -> bool:
        """Admit limit / L of what arrives, the most important of the last ten seconds first."""
        if pool.service.limit is None:
            return False
        pool.recent.append((self.now, priority))
        pool.classes[priority] += 1
        while pool.recent[0][0] < self.now - 10:
            pool.classes[pool.recent.popleft()[1]] -= 1
        here = pool.busy + len(pool.queue)
        admitted = min(1.0, pool.service.limit / here) if here else 1.0
        before = sum(pool.classes[:priority]) / len(pool.recent)
        same = pool.classes[priority] / len(pool.recent)
        return self.dice.random() >= (admitted - before) / same

    def enter(self, name: str, reply: Reply, priority: int) -> bool:
        pool = self.pools[name]
        ticket = Ticket(self.dice.choice(pool.listed) if pool.service.zones and pool.listed else 0)
        if pool.service.zones and not pool.listed:
            reply(False, 0)
            return False
        if ticket.replica in pool.dead:
            return True  # nobody is there to answer, or to refuse
        if pool.answering < 1.0 and self.dice.random() >= pool.answering:
            return True
        pool.arrivals += 1
        quota = pool.service.quota
        if quota:
            pool.tokens = min(quota.burst, pool.tokens + (self.now - pool.filled) * quota.rate)
            pool.filled = self.now
            if pool.tokens < 1.0:
                pool.turned += 1
                reply(False, 0)
                return False
            pool.tokens -= 1.0
        limit = pool.service.queue
        full = limit is not None and pool.busy >= pool.slots and len(pool.queue) >= limit
        if pool.down or self.sheds(pool, priority) or full:
            pool.turned += 1
            reply(False, 0)
            return False
        came = self.now
        pool.tickets.add(ticket)
        pool.queue.append((ticket, lambda: self.work(pool, came, reply, ticket)))
        self.fill(pool)
        return True

    def ticket(self) -> Ticket:
        """A ticket of a message, which stands on no replica in particular."""
        return Ticket(0)

    def fill(self, pool: Pool) -> None:
        while pool.queue and pool.busy < pool.slots:
            if pool.scaler:
                pool.scaler.look(self.now)
            pool.busy += 1
            ticket, work = pool.queue.popleft()
            ticket.busy = True
            if any(d.connections for d in pool.dependencies):
                room = [r for r in range(pool.service.replicas) if pool.load.get(r, 0) < pool.service.concurrency]
                ticket.replica = self.dice.choice(room)
                pool.load[ticket.replica] = pool.load.get(ticket.replica, 0) + 1
            work()

    def leave(self, pool: Pool, came: float, ticket: Ticket) -> None:
        if ticket.dead:
            return
        pool.tickets.discard(ticket)
        if pool.scaler:
            pool.scaler.look(self.now)
        pool.busy -= 1
        if ticket.replica in pool.load:
            pool.load[ticket.replica] -= 1
        pool.times.append((self.now, self.now - came))
        self.fill(pool)

    def work(self, pool: Pool, came: float, reply: Reply, ticket: Ticket) -> None:
        self.after(self.work_time(pool), lambda: self.call_others(pool, came, reply, ticket))

    def work_time(self, pool: Pool) -> float:
        own = self.dice.expovariate(1000.0 / pool.service.service_time_ms)
        working = own
        own += self.dice.expovariate(1.0 / pool.slow_s) if pool.slow_s > 0 else 0.0
        if pool.scaler:
            pool.scaler.look(self.now)
            pool.scaler.at_work += working / own
            self.after(own / pool.speed, partial(self.rest, pool.scaler, working / own))
        return own / pool.speed

    def rest(self, scaler: Scaler, share: float) -> None:
        scaler.look(self.now)
        scaler.at_work -= share

    def call_others(self, pool: Pool, came: float, reply: Reply, ticket: Ticket, stay: bool = False) -> None:
        """Make the calls after the own work; `stay`: the slot is given back by whom is replied to."""
        if ticket.dead:
            return
        plain = [d for d in pool.dependencies if d.choice is None for _ in range(self.times(d.calls))]
        for number in dict.fromkeys(d.choice for d in pool.dependencies if d.choice is not None):
            members = [d for d in pool.dependencies if d.choice == number]
            weights = [d.calls for d in members]
            plain += self.dice.choices(members, weights, k=self.times(sum(weights)))
        group = [d for d in plain if d.parallel]
        serial = [d for d in plain if not d.parallel]
        hold = all(d.hold for d in pool.dependencies if not d.detached)
        state = {"ok": True, "degraded": 0, "left": len(group)}
        if not hold and not stay:
            self.leave(pool, came, ticket)

        def note(d: LabDependency, ok: bool, degraded: int) -> None:
            if not ok and d.required:
                state["ok"] = False
            state["degraded"] |= degraded if ok else 1

        def finish() -> None:
            if hold and not stay:
                self.leave(pool, came, ticket)
            ok = bool(state["ok"]) and self.dice.random() >= pool.error
            if ticket.dead:
                return
            reply(ok, state["degraded"] if ok else 0)

        def follow(i: int) -> None:
            if i == len(serial) or not state["ok"]:
                finish()
                return
            d = serial[i]

            def back(ok: bool, degraded: int) -> None:
                note(d, ok, degraded)
                follow(i + 1)

            self.ask(d, back, ticket.replica)

        def joined(d: LabDependency, ok: bool, degraded: int) -> None:
            note(d, ok, degraded)
            state["left"] -= 1
            if state["left"] == 0:
                follow(0)

        if not group:
            follow(0)
        for d in group:
            self.ask(d, partial(joined, d), ticket.replica)

    def times(self, k: float) -> int:
        return int(k) + (self.dice.random() < k - int(k))

    def availability(self, entry: str, begin: float = 0.0, end: float = 1e18) -> float:
        fates = [ok for name, when, ok, _, _ in self.log if name == entry and begin <= when < end]
        return sum(fates) / len(fates) if fates else 1.0

    def percentile(self, entry: str, q: float, begin: float = 0.0) -> float:
        times = sorted(t for name, when, _, _, t in self.log if name == entry and when >= begin)
        return times[min(len(times) - 1, int(q * len(times)))]

    def mean(self, entry: str, begin: float = 0.0) -> float:
        times = [t for name, when, _, _, t in self.log if name == entry and when >= begin]
        return sum(times) / len(times)

    def replicas(self, name: str, when: float) -> int:
        """Return the replicas that took work at a time."""
        scaler = self.pools[name].scaler
        assert scaler is not None
        return [count for t, count in scaler.history if t <= when][-1]
