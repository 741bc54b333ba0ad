"""grades.csv: one row a person, every number from a fresh re-simulation of that person's replay."""

import csv
import io
from collections.abc import Sequence

from devops_tycoon.debrief.run import Run
from devops_tycoon.sim.rules.scenario import Question
from devops_tycoon.workshop.homework import alike, decisions

COLUMNS = (
    "code", "nickname", "joined_tick", "score", "uptime", "slo_met", "mttd_s", "mttm_s", "orders", "forecast_mark",
    "verified", "digest",
)  # fmt: skip
SAME = "same_decisions_as"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet calculate a cell instead of showing it, the wide forms included."""


def grades_csv(runs: Sequence[Run], question: Question | None = None, *, homework: bool = False) -> bytes:
    """Return the file: UTF-8 with a byte order mark, so that spreadsheets read the names as they are written.

    Of homework it has one column more: who else handed in the very same decisions.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, SAME) if homework else COLUMNS)
    same = alike({run.code: decisions(run) for run in runs}) if homework else {}
    for run in sorted(runs, key=lambda one: one.code):
        cells = (*row(run, question), " ".join(same[run.code])) if homework else row(run, question)
        writer.writerow([_harmless(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig", "replace")


def row(run: Run, question: Question | None = None) -> tuple[str, ...]:
    """Return a person's cells; what is not known stays empty."""
    mark = "" if question is None or not run.forecast else str(int(run.forecast == question.answer + 1))
    head, tail = (run.code, run.name, str(run.joined_tick)), ("no" if run.problem else "yes",)
    if run.result is None:
        return (*head, "", "", "", "", "", "", mark, "no", "")
    found = run.result
    met = all(journey["sli"] >= journey["slo"] for journey in found["journeys"].values() if journey["valid"])
    typical = found["responding"]
    times = [f"{typical[name]['mean_s']:.1f}" if typical[name] else "" for name in ("mttd", "mttr")]
    numbers = (str(found["score"]), f"{found['uptime']:.6f}", "yes" if met else "no", *times, str(len(run.own)))
    return (*head, *numbers, mark, *tail, found["digest"])


def _harmless(cell: str) -> str:
    """Return a cell on one line that no spreadsheet takes for a formula."""
    flat = " ".join(cell.replace("\0", " ").splitlines())
    return f"'{flat}" if cell.startswith(_FORMULAS) or flat.lstrip().startswith(_FORMULAS) else flat
