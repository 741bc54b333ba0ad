"""The people: how many there are, how tired they are, and how fast they work."""

from devops_tycoon.sim.detection.eyes import sight_level
from devops_tycoon.sim.people.team import hands_factor, on_call
from devops_tycoon.sim.planning.outlook import Outlook
from devops_tycoon.sim.practices.dials import dial
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars, percent, short
from devops_tycoon.sim.values.units import WHOLE
from devops_tycoon.sim.values.watching import OBJECTIVES
from devops_tycoon.sim.values.world import World
from devops_tycoon.tui.draw.bars import gauge
from devops_tycoon.tui.draw.text import pad
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.company.quarter import effort_row
from devops_tycoon.tui.view.wrap import wrapped

_SIGHT = (
    "complaints only",
    "metrics",
    "percentiles and logs",
    "tracing",
    "SLOs and burn-rate alerts",
)
_LABEL = 22


def people_rows(world: World, rules: Rules, _told: Outlook, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return engineers and newcomers, fatigue, who is on call, trust and members, and what the company can see."""
    team, company = world.team, rules.scenario.company_mode
    pay = team.engineers * company.salary_cents_per_week
    figure = "o" if glyphs == "ascii" else "●"
    learning = "." if glyphs == "ascii" else "◌"
    marks = [(figure * (team.engineers - team.newcomers), "ok"), (learning * team.newcomers, "hot")]
    sight = min(OBJECTIVES, sight_level(world, rules))
    rows: list[Row] = [
        merge([(" The team", "title")]),
        _line("Engineers", [(f"{team.engineers} ", "text"), *marks]),
        _line("still learning", [(f"{team.newcomers} (half as productive, and mentors give time)", "number")]),
        _line("Salaries", [(f"{dollars(pay)} weekly", "number")]),
        _line("Fatigue", _tired(team.fatigue, glyphs)),
        _line("On call in a shift", [(f"{on_call(world, rules)} of them", "number")]),
        _line("An order takes", [(f"{percent(_hands(world, rules))} of the usual time", "number")]),
        _line("", []),
        merge([(" ", "ground"), *effort_row(world, width - 2, glyphs)]),
        (),
        merge([(" Observability", "title")]),
        _line("Level", [(f"level {sight} of {OBJECTIVES}: {_SIGHT[sight]}", "text")]),
        (),
        merge([(" The members", "title")]),
        _line("Members", [(short(world.business.members), "text")]),
        _line("Trust", _trust(world.business.trust, glyphs)),
        (),
    ]
    told = "Press : and type hire or dismiss. New hires start after their notice period and learn for a quarter."
    rows += [merge([(f" {line}", "dim")]) for line in wrapped(told, width - 2)]
    return tuple(rows)


def _hands(world: World, rules: Rules) -> float:
    return dial(world, rules, "hands") * hands_factor(world, rules)


def _line(label: str, value: list[Segment]) -> Row:
    return merge([("   ", "ground"), (pad(label, _LABEL), "dim"), *value])


def _tired(fatigue: int, glyphs: Glyphs) -> list[Segment]:
    share = fatigue / WHOLE
    style = "bar" if share < 0.3 else "bar.hot" if share < 0.6 else "bar.failing"
    word = "rested" if share < 0.1 else "slightly tired" if share < 0.3 else "tired" if share < 0.6 else "exhausted"
    return [*gauge(share, 14, glyphs, style), (f" {percent(share)} {word}", "text")]


def _trust(trust: int, glyphs: Glyphs) -> list[Segment]:
    share = trust / WHOLE
    style = "bar" if share > 0.9 else "bar.hot" if share > 0.7 else "bar.failing"
    return [*gauge(share, 14, glyphs, style), (f" {percent(share)}", "text")]
