"""One run of everything that `make bench` measures, as one document."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench.model.compiler import NoCompilerError, built
from bench.model.games import Effort, growth, measure
from bench.model.kernels import contestants
from bench.model.machine import machine
from bench.model.simulators import simulators
from bench.model.upkeep import memory, verified
from devops_tycoon import __version__

SIZES = (10, 30, 50, 200, 1_000, 10_000)
QUICK_SIZES = (10, 50, 200)
_LARGE = 5_000
"""From so many services on, building the company takes longer than measuring it: fewer ticks must do."""

Json = dict[str, Any]


def bench(quick: bool = False, say: Callable[[str], None] = lambda _: None) -> Json:
    """Measure all figures; `say` hears what is being measured. Some 90 s, quick some 15 s."""
    document: Json = {"version": __version__, "quick": quick, "machine": machine()}
    with ExitStack() as stack:
        library: Path | None = None
        why = ""
        try:
            library = stack.enter_context(built())
        except NoCompilerError as error:
            why = str(error)
        kernels = contestants(library)
        rows = []
        for size in QUICK_SIZES if quick else SIZES:
            say(f"games and kernels with {size:,} services")
            rows.append(measure(size, kernels, _effort(size, quick)))
        document["sizes"] = rows
    document["kernels"] = [kernel.name for kernel in kernels]
    document["c_absent"] = why or None
    document["growth"] = growth(rows)
    say("simulators of single requests")
    document["simulators"] = simulators(2_000 if quick else 10_000, 2 if quick else 3)
    say("memory")
    document["memory"] = memory(200 if quick else 1_000)
    say("verification")
    document["verify"] = verified(300 if quick else 1_200, 2 if quick else 3)
    return document


def _effort(services: int, quick: bool) -> Effort:
    if services >= _LARGE:
        return Effort(repeats=5, block_s=0.0, warm_ticks=3)
    if quick:
        return Effort(repeats=4, block_s=0.02, warm_ticks=10)
    return Effort(repeats=15 if services < 1_000 else 7, block_s=0.05, warm_ticks=30 if services < 1_000 else 10)
