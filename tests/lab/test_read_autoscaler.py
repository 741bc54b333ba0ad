"""Autoscalers in lab files, and what is wrong with bad ones."""

from pathlib import Path

import pytest

from devops_tycoon.content.problem import ContentError
from devops_tycoon.lab.read import read_lab
from devops_tycoon.sim.flow.autoscale import Autoscaler
from devops_tycoon.sim.flow.forecast import Forecast

TEXT = """\
[[services]]
id = "web"
replicas = 4
service_time_ms = 100
concurrency = 10
autoscaler = { target = 0.6, min = 2, max = 40, start_s = 90, metric = "cpu", forecast = { by = "trend", lead_s = 60 } }
[[services]]
id = "db"
service_time_ms = 20
[[faults]]
at = 200
lasts = 60
service = "web"
control_plane_down = true
"""


def test_an_autoscaler_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TEXT)
    graph = read_lab(tmp_path / "a.toml")
    assert graph.services[0].autoscaler == Autoscaler(
        target=0.6, most=40, least=2, start_s=90.0, forecast=Forecast("trend", lead_s=60.0)
    )
    assert graph.services[1].autoscaler is None
    assert graph.faults[0].control_plane_down


@pytest.mark.parametrize(
    ("old", "new", "key", "sentence"),
    [
        ("min = 2", "min = 41", "min", "exceeds max; expected at most 40"),
        ("max = 40", "max = 20000", "max", "expected less"),
        ("max = 40, ", "", "max", "expected"),
        ("target = 0.6", "target = 60", "target", "expected 0.001 to 1"),
        ('"cpu"', '"cpus"', "metric", "did you mean"),
        ('"trend", lead_s = 60', '"period", period_s = 60', "forecast", "a whole period"),
        ("start_s = 90", "every_s = 0.01, look_back_s = 1e6", "every_s", "more than 100000 windows"),
        ('service = "web"', 'service = "db"', "control_plane_down", '"db" has no autoscaler'),
    ],
)
def test_a_bad_autoscaler_is_answered_with_its_place(
    tmp_path: Path, old: str, new: str, key: str, sentence: str
) -> None:
    assert TEXT.count(old) == 1
    (tmp_path / "a.toml").write_text(TEXT.replace(old, new))
    with pytest.raises(ContentError) as caught:
        read_lab(tmp_path / "a.toml")
    (problem,) = caught.value.problems
    assert key in problem.key
    assert sentence in problem.text
    assert problem.line in (6, 14)
