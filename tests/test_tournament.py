"""Policies against each other on the same seeds: what is right in one act is wrong in another."""

import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from devops_tycoon.play.autoplay import drive_bot
from devops_tycoon.play.company_bots import LEADERS
from devops_tycoon.play.game import load
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import score

SEEDS = (1, 2)
"""Enough for a proof that runs with every change; `tournament` takes more of them from whoever tunes an act."""


def points(task: tuple[str, str, int]) -> int:
    scenario, bot, seed = task
    session = Session(load(scenario, seed))
    drive_bot(session, LEADERS[bot])
    return score(session.world, session.rules).points


def tournament(scenario: str, *bots: str, seeds: tuple[int, ...] = SEEDS) -> dict[str, list[int]]:
    """Return the points of every bot, seed by seed."""
    tasks = [(scenario, bot, seed) for bot in bots for seed in seeds]
    with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(points, tasks))
    return {bot: found[i * len(seeds) : (i + 1) * len(seeds)] for i, bot in enumerate(bots)}


@pytest.mark.long
def test_in_the_first_act_staying_with_the_monolith_beats_splitting() -> None:
    table = tournament("act-1", "monolith", "splitter")
    assert all(a > b for a, b in zip(table["monolith"], table["splitter"], strict=True)), table


@pytest.mark.long(minutes=3)
def test_in_the_third_act_good_seams_beat_splitting_everything_and_splitting_nothing() -> None:
    table = tournament("act-3", "seams", "splitter", "monolith", seeds=(1,))  # three games of a minute each
    for other in ("splitter", "monolith"):
        assert all(a > b for a, b in zip(table["seams"], table[other], strict=True)), table
