"""What happened, in order: orders and facts, the hidden ones included."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devops_tycoon.content.problem import ContentError, clean
from devops_tycoon.play.replay import Replay, game_of, read
from devops_tycoon.play.session import Session
from devops_tycoon.play.verify import playing
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.step import RULES


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline."""

    tick: int
    when: str
    kind: str
    text: str
    bad: bool
    hidden: bool
    """Nobody in the company knew it at the time."""


def played(file: Path) -> Session:
    """Play a replay file to where it ends; raise ContentError if it cannot be played."""
    replay = read(file)
    session = Session(game_of(replay, str(file)))
    for _ in playing(session, replay, to_the_end=True):
        pass
    return session


def timeline(session: Session) -> list[Moment]:
    """Return every order and fact of a session with its time of day."""
    moments = [
        Moment(
            order.tick, when(session.rules, order.tick), "ordered", f"{order.by or 'you'}: {order.order}", False, False
        )
        for order in session.orders
    ]
    moments += [
        Moment(tick, when(session.rules, tick), fact.kind, fact.text, fact.bad, fact.hidden)
        for tick, fact in session.facts
    ]
    return sorted(moments, key=lambda moment: moment.tick)


def when(rules: Rules, tick: int) -> str:
    """Return the day and the time of day of a tick."""
    began = 0
    for shift in rules.scenario.shifts:
        if tick < began + shift.ticks or shift is rules.scenario.shifts[-1]:
            seconds = (shift.begins_s + (tick - began) * rules.scenario.tick_s) % 86_400
            return f"{shift.day} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        began += shift.ticks
    return str(tick)


def replay_timeline(file: Path) -> tuple[list[str], dict[str, Any]]:
    """Return a replay's timeline as lines and as a document; one of another rules version shows its orders only."""
    replay = read(file)
    tags = {name: clean(value) for name, value in replay.tags}
    head = [f"{name}: {value}" for name, value in tags.items() if name != "Trace"]
    if replay.tag("Rules") != RULES:
        return _orders_only(replay, head, tags)
    moments = timeline(played(file))
    lines = [*head, "", *[line(moment) for moment in moments]]
    if replay.truncated:
        lines.append("The file is truncated here.")
    return lines, {
        "tags": tags,
        "truncated": replay.truncated,
        "timeline": [
            {"tick": m.tick, "when": m.when, "kind": m.kind, "text": m.text, "bad": m.bad, "hidden": m.hidden}
            for m in moments
        ],
    }


def _orders_only(replay: Replay, head: list[str], tags: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    by = tags.get("Game", "another version")
    note = f"Recorded with rules version {tags['Rules']}; {by} can play it. Its orders:"
    orders = [f"{order.tick:6}. {clean(order.order)}" for order in replay.orders]
    document = {"tags": tags, "truncated": replay.truncated, "orders": [clean(o.order) for o in replay.orders]}
    return [*head, "", note, *orders], document


def line(moment: Moment) -> str:
    """Return a moment as one line of text."""
    sign = "*" if moment.hidden else "!" if moment.bad else ">" if moment.kind == "ordered" else " "
    return f"{moment.tick:6} {moment.when} {sign} {moment.text}"


__all__ = ["ContentError", "Moment", "line", "played", "replay_timeline", "timeline", "when"]
