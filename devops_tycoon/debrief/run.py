"""A run as plain values: all that a comparison of several needs, small enough to be sent between processes."""

from dataclasses import dataclass, replace
from typing import Any

from devops_tycoon.play.result import result
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.losses import by_cause
from devops_tycoon.sim.values.world import World


@dataclass(frozen=True, slots=True)
class Band:
    """A time in which a failure card acted."""

    began: int
    ended: int
    title: str
    where: str
    host: bool
    """The facilitator made it happen."""


@dataclass(frozen=True)
class Run:
    """What one player's replay gave when it was played again."""

    code: str
    name: str
    joined_tick: int = 0
    late: bool = False
    reports: int = 0
    forecast: int = 0
    """The choice, counted from 1; 0: none."""
    problem: str = ""
    """Why the recording is not believed; empty: it was verified."""
    result: dict[str, Any] | None = None
    """As `run --json` prints it; None: it could not be played."""
    samples: tuple[tuple[int, int, int], ...] = ()
    """(tick, valid, good) so far, in micro-requests."""
    orders: tuple[tuple[int, str, str], ...] = ()
    """(tick, order, by)."""
    bands: tuple[Band, ...] = ()
    losses: tuple[tuple[str, int], ...] = ()
    """(cause, micro-requests), the largest first."""
    over: bool = True
    """It was played to its own end; only such a game can be won."""

    @property
    def uptime(self) -> float:
        """Return the uptime; 0 where it cannot be played."""
        return float(self.result["uptime"]) if self.result else 0.0

    @property
    def points(self) -> int:
        """The score; a run that could not be played has none."""
        return int(self.result["score"]) if self.result else 0

    @property
    def ticks(self) -> int:
        """How far it was played, which may be past the last mark."""
        return int(self.result["ticks"]) if self.result else 0

    @property
    def own(self) -> tuple[tuple[int, str], ...]:
        """(tick, order) of what the player decided: without what the facilitator did, beginnings and forecasts."""
        found = [(tick, text) for tick, text, by in self.orders if by != "facilitator"]
        return tuple((tick, text) for tick, text in found if text.split()[0] not in ("begin", "forecast-answer"))

    @property
    def curve(self) -> tuple[tuple[int, float], ...]:
        """(tick, share of good requests since the mark before)."""
        points = []
        for (_, valid, good), (tick, more, better) in zip(self.samples, self.samples[1:], strict=False):
            if more > valid:
                points.append((tick, (better - good) / (more - valid)))
        return tuple(points)


def run_of(session: Session, code: str, name: str, **more: Any) -> Run:
    """Return the plain values of a session that was played."""
    answer = session.world.answer + 1
    return Run(
        code=code,
        name=name,
        result=result(session),
        samples=tuple((tick, sum(v for v, _ in js), sum(g for _, g in js)) for tick, js in session.samples),
        orders=tuple((order.tick, order.order, order.by) for order in session.orders),
        bands=bands(session),
        losses=by_cause(session.world),
        over=session.over,
        **{**more, "forecast": more.get("forecast", 0) or answer},
    )


def bands(session: Session) -> tuple[Band, ...]:
    """Return when failure cards acted, as the facts tell it, and as the worlds do where no fact tells of an end."""
    injected = {(order.tick, order.order.split()[1]) for order in session.orders if order.order.startswith("inject ")}
    card = {failure.title: failure for failure in session.rules.failures}
    turns = list(session.turns[1:])
    open_: list[Band] = []
    done: list[Band] = []

    def close(ended: list[Band], tick: int) -> None:
        for band in ended:
            open_.remove(band)
            done.append(replace(band, ended=tick))

    def turned(until: int) -> None:
        """Close what did not outlast a shift: a night ends many things without a word."""
        while turns and turns[0].tick < until:
            world = turns.pop(0)
            older = [band for band in open_ if band.began < world.tick]
            close([band for band in older if not _acts(world, card[band.title].id, band.where)], world.tick)

    for tick, fact in session.facts:
        turned(tick)
        title = next((known for known in card if fact.text.startswith(known)), "")
        if fact.kind == "fault" and title:
            host = any((at, card[title].id) in injected for at in (tick, tick - 1))
            open_.append(Band(tick, session.world.tick, title, fact.where, host))
        elif fact.kind == "cured" and title:
            match = next((band for band in open_ if band.title == title and band.where == fact.where), None)
            match = match or next((band for band in open_ if band.title == title), None)
            close([match] if match else [], tick)
        elif fact.kind == "deploy" and "rolled back" in fact.text:
            close([band for band in open_ if band.where == fact.where and card[band.title].deploys], tick)
    turned(session.world.tick + 1)
    return tuple(sorted([*done, *open_], key=lambda band: (band.began, band.title)))


def _acts(world: World, card: str, where: str) -> bool:
    """Say whether a card acts there; what it acted on may since have become part of something else."""
    known = any(service.id == where for service in world.services)
    return any(fault.card == card and (fault.target == where or not known) for fault in world.faults)
