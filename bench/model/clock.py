"""How things are timed: in turns within one run, several rounds, in seconds of this process's CPU time.

Other programs on the machine can only make a round slower, so the least of all rounds is the closest to the truth.
Ratios are taken round by round, in which all contestants meet the same weather, and their median is given.
"""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import get_clock_info, perf_counter, process_time

_FINE_S = 1e-6


def _is_fine() -> bool:
    return get_clock_info("process_time").resolution <= _FINE_S


def clock_name() -> str:
    """Return which clock is used: CPU time where it is fine enough, else the time on the wall."""
    return "CPU time" if _is_fine() else "wall time"


now: Callable[[], float] = process_time if _is_fine() else perf_counter

Work = Callable[[int], None]
"""Does so many units (ticks, requests, …)."""


def rounds(work: Mapping[str, Work], repeats: int, block_s: float, most: int = 2000) -> dict[str, list[float]]:
    """Return the seconds that one unit takes each of the contestants, in each of `repeats` rounds.

    In a round each does a block of units of some `block_s` seconds (one unit at least, `most` at most).
    """
    blocks: dict[str, int] = {}
    for name, do in work.items():
        begin = now()
        do(1)
        blocks[name] = max(1, min(most, int(block_s / max(1e-7, now() - begin))))
    spent: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(repeats):
        for name, do in work.items():
            begin = now()
            do(blocks[name])
            spent[name].append(max(1e-9, (now() - begin) / blocks[name]))
    return spent


def ratio(some: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the rounds' ratios."""
    return median([a / b for a, b in zip(some, others, strict=True)])
