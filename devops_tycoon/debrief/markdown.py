"""The debrief as Markdown: for a wiki, a merge request or a chat. Texts of other people's stay texts in it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from devops_tycoon.content.problem import clean
from devops_tycoon.debrief.document import debrief_document
from devops_tycoon.play.session import Session

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#@$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What would be markup anywhere; GitHub makes links of bare addresses too."""
_FIRST = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))|^(?=[-+](?:\s|$)|[-=]+$)")
"""Where a list or a heading would begin."""
_MICRO = 1_000_000


def debrief_markdown(session: Session) -> str:
    """Return the debrief as CommonMark with GitHub's tables; its values are those of `debrief --json`."""
    told = debrief_document(session)
    parts = [
        f"# {inline(told['title'])}: debrief",
        _result(told, session.game.player),
        "## Goals",
        _table(("", "goal"), [("✓" if goal["met"] else "✗", goal["goal"]) for goal in told["goals"]]),
        "## The score",
        _list(told["explained"]),
        *_titled("## Medals", _list(f"{medal['title']}: {medal['why']}" for medal in told["medals"])),
        "## Journeys",
        _journeys(told["journeys"]),
        "## What was lost, and how",
        _ledger(told),
        "## Incidents",
        _incidents(told["incidents"]) or "None.",
        *_titled("## Noticed", _noticed(told["noticed"])),
        "## Timeline",
        "An order of yours: `>`; trouble that was seen: `!`; what could not be seen: `*`.",
        _timeline(told["timeline"]),
        *_titled("## Forecast", _forecast(told["forecast"])),
        "## Lesson",
        _paragraphs(told["lesson"]),
        *_titled("## Next move", _paragraphs(told["next_move"] or "")),
        *_titled("## Questions", _list(told["questions"])),
        f"## {inline(told['museum']['title'])}",
        _paragraphs(told["museum"]["text"]),
        _paragraphs(told["museum"]["source"]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def inline(text: object) -> str:
    """Return a text on one line that no Markdown reader takes for markup."""
    flat = " ".join(clean(str(text)).split())
    return _FIRST.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", flat))


def _result(told: dict[str, Any], player: str) -> str:
    ending = "goals met" if told["won"] else "goals not met"
    by = f", played by {inline(player)}" if player else ""
    return (
        f"**{ending}**, uptime {told['uptime']:.3%}, score {told['score']}, grade {inline(told['grade'])}{by}. "
        f"Scenario {inline(told['scenario'])}, seed {told['seed']}, {told['ticks']:,} ticks, "
        f"orders: {told['orders']}, digest `{told['digest']}`."
    )


def _journeys(journeys: dict[str, dict[str, Any]]) -> str:
    rows = [
        (name, f"{one['sli']:.3%}", f"{one['slo']:.3%}", _requests(one["valid"] - one["good"]),
         f"{one['p50_ms']:.0f}", f"{one['p99_ms']:.0f}")
        for name, one in journeys.items()
    ]  # fmt: skip
    return _table(("journey", "went well", "objective", "lost", "p50 ms", "p99 ms"), rows)


def _ledger(told: dict[str, Any]) -> str:
    lines = sorted(told["ledger"], key=lambda line: (-line["bad"], line["cause"], line["where"], line["fault"]))
    if not lines:
        return "Not one request was lost."
    rows = [(line["cause"], line["where"], line["fault"] or "none", _requests(line["bad"])) for line in lines]
    whole = ("**all**", "", "", f"**{_requests(told['valid'] - told['good'])}**")
    return f"{_table(('cause', 'where', 'fault', 'requests'), rows)}\n| {' | '.join(whole)} |"


def _incidents(incidents: Sequence[dict[str, Any]]) -> str:
    rows = [
        (
            one["id"],
            one["fault"] or "no single fault",
            one["began"],
            one["detected"],
            "still open" if one["mitigated"] is None else one["mitigated"],
            _requests(one["bad"]),
        )
        for one in incidents
    ]
    return _table(("", "fault", "began at tick", "detected", "mitigated", "requests lost"), rows) if rows else ""


def _noticed(noticed: Sequence[dict[str, Any]]) -> str:
    rows = [
        (one["incident"], one["when"], one["how"], ", ".join(one["suspected"]), f"{one['fault']} at {one['where']}")
        for one in noticed
    ]
    return _table(("", "when", "how", "you suspected", "it was"), rows) if rows else ""


def _timeline(moments: Sequence[dict[str, Any]]) -> str:
    rows = [
        (
            moment["when"],
            ">" if moment["kind"] == "ordered" else "*" if moment["hidden"] else "!" if moment["bad"] else "",
            moment["text"],
        )
        for moment in moments
    ]
    return _table(("when", "", "what"), rows)


def _forecast(asked: dict[str, Any] | None) -> str:
    if asked is None:
        return ""
    yours = "nothing" if asked["yours"] is None else asked["choices"][asked["yours"]]
    right = f"{asked['choices'][asked['right']]} {asked['why']}"
    return f"{inline(asked['question'])}\n\nYou expected: {inline(yours)}\n\nIt is: {inline(right)}"


def _requests(micro: int) -> str:
    """Return an amount of requests; what is lost in part is shown in part, so that the lines add up."""
    return f"{micro / _MICRO:,.6f}".rstrip("0").rstrip(".")


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *[f"| {' | '.join(inline(cell) for cell in row)} |" for row in rows]])


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"* {inline(text)}" for text in texts)


def _paragraphs(text: str) -> str:
    return "\n\n".join(inline(part) for part in text.split("\n\n") if part.strip())


def _titled(title: str, body: str) -> tuple[str, ...]:
    return (title, body) if body else ()
