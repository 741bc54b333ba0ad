"""Check a scenario's references to its company, the failure cards and the practices."""

from devops_tycoon.content.problem import one_of_these, suggestion
from devops_tycoon.content.schema import Source
from devops_tycoon.sim.rules.company import Company
from devops_tycoon.sim.rules.failure import FailureMode
from devops_tycoon.sim.rules.practice import Practice
from devops_tycoon.sim.rules.scenario import Scenario


def check_practices(scenario: Scenario, practices: tuple[Practice, ...], source: Source) -> None:
    """Report practices that a scenario names and that do not exist, or that cannot be active from the start."""
    known = {practice.id: practice for practice in practices}
    company = scenario.company_mode
    for key, words in ("practices", company.practices), ("offers", company.offers):
        for i, word in enumerate(words):
            if word not in known:
                source.note(("leading", key, i), f'there is no practice "{word}"{suggestion(word, known)}')
            elif known[word].act > scenario.act:
                text = f'"{word}" exists only from act {known[word].act}; expected one of act {scenario.act}'
                source.note(("leading", key, i), text)
            elif key == "practices" and known[word].scope != "company":
                text = f'"{word}" is for one {known[word].scope}; expected practices for the whole company'
                source.note(("leading", key, i), text)


def check_references(scenario: Scenario, company: Company, failures: tuple[FailureMode, ...], source: Source) -> None:
    """Report names of services, journeys, cards and targets that do not exist or do not fit."""
    services = [s.id for s in scenario.services]
    _partition(scenario, company, source)

    def known(word: str, words: list[str], what: str, *at: str | int) -> bool:
        if word not in words:
            near = suggestion(word, words) or f"; expected {one_of_these(words)}"
            source.note(at, f'there is no {what} "{word}"{near}')
        return word in words

    for i, link in enumerate(scenario.links):
        known(link.caller, services, "service", "links", i, "from")
        known(link.callee, services, "service", "links", i, "to")
        if (link.caller, link.callee) in [(other.caller, other.callee) for other in scenario.links[:i]]:
            source.note(("links", i), f"{link.caller}>{link.callee} was set before; expected each link once")
    journeys = {j.id: j for j in company.journeys}
    for i, demand in enumerate(scenario.demands):
        if (
            known(demand.journey, list(journeys), "journey", "demands", i, "journey")
            and (act := journeys[demand.journey].act) > scenario.act
        ):
            source.note(
                ("demands", i, "journey"),
                f'"{demand.journey}" exists only from act {act}; expected a journey of act {scenario.act}',
            )
    cards = {card.id: card for card in failures}
    nodes = {c.id: c.kind for c in company.capabilities if c.kind != "capability"}
    kinds = {s.id: nodes.get(s.capabilities[0], "service") for s in scenario.services}
    kinds |= {c.id: nodes.get(c.id, "service") for c in company.capabilities if c.act <= scenario.act}
    zones = [chr(ord("a") + i) for i in range(scenario.zones)]
    for i, event in enumerate(scenario.events):
        if known(event.card, list(cards), "failure card", "events", i, "card") and event.target:
            wanted_kind = cards[event.card].target_kind
            if wanted_kind == "zone":
                known(event.target, zones, "zone", "events", i, "target")
            elif known(event.target, list(kinds), "service", "events", i, "target") and wanted_kind not in (
                "any",
                kind := kinds[event.target],
            ):
                source.note(
                    ("events", i, "target"),
                    f'"{event.target}" is a {kind}; the card "{event.card}" expected a {wanted_kind}',
                )
    wanted = [demand.journey for demand in scenario.demands]
    for i, goal in enumerate(scenario.goals):
        if goal.kind == "sli" and goal.of:
            known(goal.of, wanted, "journey with demand", "goals", i, "of")
        elif goal.kind == "utilisation" and goal.of:
            known(goal.of, services, "service", "goals", i, "of")


def _partition(scenario: Scenario, company: Company, source: Source) -> None:
    """Report nodes that are not in exactly one service of one kind; a provider is alone in its own.

    A store groups tables as a service groups capabilities. An outside provider cannot be split or merged.
    """
    here = {c.id: c for c in company.capabilities if c.act <= scenario.act}
    later = {c.id: c.act for c in company.capabilities if c.act > scenario.act}
    home: dict[str, str] = {}
    for i, service in enumerate(scenario.services):
        for k, node in enumerate(service.capabilities):
            given = ("services", i, "capabilities", k)
            at = given if given in source.lines else ("services", i, "id")
            if node in later:
                source.note(at, f'"{node}" exists only from act {later[node]}; expected one of act {scenario.act}')
            elif node not in here:
                source.note(at, f'there is no capability "{node}" in {company.title}{suggestion(node, here)}')
            elif node in home:
                source.note(at, f'"{node}" is already in the service "{home[node]}"; expected each in exactly one')
            elif here[node].kind == "provider" and service.capabilities != (service.id,):
                source.note(at, f'"{node}" is a provider; expected it in a pool of its own with the same id')
            elif (first := here.get(service.capabilities[0])) and here[node].kind != first.kind:
                text = f'"{node}" is a {here[node].kind}, "{first.id}" a {first.kind}; expected a service of one kind'
                source.note(at, text)
            home.setdefault(node, service.id)
    for lost in here.values():
        if lost.id not in home:
            where = "a pool of its own" if lost.kind == "provider" else "one service"
            source.note(
                ("services",),
                f'the {lost.kind} "{lost.id}" of act {scenario.act} is in no service; expected it in {where}',
            )
