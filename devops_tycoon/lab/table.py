"""The lab's results as a table of text."""

from collections.abc import Sequence
from typing import Any

_TIMES = ("mean_ms", "p50_ms", "p95_ms", "p99_ms")
_SERVICE = ("utilisation", "waiting_probability", "wait_ms", *_TIMES, "rejected", "throughput")
_ENTRY = ("availability", "degraded", *_TIMES)
_MESSAGES = ("dead_letters", "oldest_end_s", "backlog_end")
_HEADS = {"utilisation": "busy", "waiting_probability": "P(wait)", "throughput": "served/s"}


def table(document: dict[str, Any]) -> list[str]:
    """Return services, entries and messages as aligned columns; times in ms or as named, shares from 0 to 1."""
    services = document["services"]
    lines = [*_block("service", _SERVICE, services), "", *_block("entry", _ENTRY, document["entries"])]
    messages = {
        name: {**line, "backlog_end": services[line["consumer"]]["backlog_end"]}
        for name, line in document["dependencies"].items()
    }
    return [*lines, "", *_block("messages", _MESSAGES, messages)] if messages else lines


def _block(what: str, keys: Sequence[str], rows: dict[str, dict[str, float | None]]) -> list[str]:
    wide = max([len(what), *map(len, rows)])
    heads = [_HEADS.get(key, key.replace("_", " ")) for key in keys]
    lines = [f"{what:{wide}}" + "".join(f"  {head:>12}" for head in heads)]
    for name, values in rows.items():
        cells = [_number(key, values.get(key)) for key in keys]
        lines.append(f"{name:{wide}}" + "".join(f"  {cell:>12}" for cell in cells))
    return lines


def _number(key: str, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.2f}" if key.endswith("_ms") or key in ("throughput", *_MESSAGES) else f"{value:.5f}"
