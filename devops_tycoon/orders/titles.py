"""Titles of what orders name by id, for the sentences that people read."""

from collections.abc import Iterable

from devops_tycoon.sim.rules.rules import Rules


def titles_of(rules: Rules, capabilities: Iterable[str]) -> tuple[str, ...]:
    """Return the titles of capabilities and tables; an id where there is none."""
    found = ((name, rules.capability.get(name)) for name in capabilities)
    return tuple(node.title if node else name for name, node in found)


def title_of_card(rules: Rules, card: str) -> str:
    """Return the title of a failure card; its id where there is none."""
    found = rules.failure.get(card)
    return found.title if found else card


def title_of_journey(rules: Rules, journey: str) -> str:
    """Return the title of a journey; its id where there is none."""
    return next((found.title for found in rules.journeys if found.id == journey), journey)
