"""Assemble the rules of one scenario from its file, its company, the failure cards and the practices."""

from importlib.resources.abc import Traversable
from pathlib import Path

from devops_tycoon.content.company import read_company
from devops_tycoon.content.failure import read_failure
from devops_tycoon.content.find import contents, find, ids, is_path, roots
from devops_tycoon.content.fingerprint import fingerprint
from devops_tycoon.content.practice import read_practice
from devops_tycoon.content.problem import ContentError, Problem, suggestion
from devops_tycoon.content.references import check_practices, check_references
from devops_tycoon.content.scenario import read_scenario
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.practice import Practice
from devops_tycoon.sim.rules.rules import Rules


def scenario_file(scenario: str) -> tuple[Traversable, tuple[Traversable, ...]]:
    """Return the file of an id or path, and the folders in which its references are looked up."""
    if is_path(scenario):
        path = Path(scenario)
        return path, roots(path)
    return find("scenarios", scenario), roots()


def load_scenario(scenario: str) -> Rules:
    """Return the rules of one scenario, from its id or path."""
    file, where = scenario_file(scenario)
    document = read_scenario(file)
    parsed, source = document.value.scenario, document.source
    try:
        company_file = find("companies", document.value.company, where)
    except ContentError as error:
        source.note(
            ("company",),
            f'there is no company "{document.value.company}"'
            f"{error.problems[0].text.removeprefix('not found in companies')}",
        )
        source.done()
    failures, problems = all_cards(where)
    practices, more = all_practices(where)
    problems += more
    try:
        company = read_company(company_file).value
    except ContentError as error:
        raise ContentError([*error.problems, *problems]) from None
    check_references(parsed, company, failures, source)
    check_practices(parsed, practices, source)
    if source.problems or problems:
        raise ContentError([*source.problems, *problems])
    return Rules(parsed, company, failures, fingerprint(parsed, company, failures, practices), practices=practices)


def all_practices(where: tuple[Traversable, ...]) -> tuple[tuple[Practice, ...], list[Problem]]:
    """Return all practices, and the problems of their files and cross-references."""
    found: list[Practice] = []
    problems: list[Problem] = []
    names = contents("practices", where)
    cards = ids("failures", where)
    for practice, file in names.items():
        try:
            document = read_practice(file)
            found.append(document.value)
            for key, words, known in (
                ("needs", document.value.needs, names),
                ("answers", document.value.answers, cards),
            ):
                for i, word in enumerate(words):
                    if word not in known or word == practice:
                        document.source.note((key, i), f'there is no other "{word}"{suggestion(word, known)}')
            document.source.done()
        except ContentError as error:
            problems += error.problems
    return tuple(found), problems


def all_cards(where: tuple[Traversable, ...]) -> tuple[tuple[FailureMode, ...], list[Problem]]:
    """Return all failure cards, and the problems of their files."""
    cards: list[FailureMode] = []
    problems: list[Problem] = []
    for file in contents("failures", where).values():
        try:
            cards.append(read_failure(file).value)
        except ContentError as error:
            problems += error.problems
    return tuple(cards), problems
