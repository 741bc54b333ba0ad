"""Read a scenario and check what its tables cannot: times within shifts, levels, goals."""

from importlib.resources.abc import Traversable

from devops_tycoon.content.problem import one_of_these, suggestion
from devops_tycoon.content.reader import Document, read_document
from devops_tycoon.content.scenario_format import COMPANY_GOALS, LONGEST_S, MOST_WORKERS, SCENARIO, ScenarioFile
from devops_tycoon.content.schema import Source


def read_scenario(file: Traversable) -> Document[ScenarioFile]:
    """Read a scenario; `references` checks it against its company and the cards."""
    return read_document(file, SCENARIO, _check)


def _check(file: ScenarioFile, source: Source) -> None:
    scenario = file.scenario
    seconds = {shift.id: shift.ticks * scenario.tick_s for shift in scenario.shifts}
    if scenario.uptime_target <= scenario.uptime_floor:
        source.note(("uptime_target",), "is not above the floor; expected more than uptime_floor")
    for level in scenario.levels:
        floor = scenario.uptime_floor if level.uptime_floor is None else level.uptime_floor
        target = scenario.uptime_target if level.uptime_target is None else level.uptime_target
        if target <= floor:
            source.note(
                ("difficulty", level.id),
                f"its target {target:g} is not above its floor {floor:g}; expected a higher uptime_target",
            )
    for i, service in enumerate(scenario.services):
        if service.most < service.replicas:
            source.note(
                ("services", i, "most"),
                f"is less than the {service.replicas} replicas at the start; expected at least as many",
            )
        if service.most * service.concurrency > MOST_WORKERS:
            source.note(("services", i, "most"), f"most × concurrency exceeds {MOST_WORKERS}; expected less")
    for i, shift in enumerate(scenario.shifts):
        if seconds[shift.id] > LONGEST_S:
            source.note(
                ("shifts", i, "ticks"), f"the shift is {seconds[shift.id]} s long; expected at most {LONGEST_S:.0f} s"
            )
    for i, demand in enumerate(scenario.demands):
        longest = max(seconds.values())
        if demand.shape == "batch" and not demand.from_s < demand.until_s <= longest:
            source.note(
                ("demands", i, "until_s"),
                f"the batch has no time to run; expected more than from_s and at most {longest} s, the longest shift",
            )
        elif demand.shape != "batch" and demand.until_s:
            source.note(
                ("demands", i, "until_s"),
                f'only a batch has an end, not the shape "{demand.shape}"; expected shape = "batch"',
            )
    for i, event in enumerate(scenario.events):
        shift_id = event.shift or scenario.shifts[0].id
        if shift_id not in seconds:
            source.note(
                ("events", i, "shift"),
                f'there is no shift "{shift_id}"; expected {one_of_these(seconds)}{suggestion(shift_id, seconds)}',
            )
        elif event.at_s + event.jitter_s >= seconds[shift_id]:
            source.note(
                ("events", i, "at_s"),
                f"at_s + jitter_s can exceed the shift; expected less than {seconds[shift_id]} s in total",
            )
    for i, cliff in enumerate(scenario.company_mode.cliffs):
        at_shift = ("leading", "cliffs", i, "shift")
        if cliff.shift not in seconds:
            source.note(
                at_shift,
                f'there is no shift "{cliff.shift}"; expected {one_of_these(seconds)}'
                f"{suggestion(cliff.shift, seconds)}",
            )
        elif not next(shift.weeks for shift in scenario.shifts if shift.id == cliff.shift):
            source.note(at_shift, "no weeks are planned before this shift; expected one with weeks")
    for i, goal in enumerate(scenario.goals):
        at = ("goals", i, "of")
        if goal.kind == "sli" and not goal.of:
            source.note(at, "an SLI goal needs a journey; expected its id")
        if goal.kind in COMPANY_GOALS and not scenario.in_company_mode:
            source.note(("goals", i, "kind"), f'a goal of "{goal.kind}" needs company mode; expected a [leading] table')
        if goal.kind in ("uptime", "cash", *COMPANY_GOALS) and goal.of:
            source.note(at, f'a goal of "{goal.kind}" covers the whole company; expected no "of"')
        if (goal.at_least is None) == (goal.at_most is None):
            source.note(("goals", i), "a goal has one bound; expected either at_least or at_most")
        bound = goal.at_least if goal.at_least is not None else goal.at_most
        if goal.kind not in ("cash", *COMPANY_GOALS) and bound is not None and not 0 <= bound <= 1:
            key = "at_least" if goal.at_least is not None else "at_most"
            source.note(("goals", i, key), f"{bound:g} is not a share; expected 0 to 1, such as 0.99")
