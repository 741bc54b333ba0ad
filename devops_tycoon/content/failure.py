"""The format of a failure card."""

from importlib.resources.abc import Traversable
from typing import Any, get_args

from devops_tycoon.content.reader import Document, read_document
from devops_tycoon.content.schema import (
    Source,
    flag,
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
from devops_tycoon.sim.faults.strike import STANDING
from devops_tycoon.sim.kinds import Pick
from devops_tycoon.sim.practices.dials import DIALS
from devops_tycoon.sim.rules.failure import Effect, FailureMode

FAMILIES = ("infrastructure", "change", "demand", "dependency", "data", "security", "operations", "emergent")

EFFECT = table(
    Effect,
    where=need(
        one_of(
            *("target", "callers", "callees", "zone", "region", "account", "caches", "keys", "door", "telemetry"),
            "control",
        )
    ),
    capacity_pct=maybe(number(0, 100), 100.0),
    replicas_minus=maybe(whole(0, 10_000), 0),
    add_latency_ms=maybe(number(0, 3_600_000), 0.0),
    error_pct=maybe(number(0, 100), 0.0),
    loss_pct=maybe(number(0, 100), 0.0),
    down=maybe(flag(), False),
    ramp_s=maybe(number(0, 86_400), 0.0),
)

HAZARD = table(
    dict[str, Any], per_hour=need(number(0, 1000)), factors=maybe(list_of(one_of("fleet", "load"), unique="."), ())
)

TARGET = table(
    dict[str, Any],
    kind=need(one_of("service", "store", "provider", "any", "zone", "telemetry", *STANDING)),
    pick=maybe(one_of(*get_args(Pick)), "random"),
)


def _card(hazard: dict[str, Any], target: dict[str, Any], **rest: Any) -> FailureMode:
    return FailureMode(
        per_hour=hazard["per_hour"], factors=hazard["factors"], target_kind=target["kind"], pick=target["pick"], **rest
    )


CARD = table(
    _card,
    id=from_name(),
    title=need(text(60)),
    subtitle=maybe(text(80, empty=True), ""),
    family=need(one_of(*FAMILIES)),
    story=need(text(700)),
    symptom=need(text(400)),
    misleads=maybe(text(400, empty=True), ""),
    lesson=need(text(300)),
    helps=maybe(list_of(text(160), most=8), ()),
    worse=maybe(list_of(text(160), most=8), ()),
    prevents=maybe(list_of(text(160), most=8), ()),
    sources=need(list_of(text(240), 1, 8)),
    hazard=maybe(HAZARD, {"per_hour": 0.0, "factors": ()}),
    target=need(TARGET),
    lasts_s=maybe(number(0, 604_800), 0.0),
    ends_when=maybe(one_of("rollback", "restart", ""), ""),
    deploys=maybe(flag(), False),
    silent=maybe(flag(), False),
    effects=need(list_of(EFFECT, 1, 12)),
    needs=maybe(list_of(name(), most=8, unique="."), ()),
    restored=maybe(flag(), False),
    dial=maybe(one_of("", *DIALS), ""),
    trust_pct=maybe(number(0, 100), 0.0),
)


def read_failure(file: Traversable) -> Document[FailureMode]:
    """Read a failure card."""
    return read_document(file, CARD, _check)


def _check(card: FailureMode, source: Source) -> None:
    if not card.lasts_s and not card.ends_when:
        source.note(
            ("lasts_s",),
            "the failure never ends; expected lasts_s above 0, or ends_when naming the order that fixes it",
        )
    if (card.target_kind == "telemetry") != all(effect.where == "telemetry" for effect in card.effects):
        source.note(
            ("target", "kind"),
            'a card with the target "telemetry" has effects on "telemetry" only, and no other card has any',
        )
    for place in ("zone", "region", "account", "control"):
        if (card.target_kind == place) != any(effect.where == place for effect in card.effects):
            source.note(
                ("target", "kind"),
                f'a card with the target "{place}" needs an effect on "{place}", and no other card may have one',
            )
