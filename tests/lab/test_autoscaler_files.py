"""The lab files about autoscaling: what the ledger says, a control, a cure, and a cure that is none."""

from dataclasses import replace
from typing import Any

import pytest

from devops_tycoon.lab.graph import LabFault, LabGraph
from devops_tycoon.sim.flow.forecast import Forecast
from tests.lab.graphs import rows_of
from tests.lab.test_lab_files import first_service, lab, over_all, top_cause, users


def scaler(graph: LabGraph, **changes: Any) -> LabGraph:
    """Return the graph with other settings of its only autoscaler."""
    return replace(
        graph,
        services=tuple(
            s if s.autoscaler is None else replace(s, autoscaler=replace(s.autoscaler, **changes))
            for s in graph.services
        ),
    )


def test_the_autoscaler_comes_too_late() -> None:
    evening = lab("autoscaler-too-late")
    assert over_all(evening) < 0.55
    assert top_cause(evening) == ("overload", "web")
    assert over_all(users(evening, spikes=())) > 0.999


@pytest.mark.parametrize(
    "cure", [{"target": 0.5}, {"forecast": Forecast("period", period_s=1800.0)}], ids=["head room", "forecast"]
)
def test_head_room_or_a_forecast_is_there_in_time(cure: dict[str, Any]) -> None:
    assert over_all(scaler(lab("autoscaler-too-late"), **cure)) > 0.999


@pytest.mark.long
def test_shedding_loses_little_while_replicas_start() -> None:
    evening = lab("autoscaler-too-late")
    assert over_all(first_service(evening, limit=45.0)) > 0.96
    assert over_all(first_service(evening, queue=100)) > 0.96


@pytest.mark.parametrize("wrong", [{"most": 300}, {"every_s": 5.0}], ids=["higher maximum", "more decisions"])
def test_neither_a_higher_maximum_nor_more_decisions_make_a_replica_start_sooner(wrong: dict[str, Any]) -> None:
    assert over_all(scaler(lab("autoscaler-too-late"), **wrong)) < 0.55


def test_replicas_that_start_are_seen_before_they_help() -> None:
    row = rows_of(replace(lab("autoscaler-too-late"), seconds=701.0, warmup_s=0.0))[700]["services"]["web"]
    assert (row["replicas"], row["replicas_starting"]) == (29, 11)


def test_a_fleet_that_was_scaled_in_meets_the_herd() -> None:
    outage = lab("scaling-in-before-the-herd")
    assert over_all(outage) < 0.25
    assert top_cause(outage) == ("overload", "api")
    assert over_all(replace(outage, faults=(replace(outage.faults[0], at=480, lasts=240),))) > 0.999


@pytest.mark.parametrize("cure", [{"least": 36}, {"look_back_s": 1200.0}], ids=["minimum", "look-back"])
def test_a_fleet_that_stays_answers_the_herd(cure: dict[str, Any]) -> None:
    assert over_all(scaler(lab("scaling-in-before-the-herd"), **cure)) > 0.999


def test_scaling_can_be_stopped_by_hand() -> None:
    outage = lab("scaling-in-before-the-herd")
    stopped = LabFault(120, 600, "api", control_plane_down=True)
    assert over_all(replace(outage, faults=(*outage.faults, stopped))) > 0.999


@pytest.mark.parametrize(
    ("wrong", "most"), [({"start_s": 30.0}, 0.8), ({"every_s": 5.0}, 0.3), ({"most": 200}, 0.25), ({"least": 30}, 0.8)]
)
def test_a_faster_way_up_does_not_replace_the_fleet_that_was_given_away(wrong: dict[str, Any], most: float) -> None:
    assert over_all(scaler(lab("scaling-in-before-the-herd"), **wrong)) < most


def test_without_a_control_plane_the_loss_of_a_zone_is_for_good() -> None:
    loss = lab("control-plane-down")
    zone, control_plane = loss.faults
    assert over_all(loss) < 0.55
    assert top_cause(loss) == ("overload", "web")
    assert over_all(replace(loss, faults=())) > 0.999
    assert over_all(replace(loss, faults=(control_plane,))) > 0.999
    assert over_all(replace(loss, faults=(zone,))) > 0.9


@pytest.mark.parametrize("cure", [{"target": 0.6}, {"least": 45}], ids=["target", "minimum"])
def test_head_room_survives_it_without_any_change(cure: dict[str, Any]) -> None:
    assert over_all(scaler(lab("control-plane-down"), **cure)) > 0.999


@pytest.mark.parametrize("wrong", [{"most": 900}, {"start_s": 5.0}, {"every_s": 5.0}])
def test_a_better_autoscaler_is_worth_nothing_while_nobody_decides(wrong: dict[str, Any]) -> None:
    assert over_all(scaler(lab("control-plane-down"), **wrong)) < 0.55
