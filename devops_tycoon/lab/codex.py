"""The codex: every practice, order and failure card on one page, with its numbers; docs/codex.md is made by it."""

from dataclasses import fields
from inspect import getdoc
from textwrap import fill

from devops_tycoon.content.failure import read_failure
from devops_tycoon.content.find import find, ids
from devops_tycoon.content.practice import read_practice
from devops_tycoon.orders import kinds
from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.practices.dials import DIALS
from devops_tycoon.sim.rules.failure import Effect, FailureMode
from devops_tycoon.sim.rules.practice import GROUPS, Practice
from devops_tycoon.sim.text import dollars
from devops_tycoon.sim.values.order import Order

INTRODUCTION = """\
# Codex

Everything that can be adopted, ordered and go wrong, with its numbers. The page is made from the game's own files
(`assets/practices`, `devops_tycoon/orders`, `assets/failures`), and a test fails when it is out of date:
`REGENERATE_GOLDEN=1 .venv/bin/python -m pytest tests/lab/test_codex.py` writes it anew.
"""


def codex() -> str:
    """Return the whole page."""
    practices = [read_practice(find("practices", name)).value for name in ids("practices")]
    cards = [read_failure(find("failures", name)).value for name in ids("failures")]
    parts = [INTRODUCTION, "## Practices\n"]
    for group in GROUPS:
        own = [practice for practice in practices if practice.group == group]
        if own:
            parts += [f"### {group.capitalize()}\n", *map(_practice, own)]
    parts += ["## Orders\n", *map(_order, kinds().values()), "## Failure cards\n"]
    parts += [_card(card) for card in sorted(cards, key=lambda card: (card.family, card.id))]
    return "\n".join(parts)


def _practice(practice: Practice) -> str:
    facts = [
        f"for one {practice.scope}" if practice.scope != "company" else "for the company",
        f"from act {practice.act}",
        f"{weeks(practice.effort)} engineer-weeks",
        f"works after {practice.lead_weeks} week{'s' * (practice.lead_weeks != 1)}"
        if practice.lead_weeks
        else "works at once",
    ]
    if practice.price_cents:
        facts.append(f"{dollars(practice.price_cents)} once")
    if practice.cents_per_week:
        facts.append(f"{dollars(practice.cents_per_week)} a week")
    for word, names in (("needs", practice.needs), ("unlocks", practice.unlocks), ("answers", practice.answers)):
        if names:
            facts.append(f"{word} {', '.join(f'`{name}`' for name in names)}")
    facts += _others(practice, _PRACTICE)
    acts = [DIALS[setting.dial].says.format(f"{setting.value:g}") for setting in practice.settings]
    return _entry(
        f"#### {practice.title} (`{practice.id}`)",
        _subtitle(practice.subtitle),
        f"{practice.about}",
        f"*{', '.join(facts)}.*",
        f"**Gives:** {practice.gives}",
        f"**Costs:** {practice.costs}",
        f"**In numbers:** {'; '.join(acts)}." if acts else "",
        f"**Source:** {practice.source}",
    )


def _order(kind: type[Order]) -> str:
    facts = []
    if kind.planning_only:
        facts.append("only while planning")
    if kind.leading:
        facts.append("only where there is a company to lead")
    if kind.facilitator:
        facts.append("only for the facilitator")
    return _entry(
        f"#### `{kind.usage}`", *(getdoc(kind) or "").split("\n\n"), f"*{', '.join(facts)}.*" if facts else ""
    )


def _card(card: FailureMode) -> str:
    facts = [card.family, f"hits a {card.target_kind}" if card.target_kind != "any" else "hits anything"]
    facts.append(f"{' × '.join([f'{card.per_hour:g} an hour', *card.factors])}" if card.per_hour else "never by itself")
    lasts = f"lasts {card.lasts_s:g} s" if card.lasts_s else "lasts until it is cured"
    facts.append(lasts + (f", ends with `{card.ends_when}`" if card.ends_when else ""))
    facts += _others(card, _CARD)
    return _entry(
        f"#### {card.title} (`{card.id}`)",
        _subtitle(card.subtitle),
        card.story,
        f"*{', '.join(facts)}.*",
        f"**Does:** {'; '.join(map(_effect, card.effects))}.",
        f"**Looks like:** {card.symptom}",
        f"**Misleads:** {card.misleads}" if card.misleads else "",
        _list("Helps", card.helps),
        _list("Makes it worse", card.worse),
        _list("Prevents it", card.prevents),
        f"**Lesson:** {card.lesson}",
        _list("Source", card.sources),
    )


def _effect(effect: Effect) -> str:
    """Write one line of a card in words; numbers that change nothing are left out."""
    found = []
    if effect.down:
        found.append("down")
    if effect.capacity_pct != 100:
        found.append(f"{effect.capacity_pct:g} % of the workers remain")
    if effect.replicas_minus:
        found.append(f"{effect.replicas_minus} replica{'s' * (effect.replicas_minus != 1)} fewer")
    if effect.add_latency_ms:
        found.append(f"{effect.add_latency_ms:g} ms more")
    if effect.error_pct:
        found.append(f"{effect.error_pct:g} % errors")
    if effect.loss_pct:
        found.append(f"{effect.loss_pct:g} % never answered")
    found += _others(effect, _EFFECT)
    ramp = f", growing over {effect.ramp_s:g} s" if effect.ramp_s else ""
    return f"{effect.where}: {', '.join(found) or 'replicas there are lost'}{ramp}"


_PRACTICE = {
    "id", "title", "subtitle", "group", "scope", "act", "effort", "lead_weeks", "price_cents", "cents_per_week", "needs", "unlocks",
    "settings", "answers", "about", "gives", "costs", "source",
}  # fmt: skip
_CARD = {
    "id", "title", "subtitle", "family", "story", "symptom", "misleads", "lesson", "helps", "worse", "prevents", "sources",
    "target_kind", "pick", "per_hour", "factors", "lasts_s", "ends_when", "deploys", "effects",
}  # fmt: skip
_EFFECT = {
    "where", "capacity_pct", "replicas_minus", "add_latency_ms", "error_pct", "loss_pct", "down", "ramp_s",
}  # fmt: skip
"""Fields that the page has words for; a field that is new is named as it is in the file."""


def _others(value: Practice | FailureMode | Effect, known: set[str]) -> list[str]:
    """Return the fields without words of their own that say anything: neither nothing nor what is usual."""
    found = []
    for field in fields(value):
        here = getattr(value, field.name)
        if field.name not in known and here and here != field.default:
            text = ", ".join(map(str, here)) if isinstance(here, tuple) else str(here)
            found.append(field.name.replace("_", " ") + ("" if here is True else f" {text}"))
    return found


def _subtitle(text: str) -> str:
    return f"*{text}.*" if text else ""


def _list(title: str, texts: tuple[str, ...]) -> str:
    return f"**{title}:** {' '.join(texts)}" if texts else ""


def _entry(head: str, *paragraphs: str) -> str:
    wrapped = [fill(" ".join(text.split()), 120, break_long_words=False, break_on_hyphens=False) for text in paragraphs]
    return "\n\n".join([head, *filter(None, wrapped)]) + "\n"
