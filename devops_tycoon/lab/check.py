"""Check content files with their readers, and order files with the orders' grammar."""

from collections.abc import Sequence
from pathlib import Path

from devops_tycoon.content.check import check
from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.lab.prove import PLAYS, lessons, order_file, plan
from devops_tycoon.lab.read import read_lab


def check_content(paths: Sequence[Path]) -> list[Problem]:
    """Return all problems of content files and folders, lab files and order files included."""
    problems = check(paths, read_lab)
    for scenario in lessons(paths):
        for play in PLAYS:
            file = order_file(scenario, play)
            if file.is_file():
                try:
                    plan(file)
                except ContentError as error:
                    problems += error.problems
    return problems
