"""What a class debrief is made of: plain values, and what several of its parts ask of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from devops_tycoon.debrief.html.charts import Axis
from devops_tycoon.debrief.run import Band, Run
from devops_tycoon.debrief.timeline import when
from devops_tycoon.lab.odds import Odds
from devops_tycoon.sim.rules.rules import Rules

Point = tuple[int, float]
_DAY = 12
"""Letters of a day that have room under a chart."""


@dataclass(frozen=True)
class Lesson:
    """A lesson that was held, with every run played again."""

    rules: Rules
    seed: int
    runs: tuple[Run, ...]
    title: str = ""
    events: tuple[tuple[int, str], ...] = ()
    """(tick, what the host did)."""
    polls: tuple[tuple[str, tuple[str, ...], tuple[int, ...]], ...] = ()
    """(text, choices, counts)."""
    solution: Run | None = None
    odds: Mapping[str, Odds] = field(default_factory=dict)
    """By code."""

    @cached_property
    def ranked(self) -> tuple[Run, ...]:
        """Those who played from the beginning, the best first."""
        return _sorted(run for run in self.runs if not run.late)

    @cached_property
    def late(self) -> tuple[Run, ...]:
        """Those who joined later, the best first."""
        return _sorted(run for run in self.runs if run.late)

    @cached_property
    def everybody(self) -> tuple[Run, ...]:
        """All, those who joined later after the others."""
        return self.ranked + self.late

    @cached_property
    def compared(self) -> tuple[Run, ...]:
        """Those whose games can be compared: played from the beginning, and playable."""
        return tuple(run for run in self.ranked if run.result is not None)

    @cached_property
    def median(self) -> tuple[Point, ...]:
        """The middle of all curves at each of their ticks."""
        at: dict[int, list[float]] = {}
        for run in self.compared:
            for tick, share in run.curve:
                at.setdefault(tick, []).append(share)
        return tuple((tick, middle(found)) for tick, found in sorted(at.items()))

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """What happened to at least half of the teams: the scenario's faults and the host's."""
        seen: dict[tuple[str, str, int], list[Band]] = {}
        for run in self.compared or self.everybody:
            for band in run.bands:
                seen.setdefault((band.title, band.where, band.began), []).append(band)
        half = max(1, len(self.compared) // 2)
        common = [max(same, key=lambda band: band.ended) for same in seen.values() if len(same) >= half]
        return tuple(sorted(common, key=lambda band: band.began))

    @cached_property
    def axis(self) -> Axis:
        """From the first tick to the last that anybody played."""
        last = max((max(run.samples[-1][0], run.ticks) for run in self.everybody if run.samples), default=1)
        ticks = [last * part // 6 for part in range(7)]
        return Axis(0, last, tuple((tick, self._mark(tick)) for tick in ticks))

    def clock(self, tick: int) -> str:
        """Return the time of day of a tick, as 20:12; as Mon 20:12 or Dec 2010 20:12 where there are several days."""
        day, _, time = when(self.rules, tick).rpartition(" ")
        short = " ".join(word if word.isdigit() else word[:3] for word in day.split())
        return f"{short[:_DAY]} {time[:5]}" if len(self.rules.scenario.shifts) > 1 else time[:5]

    def span(self, began: int, ended: int) -> str:
        """Return a time from one tick to another, as 20:12–20:24; the day is said once if it is the same."""
        first, last = self.clock(began), self.clock(ended)
        day = first[:-5]
        return f"{first}–{last.removeprefix(day)}"

    def _mark(self, tick: int) -> str:
        """Return what is written on the axis: where a day's name is long, there is no room for the time."""
        told = self.clock(tick)
        return told if len(told) <= _DAY else told[:-6]


def middle(values: list[float]) -> float:
    """Return the median."""
    found = sorted(values)
    half = len(found) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def label(run: Run) -> str:
    """Return how a team is called on the page: nicknames may be alike, codes are not."""
    return f"{run.name} · {run.code}" if run.name else run.code


def requests(micro: int) -> str:
    """Return an amount of requests."""
    return f"{micro / 1_000_000:,.0f}"


def _sorted(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(sorted(runs, key=lambda run: (run.result is None, -run.points, -run.uptime, run.code)))
