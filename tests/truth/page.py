"""The page docs/truth.md, generated from what was measured."""

import re
from pathlib import Path
from textwrap import fill

from tests.truth.claim import Claim, Found, Unit
from tests.truth.claims import CLAIMS, measured
from tests.truth.rows.limits import SECTION as NO_PROMISE

PAGE = Path(__file__).parents[2] / "docs" / "truth.md"

INTRODUCTION = """\
# How true the model is

The game and the lab do not follow single requests. Per pool and tick they compute how many requests wait and how much
that number varies, and from it times, failures and retries. This page says how far such numbers are from theory, and
from a simulator that follows every request (the referee, `tests/referee.py`, some 850 lines with its queues). The two
share only the input and the choice of shard for a key. The tests generate this page, and a test fails when it is out of
date.

* **model**: what `devops-tycoon lab` says. It is deterministic: the same graph gives the same number every time.
* **expected**: a formula, a published number (MODEL: the reference values of the project's design), or the mean of the
  referee's runs. The referee is random; ± is the standard error of its mean.
* **difference**: in percent of the expected value, or in points where both are percentages.
* **bound**: the largest difference that the test allows. A row about many cases shows the one that is furthest off.

What matters most in a lesson is which systems recover from an overload: see the replica and the storms.
"""

NOTHING = """\
## Where the model promises nothing

* A 99th percentile at more than 95% load, and any percentile of a single tick at a step in load.
* Work that varies more than an exponential (cv² > 1): the mean of one pool is right, percentiles are a fit.
* Pools of one or two slots that call each other and hold their slots meanwhile: with so few callers, arrivals are not
  independent. The model then predicts queues that do not form, and near full load even a collapse that does not happen.
  The random graph that is 8% too slow has a chain of such pools with three to five slots.
* Several calls of one request to one pool at the same moment: they wait together, but the mean time of the latest is
  computed as if each waited alone. That is what makes the graph of the line above slow. (With one wait for all
  of them its mean is right within 1%, and its p99 9% low: the swings of the next item are missing.)
* Callers short of slots because a store behind them alternates between slow and fast: such swings
  are longer than those of either alone, and the model is too fast.
* A store at 75% and more behind a short limit with retries: abandoned work is done all the same, and some of
  the referee's seeds collapse for a time while others do not.
* The latest of many parallel answers (30 and more) that themselves are sums of several times: such sums have lighter
  tails than the fit; four equal stages are 4% high at 10, 15% at 100. Plain exponentials are exact.
* Percentiles of whole requests come from 512 samples a tick, 60 ticks in the lab: 2 to 3% of noise at p99. The shape
  of a time that is known by mean and variance only is fitted: its tail was off by 1 point in the median of 150 random
  sums of two to five exponentials, by 4 points in the worst. What is answered within 25 to 150 ms is such a shape:
  given the referee's own mean and variance, the fit is 1.6 points off at 80/s, and 2.5 at 110/s.
* Storms whose users wait about as long as a full queue takes: the referee recovers from such a collapse by luck, after
  20 to 200 s; the model, which has no luck, does not. These are the wrong verdicts in the table above.
* What a protection saves in the minute of the fault alone, rather than over the incident and its end.
* The first seconds of a cache stampede, when all that was filled together expires: the model is some 11 points too
  optimistic there. How often a cache calls its origin over a longer time is tested.
* Callers that hold their slots, with a short timeout, in front of a store at 95% utilisation or more: no more
  requests can queue there than there are slots, but the model uses that only where timeouts are five times as long as
  answers. Elsewhere it predicts timeouts that do not happen and is 20 to 30 points too pessimistic.
* A quota at about the requested rate: the bucket is fluid and ignores randomness within a tick, so it rejects too few.
  Well below and well above the quota it is tested.
* The spread of the backlog of ordered consumers: means are tested, percentiles are not.
* A limit with many more slots than the limit: differences of up to 2 points were measured.
* On the edge between recovery and collapse (20 to 60% of the referee's seeds stay down) the outcome is luck. The model
  gives one of the two outcomes.
* Luck itself: the model gives the mean of a run, not how runs differ. With a budget of 30% the referee's seeds differ
  by 12 points, with a lost zone and impatient users by 3; their rows have 64 and 40 seeds, the others 3 to 8.
* Burn-rate alerts are among MODEL's reference values; their rows come with alerting, which the lab does not have.
* "k of n replicas must answer" cannot be said in a lab file, so nothing is claimed about it.

The rows of the last table show how far off the model is in some of these; their bounds only detect when it gets worse.
"""

REPRODUCE = """\
## Do it yourself

```
make test                                      # nearly every row is a test with its name
make proofs                                    # the other rows, and some of the stored results again
REGENERATE_GOLDEN=1 .venv/bin/python -m pytest tests/truth -k page   # regenerate this page
.venv/bin/python -m tests.truth.referee_results                      # cases the referee has not run yet
.venv/bin/python -m tests.truth.referee_results --all                # everything again (most of an hour)
```

The referee's results are in `tests/truth/referee.json`, with their seeds and a hash of the graph each was made for. A
new claim is one line in a file of `tests/truth/rows`.
"""


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION, _summary()]
    sections: dict[str, list[Claim]] = {}
    for claim in CLAIMS:
        sections.setdefault(claim.section, []).append(claim)
    *held, last = sections.items()
    parts += [_table(section, claims) for section, claims in held]
    parts += [NOTHING, _table(*last), REPRODUCE]
    return tight("\n".join(parts))


def tight(text: str) -> str:
    """Return a text with its percentages as the style guide writes them: 99.5%, without a space."""
    return re.sub(r"(\d) %", r"\1%", text)


def _summary() -> str:
    missed = [claim for claim in CLAIMS if claim.promised is not None]
    promises = sum(claim.section != NO_PROMISE for claim in CLAIMS)
    text = f"{promises} rows are promises of MODEL, the project's design, or of a mechanism's own test; " + (
        f"{promises - len(missed)} of them hold"
    )
    if not missed:
        return text + ".\n"
    rows = [
        f"* {claim.section}: {claim.name}: {number(claim, claim.difference(measured(claim)))} where "
        f"{number(claim, claim.promised or 0.0)} is promised"
        for claim in missed
    ]
    return "\n".join([text + ". **Not met:**\n", *rows, ""])


def _table(section: str, claims: list[Claim]) -> str:
    lines = [
        f"## {section}\n",
        "| claim | model | expected | from | difference | bound | |",
        "|---|--:|--:|---|--:|--:|---|",
    ]
    notes: list[str] = []
    for claim in claims:
        found = measured(claim)
        mark = ""
        if found.note:
            notes.append(found.note)
            mark = f" [{len(notes)}]"
        lines.append(row(claim, found, mark))
    lines.append("")
    if notes:
        lines += [fill(" · ".join(f"[{i}] {note}" for i, note in enumerate(notes, 1)), 120), ""]
    return "\n".join(lines)


def row(claim: Claim, found: Found, mark: str = "") -> str:
    """Return a claim's line of its table; `mark` points to a note below."""
    return tight(
        f"| {claim.name}{mark} | {value(claim, found.predicted)}"
        f" | {value(claim, found.expected)}{noise(claim, found)}"
        f" | {claim.against} | {number(claim, claim.difference(found))} | {number(claim, claim.bound)}"
        f" | {verdict(claim, found)} |"
    )


def verdict(claim: Claim, found: Found) -> str:
    """Return the last column."""
    if claim.difference(found) > claim.bound:
        return "**broken**"
    if claim.section == NO_PROMISE:
        return "no promise"
    return "holds" if claim.promised is None else f"**not met**: {number(claim, claim.promised)} promised"


def value(claim: Claim, x: float) -> str:
    """Return a value as the page shows it: four digits, so that dust does not change it."""
    if claim.unit is Unit.VERDICT:
        return "stays down" if x else "recovers"
    if claim.unit is Unit.RELATIVE:
        return "0" if x == 0.0 else f"< {10.0 ** _magnitude(x):.0e}"
    if claim.unit is Unit.POINTS:
        return f"{x + 0.0:.2f}"
    return f"{x:.4g}" if abs(x) < 1000 else f"{x:.0f}"


def noise(claim: Claim, found: Found) -> str:
    """Return the referee's standard error in the value's unit."""
    if not found.noise:
        return ""
    size = found.noise * found.expected / 100.0 if claim.unit is Unit.PERCENT else found.noise
    return f" ± {size:.2g}" if size < 100 else f" ± {size:.0f}"


def number(claim: Claim, x: float) -> str:
    """Return a difference or bound with its unit."""
    if claim.unit is Unit.VERDICT:
        return "same" if x == 0.0 else "other"
    if claim.unit is Unit.RELATIVE:
        return "0" if x == 0.0 else f"< {10.0 ** _magnitude(x):.0e}" if x < 1e-9 else f"{x:.0e}"
    if claim.unit is Unit.COUNT:
        return f"{x:g}"
    shown = f"{round(x, 2) + 0.0:g}"
    if claim.unit is Unit.PERCENT:
        return f"{shown}%"
    return f"{shown} {claim.unit.value}".removesuffix("s" if shown == "1" else "\n")


def _magnitude(x: float) -> int:
    """Return the power of ten above, but at least −12: smaller errors are dust."""
    power = -12
    while x > 10.0**power:
        power += 1
    return power
