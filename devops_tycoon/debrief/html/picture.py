"""A run as one picture: a self-contained SVG for a page of notes, a slide or a chat."""

from itertools import groupby

from devops_tycoon.debrief.html.charts import BLUE, INK, LEFT, ORANGE, RIGHT, SOFT, Line, shares
from devops_tycoon.debrief.html.lesson import Lesson, requests
from devops_tycoon.debrief.html.markup import Html, el
from devops_tycoon.debrief.html.patterns import patterns
from devops_tycoon.debrief.html.text_width import cut, lines, width
from devops_tycoon.debrief.run import Band, Run, run_of
from devops_tycoon.play.session import Session
from devops_tycoon.sim.score.score import score

WIDE, HIGH = 1000, 330
BESIDE = 110
"""At the right of a chart is room for the names of its lines; here is one line without a name."""
MARGIN, LINE, LANE, TEXT = 32, 22, 21, 15
ROOM, END = WIDE - 2 * MARGIN, WIDE + BESIDE - RIGHT
_LANES, _MOMENTS = 40, 16
"""Most faults and orders that are told in words; nobody looks at a longer picture."""
_MICRO = 1_000_000


def run_picture(session: Session) -> str:
    """Return the picture: result and goals, what members got over time, the faults, and the player's orders."""
    run = run_of(session, session.game.player, "")
    lesson = Lesson(session.rules, session.game.seed, (run,))
    title = f"{session.rules.scenario.title}: debrief"
    result, facts = _result(session, run), _facts(session)
    head, below_head = _texts(facts, 110)
    chart = shares(lesson.axis, _curves(lesson, run), lesson.bands, _told(run), size=(WIDE + BESIDE, HIGH))
    lanes, below_lanes = _lanes(lesson, below_head + HIGH + 28)
    foot, high = _texts(_foot(lesson, run), below_lanes + 26)
    drawn = el(
        "svg",
        el("title", title, id="title"),
        el("desc", " ".join([f"{result}.", *[f"{text}." for text, _ in facts], _told(run)]), id="desc"),
        patterns(),
        el("rect", width=WIDE, height=high + MARGIN, fill="#fffdf9"),
        el("text", cut(title, 30, ROOM, bold=True), x=MARGIN, y=50, fill=INK, font_size=30, font_weight="bold"),
        el("text", cut(result, 19, ROOM, bold=True), x=MARGIN, y=82, fill=INK, font_size=19, font_weight="bold"),
        *head,
        el("svg", chart, x=0, y=below_head, width=WIDE + BESIDE, height=HIGH),
        *lanes,
        *foot,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE} {high + MARGIN}",
        width=WIDE,
        height=high + MARGIN,
        role="img",
        aria_labelledby="title desc",
        font_family="system-ui, 'Segoe UI', 'Liberation Sans', sans-serif",
    )
    return f"{drawn}\n"


def _result(session: Session, run: Run) -> str:
    reached = score(session.world, session.rules)
    ending = "goals met" if reached.won else "goals not met" if run.over else f"stopped at tick {session.world.tick}"
    return f"{ending}: uptime {reached.uptime:.3%}, score {reached.points}, grade {reached.grade}"


def _facts(session: Session) -> list[tuple[str, str]]:
    """Return what was played and by whom, and each goal, with their inks."""
    rules, player = session.rules, session.game.player
    by = f", played by {cut(player, TEXT, ROOM / 2)}" if player else ""
    played = f"scenario {rules.id}, seed {session.game.seed}, {rules.level.id}, {session.world.tick:,} ticks{by}"
    goals = score(session.world, rules).goals
    return [(played, SOFT), *[(f"{'✓' if goal.met else '✗'} {goal.goal.text} ({goal.says})", INK) for goal in goals]]


def _across(lesson: Lesson, tick: float) -> float:
    """Return where a tick is in the chart, and so in what stands below it."""
    axis = lesson.axis
    share = (tick - axis.first) / max(1, axis.last - axis.first)
    return LEFT + min(1.0, share) * (END - LEFT)


def _curves(lesson: Lesson, run: Run) -> list[Line]:
    """Return the curve, and a mark below it for each order; of those that would lie on each other, one."""
    places = {int(_across(lesson, tick)): tick for tick, _ in run.own}
    marks = [Line(((tick, -0.01), (tick, -0.042)), ORANGE, 1.6) for tick in places.values()]
    return [Line(run.curve, BLUE, 2.4), *marks]


def _told(run: Run) -> str:
    """Return in words what the chart shows."""
    if not run.curve:
        return "Nothing has been played yet."
    low = min(share for _, share in run.curve)
    return (
        f"Share of good requests over time; its lowest is {low:.0%}. Faults: {len(run.bands)}, orders: {len(run.own)}."
    )


def _lanes(lesson: Lesson, top: int) -> tuple[list[Html], int]:
    """Return a lane for each fault on the same time as the chart above, and where the next thing may begin."""
    drawn, at = [], top
    for number, band in enumerate(lesson.bands[:_LANES], 1):
        drawn += _lane(lesson, f"{number}  {_named(lesson, band)}", band, at)
        at += LANE
    more = len(lesson.bands) - _LANES
    if more > 0:
        drawn.append(el("text", f"and {more} more faults", x=LEFT, y=at + 15, fill=SOFT, font_size=13))
        at += LANE
    return drawn, at


def _lane(lesson: Lesson, text: str, band: Band, at: int) -> list[Html]:
    """Return when one fault was active, and its name: beginning there, or ending there where the right has no room."""
    begun, ended = _across(lesson, band.began), _across(lesson, band.ended)
    fill, ink = ("#f6e3cc", ORANGE) if band.host else ("#e6e2d8", SOFT)
    right, left = END - begun - 6, begun - 6 - MARGIN
    after = width(text, 13) <= right or right >= left
    return [
        el("rect", x=begun, y=at, width=max(2.0, ended - begun), height=LANE - 3, fill=fill),
        el("rect", x=begun, y=at, width=2, height=LANE - 3, fill=ink),
        el(
            "text",
            cut(text, 13, right if after else left),
            x=begun + 6 if after else begun - 6,
            y=at + 14,
            fill=INK,
            font_size=13,
            text_anchor=None if after else "end",
        ),
    ]


def _named(lesson: Lesson, band: Band) -> str:
    where = f" at {band.where}" if band.where else ""
    by = ", injected by the facilitator" if band.host else ""
    return f"{band.title}{where}, {lesson.span(band.began, band.ended)}{by}"


def _foot(lesson: Lesson, run: Run) -> list[tuple[str, str]]:
    """Return the rest in words: what was lost, and the orders."""
    lost = ", ".join(f"{cause} {requests(bad)}" for cause, bad in run.losses[:5] if bad >= _MICRO // 2)
    troubles = "Hatched and listed below: faults." if run.bands else "There were no faults."
    told = [
        (f"Line: share of good requests between check marks. {troubles}", SOFT),
        (f"Requests lost: {lost}." if lost else "No whole request was lost.", INK),
        ("Orders, marked below the chart:" if run.own else "No orders.", INK),
    ]
    moments = [(tick, [text for _, text in same]) for tick, same in groupby(run.own, key=lambda order: order[0])]
    for tick, orders in moments[:_MOMENTS]:
        told.append((cut(f"{lesson.clock(tick)}  {', '.join(orders)}", TEXT, 2 * ROOM - 40), SOFT))
    if len(moments) > _MOMENTS:
        rest = sum(len(orders) for _, orders in moments[_MOMENTS:])
        told.append((f"and {rest} more orders", SOFT))
    return told


def _texts(told: list[tuple[str, str]], top: float) -> tuple[list[Html], int]:
    """Return texts one below the other, and where the next thing may begin."""
    drawn, at = [], int(top)
    for text, ink in told:
        for part in lines(text, TEXT, ROOM):
            drawn.append(el("text", part, x=MARGIN, y=at, fill=ink, font_size=TEXT))
            at += LINE
    return drawn, at
