"""Nonsense lab files through the command line: a refusal that names line and key, or finite answers that add up."""

import json
import sys
from math import isfinite
from pathlib import Path
from typing import Any

import pytest

from devops_tycoon.cli import main

TEXT = """\
seconds = 12
warmup_s = 0
[[services]]
id = "web"
replicas = 4
service_time_ms = 100
queue = 20
[[services]]
id = "db"
replicas = 8
service_time_ms = 20
[[dependencies]]
from = "web"
to = "db"
timeout_ms = 1000
[[demand]]
entry = "web"
rate = 32.0
timeout_ms = 2000
"""
SERVICE, DEPENDENCY, DEMAND = "[[services]]\n", "[[dependencies]]\n", "[[demand]]\n"
FAULT = '[[faults]]\nat = 4\nlasts = 4\nservice = "db"\n'


def edited(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def lab(path: Path, text: str | bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """Write the file and run it; return its exit code."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.setattr(sys, "argv", ["devops-tycoon", "lab", str(path), "--json", "--series"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


REFUSED: dict[str, tuple[str | bytes, int, str]] = {
    "an empty file": ("", 0, ""),
    "no services": ("services = []\n", 1, "services"),
    "only demand": ('[[demand]]\nentry = "a"\nrate = 1\n', 1, "services"),
    "not text": (b"\x7fELF\x00\xff", 0, ""),
    "not TOML": ("seconds = \n", 1, ""),
    "a list for a table": ("services = [1]\n", 1, "services[1]"),
    "a service without a time": (edited("service_time_ms = 20\n", ""), 8, "services[2].service_time_ms"),
    "service time 0": (edited("service_time_ms = 20\n", "service_time_ms = 0\n"), 11, "services[2].service_time_ms"),
    "service time −1": (edited("service_time_ms = 20\n", "service_time_ms = -1\n"), 11, "services[2].service_time_ms"),
    "service time nan": (edited("_ms = 20\n[[dep", "_ms = nan\n[[dep"), 11, "services[2].service_time_ms"),
    "service time of text": (edited("= 20\n[[dep", '= "20"\n[[dep'), 11, "services[2].service_time_ms"),
    "zero replicas": (edited("replicas = 4", "replicas = 0"), 5, "services[1].replicas"),
    "many replicas": (edited("replicas = 4", "replicas = 1000000000000"), 5, "services[1].replicas"),
    "replicas true": (edited("replicas = 4", "replicas = true"), 5, "services[1].replicas"),
    "a negative queue": (edited("queue = 20", "queue = -1"), 7, "services[1].queue"),
    "half a place": (edited("queue = 20", "queue = 0.5"), 7, "services[1].queue"),
    "cv2 1e12": (edited("queue = 20", "cv2 = 1e12"), 7, "services[1].cv2"),
    "a limit of 0": (edited("queue = 20", "limit = 0"), 7, "services[1].limit"),
    "an id of 100 letters": (edited('id = "web"', f'id = "{"w" * 100}"'), 4, "services[1].id"),
    "an empty id": (edited('id = "web"', 'id = ""'), 4, "services[1].id"),
    "an id with an escape": (edited('id = "web"', 'id = "\\u001b[2J"'), 4, "services[1].id"),
    "rate 1e12": (edited("rate = 32.0", "rate = 1e12"), 18, "demand[1].rate"),
    "rate −1": (edited("rate = 32.0", "rate = -1"), 18, "demand[1].rate"),
    "rate inf": (edited("rate = 32.0", "rate = inf"), 18, "demand[1].rate"),
    "a rate of 400 digits": (edited("rate = 32.0", f"rate = {'9' * 400}"), 18, "demand[1].rate"),
    "priority 3": (edited("rate = 32.0", "rate = 1\npriority = 3"), 19, "demand[1].priority"),
    "patience 0": (edited("timeout_ms = 2000", "timeout_ms = 0"), 19, "demand[1].timeout_ms"),
    "timeout 0": (edited("timeout_ms = 1000", "timeout_ms = 0"), 15, "dependencies[1].timeout_ms"),
    "retries 1000": (edited("timeout_ms = 1000", "retries = 1000"), 15, "dependencies[1].retries"),
    "retries −1": (edited("timeout_ms = 1000", "retries = -1"), 15, "dependencies[1].retries"),
    "calls −1": (edited("timeout_ms = 1000", "calls = -1"), 15, "dependencies[1].calls"),
    "calls 1e12": (edited("timeout_ms = 1000", "calls = 1e12"), 15, "dependencies[1].calls"),
    "a budget of nan": (edited("timeout_ms = 1000", "retry_budget = nan"), 15, "dependencies[1].retry_budget"),
    "a bulkhead of −1": (edited("timeout_ms = 1000", "bulkhead = -1"), 15, "dependencies[1].bulkhead"),
    "a breaker that is on": (edited("timeout_ms = 1000", "breaker = true"), 15, "dependencies[1].breaker"),
    "a breaker without probes": (
        edited("timeout_ms = 1000", "breaker = { probes = 0 }"), 15, "dependencies[1].breaker.probes",
    ),
    "self-dependency": (edited('to = "db"', 'to = "web"'), 14, "dependencies[1].to"),
    "a call of nobody": (edited('to = "db"', 'to = "nobody"'), 14, "dependencies[1].to"),
    "a cycle": (TEXT + DEPENDENCY + 'from = "db"\nto = "web"\n', 12, "dependencies[1]"),
    "a longer cycle": (
        TEXT + SERVICE + 'id = "c"\nservice_time_ms = 1\n' + DEPENDENCY + 'from = "db"\nto = "c"\n' + DEPENDENCY
        + 'from = "c"\nto = "web"\n', 12, "dependencies[1]",
    ),
    "a fault of nobody": (TEXT + FAULT.replace("db", "dbs"), 23, "faults[1].service"),
    "an error rate of 2": (TEXT + FAULT + "error_rate = 2\n", 24, "faults[1].error_rate"),
    "a negative capacity": (TEXT + FAULT + "capacity_factor = -1\n", 24, "faults[1].capacity_factor"),
    "no time": (edited("seconds = 12", "seconds = 0"), 1, "seconds"),
    "less than a tick": (edited("seconds = 12", "seconds = 0.5"), 1, "seconds"),
    "ticks of 0": (edited("seconds = 12", "seconds = 12\ntick_s = 0"), 2, "tick_s"),
    "a key twice": (edited("seconds = 12", "seconds = 12\nseconds = 12"), 2, ""),
    "a key of nowhere": (edited("queue = 20", "colour = 20"), 7, "services[1].colour"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_nonsense_is_refused_with_its_line_and_key(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text, line, key = REFUSED[what]
    code = lab(tmp_path / "x.toml", text, monkeypatch)
    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "Traceback" not in said.err
    place = f"{tmp_path / 'x.toml'}" + (f":{line}" if line else "") + ":" + (f" {key}: " if key else " ")
    assert any(row.removeprefix("Error: ").startswith(place) for row in said.err.splitlines()), said.err
    assert "\x1b" not in said.err


DEEP = "".join([f'{SERVICE}id = "s{i}"\nservice_time_ms = 1\n' for i in range(30)]) + "".join(
    [f'{DEPENDENCY}from = "s{i}"\nto = "s{i + 1}"\ncalls = 1000\nretries = 2\n' for i in range(29)]
)
CHAIN = "".join([f'{SERVICE}id = "s{i}"\nservice_time_ms = 1\n' for i in range(500)]) + "".join(
    [f'{DEPENDENCY}from = "s{i}"\nto = "s{i + 1}"\n' for i in range(499)]
)

ANSWERED: dict[str, str] = {
    "as it is": TEXT,
    "no demand": TEXT[: TEXT.index(DEMAND)],
    "one idle service": SERVICE + 'id = "a"\nservice_time_ms = 1\n',
    "rate 0": edited("rate = 32.0", "rate = 0"),
    "rate 1e9": edited("rate = 32.0", "rate = 1e9"),
    "rate 1e9 into a queue without end": edited("rate = 32.0", "rate = 1e9").replace("queue = 20\n", ""),
    "rate 1e9 of patient users": edited("timeout_ms = 2000", "retries = 100").replace("32.0", "1e9"),
    "a spike of no length": edited("rate = 32.0", "rate = 1\nspikes = [{ at = 5, lasts = 1e-6, rate = 1e9 }]"),
    "spikes over spikes": edited(
        "rate = 32.0",
        "rate = 1\nspikes = [{ at = 0, lasts = 1e9, rate = 0 }, { at = 9, lasts = 2, rate = 1e9 }]",
    ),
    "two demands at one door": TEXT + DEMAND + 'entry = "web"\nrate = 1e9\npriority = 2\n',
    "service time 1e-6": edited("service_time_ms = 20\n", "service_time_ms = 1e-6\n"),
    "service time 1e9": edited("service_time_ms = 20\n", "service_time_ms = 1e9\n"),
    "100,000 slots": edited("replicas = 8", "replicas = 1\nconcurrency = 100000"),
    "no queue": edited("queue = 20", "queue = 0"),
    "a queue of a million": edited("queue = 20", "queue = 1000000").replace("32.0", "1e6"),
    "always the same time": edited("queue = 20", "cv2 = 0"),
    "cv2 100": edited("queue = 20", "cv2 = 100"),
    "a limit of 0.001": edited("queue = 20", "limit = 0.001"),
    "a limit of 1e9": edited("queue = 20", "queue = 3000\nlimit = 1e9").replace("32.0", "1e6"),
    "timeout 1e-6": edited("timeout_ms = 1000", "timeout_ms = 1e-6\nretries = 100"),
    "timeout 1e9": edited("timeout_ms = 1000", "timeout_ms = 1e9"),
    "patience 1e-6": edited("timeout_ms = 2000", "timeout_ms = 1e-6\nretries = 100"),
    "patience 1e9": edited("timeout_ms = 2000", "timeout_ms = 1e9\nretries = 3\nbackoff_ms = 1e9"),
    "calls 0": edited("timeout_ms = 1000", "calls = 0"),
    "calls 1000": edited("timeout_ms = 1000", "calls = 1000\nparallel = false"),
    "calls 1000 at once": edited("timeout_ms = 1000", "calls = 1000"),
    "calls that hold nobody": edited("timeout_ms = 1000", "hold = false\nrequired = false"),
    "a budget of 0": edited("timeout_ms = 1000", "timeout_ms = 1\nretries = 100\nretry_budget = 0"),
    "a budget of 100": edited("timeout_ms = 1000", "timeout_ms = 1\nretries = 100\nretry_budget = 100"),
    "a bulkhead of 0": edited("timeout_ms = 1000", "bulkhead = 0"),
    "a breaker that opens at anything": edited(
        "timeout_ms = 1000",
        "breaker = { window_s = 1e-6, threshold = 0.001, open_s = 1e-6, min_calls = 1, probes = 1 }\ntimeout_ms = 1",
    ),
    "a breaker for ever": edited(
        "timeout_ms = 1000", "breaker = { window_s = 1e9, open_s = 1e9, min_calls = 1, probes = 1000000 }"
    ),
    "the same link twice": TEXT + DEPENDENCY + 'from = "web"\nto = "db"\nretries = 3\n',
    "30 services that call the next 1000 times": "seconds = 3\nwarmup_s = 0\n"
    + DEEP
    + DEMAND
    + 'entry = "s0"\nrate = 1e9\ntimeout_ms = 100\n',
    "500 services in a row": "seconds = 3\nwarmup_s = 0\n" + CHAIN + DEMAND + 'entry = "s0"\nrate = 1\n',
    "no slots for a while": TEXT + FAULT + "capacity_factor = 0\n",
    "half a slot, then 100 times as many": TEXT
    + FAULT
    + "capacity_factor = 1e-9\n"
    + FAULT
    + "capacity_factor = 100\n",
    "down, slow and wrong at once": TEXT + FAULT + "down = true\nadd_latency_ms = 1e9\nerror_rate = 1\n",
    "the door itself is down": TEXT + FAULT.replace("db", "web") + "down = true\n",
    "ticks of 60 s": edited("seconds = 12", "seconds = 600\ntick_s = 60"),
    "ticks of 10 ms": edited("seconds = 12", "seconds = 1\ntick_s = 0.01"),
    "one tick": edited("seconds = 12", "seconds = 1"),
}


@pytest.mark.parametrize("what", ANSWERED)
def test_what_is_odd_but_possible_gets_finite_answers_that_add_up(
    what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = lab(tmp_path / "x.toml", ANSWERED[what], monkeypatch)
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    found = json.loads(said.out)
    for number in numbers(found):
        assert isfinite(number)
        assert number >= 0.0
    for service in found["services"].values():
        assert max(service["utilisation"], service["waiting_probability"], service["rejected"]) <= 1.0
    for entry in found["entries"].values():
        assert entry["availability"] + entry["degraded"] <= 2.0
        assert max(entry["availability"], entry["degraded"]) <= 1.0
        assert entry["p50_ms"] <= entry["p95_ms"] <= entry["p99_ms"]
    ticks = len(found["series"])
    tick_s = found["series"][1]["t"] if ticks > 1 else 1.0
    bad = came = 0.0
    for name in found["services"]:
        left = peak = 0.0
        for row in found["series"]:
            service = row["services"][name]
            left += tick_s * (service["attempts"] - service["throughput"] - service["rejected"])
            peak = max(peak, tick_s * service["attempts"], service["in_system"])
        assert left == pytest.approx(found["series"][-1]["services"][name]["in_system"], abs=1e-9 * ticks * peak + 1e-9)
    for row in found["series"]:
        for entry in row["entries"].values():
            bad += entry["valid"] - entry["good"]
            came += entry["valid"]
    assert sum(cause["bad"] for cause in found["causes"]) == pytest.approx(bad, abs=1e-9 * came + 1e-9)


def numbers(document: Any) -> list[float]:
    """Return every number in a JSON document."""
    if isinstance(document, dict):
        return [number for value in document.values() for number in numbers(value)]
    if isinstance(document, list):
        return [number for value in document for number in numbers(value)]
    return [document] if isinstance(document, int | float) else []


def test_more_ticks_than_a_file_may_have_cannot_be_asked_for_either(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.toml"
    path.write_text(edited("seconds = 12", "seconds = 12\ntick_s = 0.01"))
    monkeypatch.setattr(sys, "argv", ["devops-tycoon", "lab", str(path), "--seconds", "10000000"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--seconds makes more than 1000000 ticks" in capsys.readouterr().err
