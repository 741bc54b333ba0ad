"""Smaller runs of what docs/workshop.md measures: what must be right however slow a machine is."""

import pytest

from bench.rooms import abuse, alone, disk, joins, kills, load, matrix, pauses, races, storm, synced
from bench.rooms.figure import Figure

pytestmark = pytest.mark.long


def holds(figures: list[Figure]) -> None:
    for figure in figures:
        assert figure.held is not False, f"{figure.name}: {figure.value}"


def is_lawful(figures: list[Figure]) -> None:
    for figure in figures:
        assert figure.lawful, f"{figure.name}: {figure.value}"


def test_everything_that_thirty_players_order_is_stored() -> None:
    is_lawful(load.measure(30, 3, 50))


def test_nothing_acknowledged_is_lost_in_twenty_kills() -> None:
    laws, _ = kills.measure(20)
    holds([laws])


def test_nobody_is_told_before_the_disk_has_it() -> None:
    holds(synced.measure(50))


def test_a_pause_stands_on_every_screen() -> None:
    holds(pauses.measure(20, 5))


def test_everybody_comes_back_after_a_kill() -> None:
    is_lawful(storm.measure(30))


def test_a_class_may_join_from_one_address_at_once() -> None:
    holds(joins.measure(100, 1.0))


@pytest.mark.parametrize("attack", list(abuse.WHAT))
def test_an_attack_harms_nobody_else(attack: str) -> None:
    is_lawful(abuse.measure(quick=True, attacks=(attack,), honest=10))


def test_only_the_intended_cells_are_open() -> None:
    holds(matrix.measure())


def test_fifty_at_once_are_one() -> None:
    holds(races.measure(50))


def test_a_disk_in_trouble_stops_the_clock_and_loses_nothing() -> None:
    holds([disk.full_disk(), disk.file_limit(), disk.read_only()])


def test_a_machine_that_slept_stops_the_clock() -> None:
    holds([disk.sleep()])


def test_a_lesson_needs_no_network_but_this_machine() -> None:
    holds(alone.measure())
