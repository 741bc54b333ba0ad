"""The debrief as Markdown: for a wiki, a merge request or a chat. Texts of other people's stay texts in it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from devops_tycoon.content.problem import clean
from devops_tycoon.debrief.detection import beliefs, said, shares
from devops_tycoon.debrief.document import debrief_document
from devops_tycoon.debrief.text import typical
from devops_tycoon.play.daily import share_line
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import score

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
"""What would be markup anywhere; GitHub makes links of bare addresses too."""
_FIRST = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))|^(?=[-+](?:\s|$)|[-=]+$)")
"""Where a list or a heading would begin."""
_AT = re.compile("@+")
"""GitHub makes a link of an address of mail, and calls a person, also where the sign is escaped; but not in code."""
_MICRO = 1_000_000


def debrief_markdown(session: Session) -> str:
    """Return the debrief as CommonMark with GitHub's tables; its values are those of `debrief --json`."""
    told = debrief_document(session)
    parts = [
        f"# {inline(told['title'])}: debrief",
        _result(told, session),
        inline(share_line(session)) if session.rules.scenario.kind == "daily" and session.over else "",
        *_titled("## Goals", _goals(session)),
        "## Score",
        _list(told["explained"]),
        *_titled("## Medals", _list(f"{medal['title']}: {medal['why']}" for medal in told["medals"])),
        "## Journeys",
        _journeys(told["journeys"]),
        "## Lost requests by cause",
        _ledger(told),
        "## Incidents",
        _incidents(told["incidents"], session) or "None.",
        *[inline(told) for told in typical(session)],
        *_titled("## Measured and actual", _noticed(session)),
        "## Timeline",
        "`>` your order, `!` visible problem, `*` hidden from you.",
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
    return _AT.sub(r"`\g<0>`", _FIRST.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", flat)))


def _result(told: dict[str, Any], session: Session) -> str:
    ending = "goals met" if told["won"] else "goals not met" if session.over else f"stopped at tick {told['ticks']}"
    by = f", played by {inline(session.game.player)}" if session.game.player else ""
    return (
        f"**{ending}**, uptime {told['uptime']:.3%}, score {told['score']}, grade {inline(told['grade'])}{by}. "
        f"Scenario {inline(told['scenario'])}, seed {told['seed']}, difficulty {session.rules.level.id}, "
        f"{told['ticks']:,} ticks, orders: {told['orders']}, content {inline(told['content'])}, "
        f"digest `{told['digest']}`."
    )


def _goals(session: Session) -> str:
    goals = score(session.world, session.rules).goals
    rows = [("✓" if goal.met else "✗", goal.goal.text, goal.says) for goal in goals]
    return _table(("", "goal", "reached"), rows) if rows else ""


def _journeys(journeys: dict[str, dict[str, Any]]) -> str:
    rows = [
        (name, f"{one['sli']:.3%}", f"{one['slo']:.3%}", _requests(one["valid"] - one["good"]),
         f"{one['p50_ms']:.0f}", f"{one['p99_ms']:.0f}")
        for name, one in journeys.items()
    ]  # fmt: skip
    return _table(("journey", "good", "SLO", "lost", "p50 ms", "p99 ms"), rows, numbers=5)


def _ledger(told: dict[str, Any]) -> str:
    lines = sorted(told["ledger"], key=lambda line: (-line["bad"], line["cause"], line["where"], line["fault"]))
    if not lines:
        return "No requests were lost."
    rows = [(line["cause"], line["where"], line["fault"] or "none", _requests(line["bad"])) for line in lines]
    whole = ("**all**", "", "", f"**{_requests(told['valid'] - told['good'])}**")
    ledger = f"{_table(('cause', 'where', 'fault', 'requests'), rows, numbers=1)}\n| {' | '.join(whole)} |"
    return "\n\n".join([ledger, *[_sums(told["losses"][f"by_{kind}"], kind) for kind in ("cause", "fault")]])


def _sums(sums: Sequence[dict[str, Any]], kind: str) -> str:
    whole = sum(one["bad"] for one in sums) or 1
    parts = [f"{inline(one[kind] or 'no fault')} {one['bad'] / whole:.1%}" for one in sums]
    return f"By {kind}: {', '.join(parts)}."


def _incidents(incidents: Sequence[dict[str, Any]], session: Session) -> str:
    failure = session.rules.failure
    rows = [
        (
            one["id"],
            failure[one["fault"]].title if one["fault"] in failure else "no single fault",
            one["how"] or "failure rate",
            _seconds(one["detect_s"], ""),
            _seconds(one["acknowledge_s"], "–"),
            _seconds(one["restore_s"], "still open"),
            _requests(one["bad"]),
        )
        for one in incidents
    ]
    head = ("", "fault", "detected by", "detected after", "acknowledged after", "restored after", "requests lost")
    if not rows:
        return ""
    counted = "Detection and restoration are counted from the start of the incident, acknowledgement from detection."
    return f"{_table(head, rows, numbers=4)}\n\n{counted}"


def _seconds(seconds: int | None, otherwise: str) -> str:
    return otherwise if seconds is None else f"{seconds:,} s"


def _noticed(session: Session) -> str:
    """Return what was believed of the numbers, in company mode, and of each incident."""
    rows = [(belief.incident, *said(belief)) for belief in beliefs(session)]
    known = _list(shares(session)) if session.rules.scenario.company_mode.observes else ""
    return "\n\n".join(part for part in (known, _table(("", "detected", "actual"), rows) if rows else "") if part)


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


def _table(head: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: int = 0) -> str:
    """Return a table; its last columns are set right if they are numbers."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * (len(head) - numbers)}{'---:|' * numbers}"]
    return "\n".join([*lines, *[f"| {' | '.join(inline(cell) for cell in row)} |" for row in rows]])


def _list(texts: Iterable[str]) -> str:
    return "\n".join(f"* {inline(text)}" for text in texts)


def _paragraphs(text: str) -> str:
    return "\n\n".join(inline(part) for part in text.split("\n\n") if part.strip())


def _titled(title: str, body: str) -> tuple[str, ...]:
    return (title, body) if body else ()
