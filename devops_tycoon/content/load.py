"""Load everything a game is played with, from an id or a path."""

from pathlib import Path

from devops_tycoon.content.assemble import load_scenario
from devops_tycoon.content.campaign import load_campaign
from devops_tycoon.content.find import find, ids, is_path
from devops_tycoon.content.reader import parse, read_text
from devops_tycoon.content.sandbox import load_sandbox
from devops_tycoon.sim.rules.rules import Rules


def load_rules(scenario: str) -> Rules:
    """Return everything a game is played with, by the id of a scenario or campaign or the path of a file.

    A company's file is a sandbox of that company. Raises ContentError with all problems.
    """
    if not is_path(scenario):
        if scenario in ids("campaigns"):
            return load_campaign(find("campaigns", scenario))
    elif is_company(Path(scenario)):
        return load_sandbox(Path(scenario))
    return load_scenario(scenario)


def is_company(file: Path) -> bool:
    """Say whether a user's file describes a company rather than a scenario."""
    keys = parse(read_text(file), str(file)).keys()
    return "capabilities" in keys and "shifts" not in keys
