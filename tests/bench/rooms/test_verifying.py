"""The measure of verification makes replays that verify, all different."""

from pathlib import Path

import pytest

from bench.rooms.verifying import measure, recordings
from devops_tycoon.play.verify import verify


def test_the_recordings_are_all_different_and_true(tmp_path: Path) -> None:
    files = list(recordings(tmp_path, 3))
    assert len({file.read_text() for file in files}) == 3
    assert all(verify(file).verified for file in files)


@pytest.mark.long
@pytest.mark.parametrize("backend", ["local", "dask"])
def test_the_measure_says_what_it_did(backend: str) -> None:
    found = measure(6, 2, backend)
    assert (found["replays"], found["jobs"], found["backend"]) == (6, 2, backend)
    assert found["per_s"] > 0
    assert found["busy"] > 0
