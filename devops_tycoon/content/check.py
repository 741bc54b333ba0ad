"""Check content files and report every problem before they are played."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from devops_tycoon.content.campaign import load_campaign
from devops_tycoon.content.company import read_company
from devops_tycoon.content.failure import read_failure
from devops_tycoon.content.find import KINDS
from devops_tycoon.content.load import load_rules
from devops_tycoon.content.practice import read_practice
from devops_tycoon.content.problem import ContentError, Problem
from devops_tycoon.content.reader import parse, read_text
from devops_tycoon.content.scenario import read_scenario

ORDERS = ("solution", "idle", "detour")
"""The order files that prove a lesson."""


def check(paths: Sequence[Path], other: Callable[[Path], object] | None = None) -> list[Problem]:
    """Return all problems of files and folders; `other` reads files of a kind that is not content (lab graphs)."""
    problems: list[Problem] = []
    for path in paths:
        files = _files(path)
        if path.is_dir() and not files:
            problems.append(Problem(str(path), 0, "", "contains no .toml file; expected content files"))
        for file in files:
            problems += _one(file, other)
    return list(dict.fromkeys(problems))


def kind_of(file: Path) -> str:
    """Return a file's kind of content (or `labs`), from its folder or else its keys."""
    folder = file.resolve().parent.name
    if folder in KINDS or folder == "labs":
        return folder
    keys = parse(read_text(file), str(file)).keys()
    if "acts" in keys:
        return "campaigns"
    if {"capabilities", "journeys"} & keys:
        return "companies"
    if {"effects", "symptom", "story"} & keys:
        return "failures"
    if {"engineer_weeks", "unlocks", "gives"} & keys:
        return "practices"
    if {"shifts", "goals", "briefing", "company"} & keys:
        return "scenarios"
    if {"services", "dependencies", "demand"} & keys:
        return "labs"
    raise ContentError(
        [
            Problem(
                str(file),
                0,
                "",
                "is of an unknown kind; expected a campaign, company, failure card, practice, scenario or lab file",
            )
        ]
    )


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.toml")) if path.is_dir() else [path]


def _one(file: Path, other: Callable[[Path], object] | None) -> Iterable[Problem]:
    try:
        kind = kind_of(file)
        if kind == "campaigns":
            load_campaign(file)
        elif kind == "companies":
            read_company(file)
        elif kind == "failures":
            read_failure(file)
        elif kind == "practices":
            read_practice(file)
        elif kind == "scenarios":
            return _scenario(file)
        elif other:
            other(file)
    except ContentError as error:
        return error.problems
    return ()


def _scenario(file: Path) -> Iterable[Problem]:
    load_rules(str(file) if file.is_absolute() else f"./{file}")
    document = read_scenario(file)
    scenario, source = document.value.scenario, document.source
    if scenario.kind == "lesson":
        if not scenario.goals:
            source.note(("goals",), "is missing in a lesson; expected at least one goal")
        if not scenario.question:
            source.note(("question",), "is missing in a lesson; expected a forecast question")
        if not scenario.hints:
            source.note(("hints",), "is missing in a lesson; expected hints for the first minute")
        if not scenario.debrief:
            source.note(("debrief",), "is missing in a lesson; expected questions for the debrief")
        if not scenario.lesson_orders:
            source.note(("lesson_orders",), "is missing in a lesson; expected the first words of the orders it teaches")
        if (words := len(scenario.briefing.split())) > 120:
            source.note(("briefing",), f"has {words} words; expected at most 120")
        for play in ORDERS:
            orders = file.with_name(f"{file.stem}.{play}.orders")
            if not orders.is_file():
                source.note((), f"the order file {orders.name} is missing; expected it next to the lesson")
    return source.problems
