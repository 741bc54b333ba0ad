"""The format of a practice."""

from importlib.resources.abc import Traversable
from typing import Any, get_args

from devops_tycoon.content.reader import Document, read_document
from devops_tycoon.content.schema import (
    Source,
    from_name,
    list_of,
    maybe,
    name,
    need,
    number,
    one_of,
    table,
    text,
    whole,
)
from devops_tycoon.sim.kinds import Scope
from devops_tycoon.sim.practices.dials import DIALS
from devops_tycoon.sim.rules.practice import GROUPS, Practice, Setting

SETTING = table(Setting, dial=need(one_of(*DIALS)), value=need(number(-1000, 1000)), weeks=maybe(whole(0, 520), 0))


def _practice(effort: float, **rest: Any) -> Practice:
    return Practice(effort=round(10 * effort), **rest)


PRACTICE = table(
    _practice,
    id=from_name(),
    title=need(text(60)),
    subtitle=maybe(text(80, empty=True), ""),
    group=need(one_of(*GROUPS)),
    scope=maybe(one_of(*get_args(Scope)), "company"),
    act=need(whole(1, 6)),
    effort=need(number(0, 1000), key="engineer_weeks"),
    lead_weeks=maybe(whole(0, 520), 0),
    price_cents=maybe(whole(0, 10**12), 0),
    cents_per_week=maybe(whole(0, 10**10), 0),
    needs=maybe(list_of(name(), most=10, unique="."), ()),
    unlocks=maybe(list_of(text(40), most=10, unique="."), ()),
    settings=maybe(list_of(SETTING, most=12), ()),
    answers=maybe(list_of(name(), most=10, unique="."), ()),
    about=need(text(500)),
    gives=need(text(300)),
    costs=need(text(300)),
    source=need(text(300)),
)


def read_practice(file: Traversable) -> Document[Practice]:
    """Read a practice."""
    return read_document(file, PRACTICE, _check)


def _check(practice: Practice, source: Source) -> None:
    if not practice.settings and not practice.unlocks:
        source.note(("settings",), "the practice does nothing; expected settings or unlocks")
    for i, setting in enumerate(practice.settings):
        if DIALS[setting.dial].rule == "times" and setting.value <= 0:
            source.note(
                ("settings", i, "value"), f"{setting.value:g} is not a valid factor; expected more than 0, such as 0.7"
            )
