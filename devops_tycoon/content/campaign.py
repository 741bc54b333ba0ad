"""The format of a campaign: acts played one after another with the same company."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from importlib.resources.abc import Traversable
from itertools import pairwise

from devops_tycoon.content.assemble import load_scenario
from devops_tycoon.content.find import ids
from devops_tycoon.content.problem import suggestion
from devops_tycoon.content.reader import Document, read_document
from devops_tycoon.content.schema import Source, from_name, list_of, name, need, table, text
from devops_tycoon.sim.rules.rules import Rules


@dataclass(frozen=True, slots=True)
class Campaign:
    """A story in acts."""

    id: str
    title: str
    about: str
    acts: tuple[str, ...]
    """Scenarios, in order."""


CAMPAIGN = table(
    Campaign,
    id=from_name(),
    title=need(text(40)),
    about=need(text(1000)),
    acts=need(list_of(name(), 1, 12, unique=".")),
)


def read_campaign(file: Traversable) -> Document[Campaign]:
    """Read a campaign and prove that its acts exist."""
    return read_document(file, CAMPAIGN, _check)


def _check(campaign: Campaign, source: Source) -> None:
    known = ids("scenarios")
    for i, act in enumerate(campaign.acts):
        if act not in known:
            source.note(("acts", i), f'there is no scenario "{act}"{suggestion(act, known)}')


def load_campaign(file: Traversable) -> Rules:
    """Return the rules of a campaign's first act; each act's rules hold the next one's."""
    document = read_campaign(file)
    campaign = document.value
    acts = [load_scenario(act) for act in campaign.acts]
    for i, (act, then) in enumerate(pairwise(acts), 1):
        if act.company.id != then.company.id or act.scenario.tick_s != then.scenario.tick_s:
            document.source.note(("acts", i), "has another company or tick_s; expected the same in all acts")
        elif not act.scenario.in_company_mode or not then.scenario.in_company_mode:
            document.source.note(("acts", i), "is not in company mode; expected acts with a [leading] table")
    document.source.done()
    whole = blake2b("".join(act.fingerprint for act in acts).encode(), digest_size=4).hexdigest()
    rules = replace(acts[-1], campaign=campaign.id, fingerprint=whole)
    for act in reversed(acts[:-1]):
        rules = replace(act, campaign=campaign.id, next=rules, fingerprint=whole)
    return rules
