"""Lab files, and what is wrong with bad ones."""

from pathlib import Path

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.graph import LabBreaker, LabDemand, LabDependency, LabFault, LabGraph, LabService, LabSpike
from devops_tycoon.lab.read import read_lab

TEXT = """\
seconds = 600          # simulated
warmup_s = 300
tick_s = 1
[[services]]
id = "web"
replicas = 4
concurrency = 1
service_time_ms = 100
queue = 1000
[[services]]
id = "db"
replicas = 8
service_time_ms = 20
[[dependencies]]
from = "web"
to = "db"
calls = 1.0
required = true
timeout_ms = 1000
retries = 2
backoff_ms = 0
retry_budget = 0.1
hold = true
parallel = true
breaker = { window_s = 10, threshold = 0.5, open_s = 5 }
[[demand]]
entry = "web"
rate = 32.0
spikes = [{ at = 100, lasts = 20, rate = 130.0 }]
timeout_ms = 1000
retries = 0
[[faults]]
at = 200
lasts = 60
service = "db"
capacity_factor = 0.05
"""


def test_the_example_of_the_interface_is_read(tmp_path: Path) -> None:
    (tmp_path / "My Lab_1.toml").write_text(TEXT)
    assert read_lab(tmp_path / "My Lab_1.toml") == LabGraph(
        services=(LabService("web", 100.0, 4, 1, 1000), LabService("db", 20.0, 8)),
        dependencies=(
            LabDependency("web", "db", timeout_ms=1000.0, retries=2, retry_budget=0.1, breaker=LabBreaker()),
        ),
        demand=(LabDemand("web", 32.0, (LabSpike(100.0, 20.0, 130.0),), timeout_ms=1000.0),),
        faults=(LabFault(200.0, 60.0, "db", capacity_factor=0.05),),
        seconds=600.0,
        warmup_s=300.0,
        tick_s=1.0,
    )


def test_what_is_left_out_has_the_defaults_of_the_values(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        '[[services]]\nid = "a"\nservice_time_ms = 1\n[[services]]\nid = "b"\n'
        'service_time_ms = 1\n[[dependencies]]\nfrom = "a"\nto = "b"\n[[demand]]\n'
        'entry = "a"\nrate = 1\n[[faults]]\nat = 1\nlasts = 1\nservice = "a"\n'
    )
    assert read_lab(tmp_path / "x.toml") == LabGraph(
        (LabService("a", 1.0), LabService("b", 1.0)),
        (LabDependency("a", "b"),),
        (LabDemand("a", 1.0),),
        (LabFault(1.0, 1.0, "a"),),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "says"),
    [
        ("replicas = 4", "replicas = 0", 6, "services[1].replicas", "expected 1 to"),
        ("replicas = 4", "replicas = 2.5", 6, "services[1].replicas", "not a whole number"),
        ("service_time_ms = 20", "service_time_ms = 0", 13, "services[2].service_time_ms", "out of range"),
        ('id = "db"', 'id = "web"', 11, "services[2].id", "first used in line 4"),
        ('to = "db"', 'to = "web"', 16, "dependencies[1].to", "calls itself"),
        ('to = "db"', 'to = "dv"', 16, "dependencies[1].to", "did you mean db?"),
        ('entry = "web"', 'entry = "wep"', 27, "demand[1].entry", "did you mean web?"),
        ('service = "db"', 'service = "d"', 35, "faults[1].service", "did you mean db?"),
        ("rate = 32.0", "rate = -1", 28, "demand[1].rate", "out of range"),
        ("rate = 32.0", "rate = 1e10", 28, "demand[1].rate", "out of range"),
        ("rate = 32.0", "rate = nan", 28, "demand[1].rate", "out of range"),
        ("rate = 130.0", "rate = inf", 29, "demand[1].spikes[1].rate", "out of range"),
        ("retries = 2", "retries = 101", 20, "dependencies[1].retries", "expected 0 to 100"),
        ("warmup_s = 300", "warmup_s = 600", 2, "warmup_s", "expected less than 600"),
        ("seconds = 600 ", "seconds = 1e8 ", 1, "seconds", "more than 1000000 ticks"),
        ("threshold = 0.5", "treshold = 0.5", 25, "dependencies[1].breaker.treshold", "did you mean threshold?"),
        ("hold = true", "hold = 1", 23, "dependencies[1].hold", "expected true or false"),
        ("[[demand]]", "[demand]", 26, "demand", "a table is not a list"),
        ('from = "web"', 'form = "web"', 15, "dependencies[1].form", "did you mean from?"),
        ("concurrency = 1", "concurrency = 99999", 7, "services[1].concurrency", "exceeds 100000"),
    ],
)
def test_nonsense_is_named(tmp_path: Path, old: str, new: str, line: int, key: str, says: str) -> None:
    assert old in TEXT
    (tmp_path / "x.toml").write_text(TEXT.replace(old, new, 1))
    with pytest.raises(ContentError) as caught:
        read_lab(tmp_path / "x.toml")
    found = [p for p in caught.value.problems if (p.line, p.key) == (line, key)]
    assert len(found) == 1
    assert says in found[0].text


def test_no_services_and_a_cycle_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("services = []")
    with pytest.raises(ContentError, match="services: the list has 0 elements"):
        read_lab(tmp_path / "x.toml")
    (tmp_path / "x.toml").write_text(TEXT + '[[dependencies]]\nfrom = "db"\nto = "web"\n')
    with pytest.raises(ContentError, match=r"circle: (web → db → web|db → web → db)"):
        read_lab(tmp_path / "x.toml")
