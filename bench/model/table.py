"""The figures of `make bench` as lines of text."""

from typing import Any

Json = dict[str, Any]


def table(document: Json) -> list[str]:
    """Return the document as a table with its notes."""
    return [
        *_machine(document["machine"]),
        "",
        *sizes(document),
        "",
        *_simulators(document["simulators"]),
        "",
        *_upkeep(document),
    ]


def _machine(machine: Json) -> list[str]:
    flags = "" if machine["compiler"] == "none" else f" ({machine['flags']})"
    return [
        f"{machine['kernel']} kernel",
        f"{machine['python']} · {machine['system']} · {machine['processor']} · {machine['cores']} cores",
        f"C: {machine['compiler']}{flags} · {machine['clock']}: the least of several rounds; ratios: the median round",
    ]


def sizes(document: Json) -> list[str]:
    """Return the kernels' part: a row for every size, and the notes."""
    rows = [["services", "calls", "game ticks/s", "game µs", "flow µs", "c µs", "game/flow", "flow/c"]]
    for row in document["sizes"]:
        alone, hoped = row["kernels_us"], row["targets"]
        rows.append(
            [
                f"{row['services']:,}",
                f"{row['dependencies']:,}",
                _short(row["game_ticks_per_s"]),
                _short(row["game_us"]),
                _short(alone["flow"]),
                _short(alone["c"]) if "c" in alone else "no C",
                _beside(row["game_per_flow"], hoped["game_per_flow"]),
                _beside(row["per_c"]["flow"], hoped["per_c"].get("flow")) if "flow" in row["per_c"] else "–",
            ]
        )
    return [*_aligned(rows), *_notes(document)]


def _notes(document: Json) -> list[str]:
    lines = [
        "game: a whole tick (all phases, ledger, and its part of the digests); µs a tick; flow: the flow model alone;",
        "≤ and >: what a ratio of the compiled kernel should be at most, and whether it is.",
    ]
    if document["c_absent"]:
        lines.append(f"c: {document['c_absent']}.")
    else:
        lines.append("c: the same arithmetic to the last bit, settling, delay lines, ledger and reading included.")
    if document["growth"] is not None:
        grown = document["growth"]
        each = ", ".join(f"{name} {_beside(times, None)}" for name, times in grown["kernels"].items())
        lines.append(
            f"cost per service and call with {grown['to']:,} services relative to {grown['from']} (1 is linear): "
            f"game {_beside(grown['game'], None)}, {each}"
        )
        if grown["per_c"] is not None:
            lines.append(f"the flow's growth relative to the C loop's: {_beside(grown['per_c'], grown['target'])}")
    return lines


def _beside(value: float, target: float | None) -> str:
    """Return a ratio and, where there is one, the target that it keeps or misses."""
    if target is None:
        return f"{value:.3g}" if value < 1000 else _short(value)
    return f"{value:.3g} {'≤' if value <= target else '>'} {target:g}"


def _simulators(part: Json) -> list[str]:
    rows = [["the same answer", "seconds", "requests/s", "relative", "mean ms"]]
    for row in part["contestants"]:
        if row["installed"]:
            rows.append(
                [
                    row["name"],
                    _short(row["seconds"]),
                    _short(row["requests_per_s"]),
                    f"{_short(row['times_fluid'])}×",
                    f"{row['mean_ms']:.2f}",
                ]
            )
        else:
            rows.append([row["name"], "not installed", "", "", ""])
    return [
        *_aligned(rows),
        f"the mean time of a request through {part['services']} services at {part['rate']:g} requests/s to "
        f"± {100 * part['accuracy']:.2g}% (95%). Theory: {part['theory_ms']:.2f} ms;",
        f"the fluid model is {100 * part['fluid_error']:.2g}% off. A simulator of single requests needs "
        f"{part['requests_needed']:,.0f} requests for it; {part['requests_timed']:,} were timed.",
        "requests/s of the fluid model: those that a simulator would have to do in the same time for the same answer.",
    ]


def _upkeep(document: Json) -> list[str]:
    memory, verify = document["memory"], document["verify"]
    return [
        f"memory: {memory['world_bytes_per_service']:,.0f} bytes per service for a World, "
        f"{memory['game_bytes_per_service']:,.0f} for a game with network and plan ({memory['services']:,} services)",
        f"verify: {verify['ticks_per_s']:,.0f} ticks/s, {60 * verify['lessons_per_s']:.1f} whole lessons a minute "
        f"({verify['scenario']}, {verify['lesson_ticks']:,} ticks)",
    ]


def _short(value: float) -> str:
    """Return a number with three digits that matter."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
