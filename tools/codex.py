"""The codex: every practice, order and failure card on one page, with its numbers (docs/codex.md)."""

from dataclasses import fields
from textwrap import fill

from devops_tycoon.content.failure import read_failure
from devops_tycoon.content.find import find, ids
from devops_tycoon.content.practice import read_practice
from devops_tycoon.orders import kinds
from devops_tycoon.sim.obey import weeks
from devops_tycoon.sim.practices.dials import DIALS
from devops_tycoon.sim.rules.failure import Effect, FailureMode
from devops_tycoon.sim.rules.practice import GROUPS, Practice, Setting
from devops_tycoon.sim.text import dollars, duration, plural
from devops_tycoon.sim.values.order import Order

INTRODUCTION = """\
# Codex

Every practice, order and failure card, with its numbers. This page is generated from the game's own files
(`assets/practices`, `devops_tycoon/orders`, `assets/failures`), and a test fails when it is out of date: `make golden`
regenerates it.
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
        _SCOPES[practice.scope],
        f"from act {practice.act}",
        f"effort {weeks(practice.effort)} engineer-week{'s' * (practice.effort != 10)}",
        f"lead time {plural(practice.lead_weeks, 'week')}" if practice.lead_weeks else "active at once",
    ]
    if practice.price_cents:
        facts.append(f"{dollars(practice.price_cents)} one-off")
    if practice.cents_per_week:
        facts.append(f"{dollars(practice.cents_per_week)} weekly")
    for word, names in (("needs", practice.needs), ("unlocks", practice.unlocks), ("answers", practice.answers)):
        if names:
            facts.append(f"{word} {', '.join(f'`{name}`' for name in names)}")
    facts += _others(practice, _PRACTICE)
    acts = [_setting(setting) for setting in practice.settings]
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


def _setting(setting: Setting) -> str:
    dial = DIALS[setting.dial]
    return dial.effect.format(f"{setting.value:+g}" if dial.rule == "plus" else f"{setting.value:g}")


def _order(kind: type[Order]) -> str:
    facts = []
    if kind.planning_only:
        facts.append("only while planning")
    if kind.company_only:
        facts.append("only in company mode")
    if kind.facilitator:
        facts.append("facilitator only")
    return _entry(f"#### `{kind.usage}`", *kind.help_text().split("\n\n"), f"*{', '.join(facts)}.*" if facts else "")


def _card(card: FailureMode) -> str:
    facts = [card.family, f"target: {card.target_kind}"]
    hazard = " × ".join([f"{card.per_hour:g} per hour", *card.factors])
    facts.append(hazard if card.per_hour else "never at random")
    lasts = f"lasts {duration(card.lasts_s)}" if card.lasts_s else "lasts until it is fixed"
    facts.append(lasts + (f", ends with `{card.ends_when}`" if card.ends_when else ""))
    facts += _others(card, _CARD)
    return _entry(
        f"#### {card.title} (`{card.id}`)",
        _subtitle(card.subtitle),
        card.story,
        f"*{', '.join(facts)}.*",
        f"**Effect:** {'; '.join(map(_effect, card.effects))}.",
        f"**Looks like:** {card.symptom}",
        f"**Misleads:** {card.misleads}" if card.misleads else "",
        _list("Helps", card.helps),
        _list("Makes it worse", card.worse),
        _list("Prevents", card.prevents),
        f"**Lesson:** {card.lesson}",
        _list("Source", card.sources),
    )


def _effect(effect: Effect) -> str:
    """Return an effect in words, without the numbers that change nothing."""
    found = []
    if effect.down:
        found.append("down")
    if effect.capacity_pct != 100:
        found.append(f"{effect.capacity_pct:g}% of the workers remain")
    if effect.replicas_minus:
        found.append(f"{plural(effect.replicas_minus, 'replica')} fewer")
    if effect.add_latency_ms:
        found.append(f"latency +{effect.add_latency_ms:g} ms")
    if effect.error_pct:
        found.append(f"{effect.error_pct:g}% errors")
    if effect.loss_pct:
        found.append(f"{effect.loss_pct:g}% of requests lost")
    found += _others(effect, _EFFECT)
    ramp = f", growing over {duration(effect.ramp_s)}" if effect.ramp_s else ""
    return f"{effect.where}: {', '.join(found) or 'replicas there are lost'}{ramp}"


_SCOPES = {
    "company": "for the company",
    "service": "for one service",
    "store": "for one store",
    "machines": "for one service or store",
    "link": "for one link",
}
_PRACTICE = {
    "id", "title", "subtitle", "group", "scope", "act", "effort", "lead_weeks", "price_cents", "cents_per_week",
    "needs", "unlocks", "settings", "answers", "about", "gives", "costs", "source",
}  # fmt: skip
_CARD = {
    "id", "title", "subtitle", "family", "story", "symptom", "misleads", "lesson", "helps", "worse", "prevents",
    "sources", "target_kind", "pick", "per_hour", "factors", "lasts_s", "ends_when", "deploys", "effects",
}  # fmt: skip
_EFFECT = {
    "where", "capacity_pct", "replicas_minus", "add_latency_ms", "error_pct", "loss_pct", "down", "ramp_s",
}  # fmt: skip
"""Fields that the page has words for; any other is shown under its own name."""


def _others(value: Practice | FailureMode | Effect, known: set[str]) -> list[str]:
    """Return `name value` for each field outside `known` that differs from its default."""
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
