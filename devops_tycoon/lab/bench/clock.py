"""How things are timed: in turns within one run, the least of several repeats, in seconds of this process's CPU time.

Other programs on the machine can only make a repeat slower, so the least is the closest to the truth; taking turns
lets all contestants meet the same weather, so that ratios hold although the machine changes.
"""

from collections.abc import Callable, Mapping
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


def per_unit(work: Mapping[str, Work], repeats: int, block_s: float, most: int = 2000) -> dict[str, float]:
    """Return the seconds that one unit takes each of the contestants.

    A block of units lasts some `block_s` seconds (one unit at least, `most` at most); each contestant does `repeats`.
    """
    blocks: dict[str, int] = {}
    for name, do in work.items():
        begin = now()
        do(1)
        blocks[name] = max(1, min(most, int(block_s / max(1e-7, now() - begin))))
    best: dict[str, float] = {}
    for _ in range(repeats):
        for name, do in work.items():
            begin = now()
            do(blocks[name])
            spent = (now() - begin) / blocks[name]
            best[name] = min(best.get(name, spent), spent)
    return best
