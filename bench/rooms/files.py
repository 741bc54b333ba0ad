"""What is measured without a room: local games, names, files, many replays, random orders; as figures."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from typing import Any

from bench.rooms import local_kills, malformed, names, verifying
from bench.rooms.figure import Figure, not_here


def killed_games(kills: int) -> list[Figure]:
    """Kill local games."""
    name, bar = f"{kills:,} × `kill -9` of a local game", "nothing acknowledged lost, no corrupt file"
    if not hasattr(os, "fork"):
        return [not_here(name, bar, "this system cannot fork")]
    found = local_kills.measure(kills, most_s=900)
    value = (
        f"{found['kills']:,} kills, {found['acknowledged']:,} acknowledged, {found['lost']} lost, {found['broken']} "
        f"files broken; {found['torn']} ended in half a line, which was left out"
    )
    return [Figure(name, bar, value, found["kills"] == kills and not found["lost"] and not found["broken"])]


def hostile_names(count: int) -> list[Figure]:
    """Clean hostile names."""
    found = names.measure(count)
    bar = "no control, bidi or zero-width character out; cleaning is idempotent"
    wrong = sum(found["wrong"].values())
    value = f"{wrong} wrong; of {found['empty']:,} nothing was left"
    return [Figure(f"{count:,} hostile names", bar, value, wrong == 0)]


def broken_files(per_kind: int, mutations: int) -> list[Figure]:
    """Read broken files."""
    found = _apart(malformed.measure, per_kind, mutations, most_s=1200)
    tried = sum(found["tried"].values())
    kinds = ", ".join(f"{name} {count:,}" for name, count in found["tried"].items())
    value = (
        f"{tried:,} files ({kinds}): {found['wrong']} neither refused nor fine, slowest {found['slowest_s']:.2f} s, "
        f"most {found['peak_mib']:.0f} MiB"
    )
    held = not found["wrong"] and found["slowest_s"] <= malformed.LONGEST_S and found["peak_mib"] <= 200
    bar = "a sentence, ≤ 1 s and ≤ 200 MiB each"
    return [Figure(f"malformed files, {per_kind} a kind and {mutations:,} mutations", bar, value, held)]


def verified(count: int) -> list[Figure]:
    """Verify many replays side by side."""
    found = _apart(verifying.measure, count, jobs=2)
    value = (
        f"{found['per_s']:.1f} a second, {100 * found['busy']:.0f}% of two processes busy, "
        f"most {found['peak_mib']:.0f} MiB"
    )
    return [Figure(f"{count:,} replays verified by two processes", "all verified", value, held=True)]


def random_orders(count: int) -> list[Figure]:
    """Place random orders in random games; the soak that does it is in the checkout only."""
    name, bar = f"{count:,} random orders over random games", "every invariant holds"
    try:
        soak = import_module("tests.soak.orders")
    except ImportError:  # `tests` may even be somebody else's
        return [not_here(name, bar, "in a checkout: python -m bench rooms")]
    found = soak.flood(count)
    value = f"{found.orders:,} orders in {found.games:,} games" + (f": {found.failure[:200]}" if found.failure else "")
    return [Figure(name, bar, value, not found.failure)]


def _apart(measure: Callable[..., dict[str, Any]], *told: int, **named: float) -> dict[str, Any]:
    """Measure in a process of its own, whose memory is not what the rows before it have left."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(measure, *told, **named).result()
