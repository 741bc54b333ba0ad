"""Projects in progress and active practices."""

from devops_tycoon.sim.planning.outlook import Outlook
from devops_tycoon.sim.rules.rules import Rules
from devops_tycoon.sim.text import dollars, plural
from devops_tycoon.sim.timing.clock import shift_of
from devops_tycoon.sim.values.world import Project, World
from devops_tycoon.tui.draw.text import fit, pad
from devops_tycoon.tui.draw.values import Glyphs, Row, merge


def projects_rows(world: World, rules: Rules, _told: Outlook, width: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return projects by their end, then active practices and their running cost."""
    rows: list[Row] = [merge([(" In progress", "title")])]
    ahead = world.week + shift_of(world, rules).weeks
    coming = sorted(world.projects, key=lambda project: project.week)
    rows += [_project(project, world, ahead, width, glyphs) for project in coming]
    if not world.projects:
        rows.append(merge([("   None. Projects are listed here until they are done.", "dim")]))
    rows += [(), merge([(" Active", "title")])]
    kept = 0
    for adopted in sorted(world.practices, key=lambda adopted: (adopted.week, adopted.practice)):
        practice = rules.practice[adopted.practice]
        kept += practice.cents_per_week
        where = f" for {adopted.target}" if adopted.target else ""
        since = f"since week {adopted.week}" if adopted.week else "from the start"
        keep = f"{dollars(practice.cents_per_week)} weekly" if practice.cents_per_week else "free"
        rows.append(_columns(("✓" if glyphs != "ascii" else "v", "ok"), f"{practice.title}{where}", since, keep, width))
    if not world.practices:
        rows.append(merge([("   Nothing yet.", "dim")]))
    if kept:
        rows.append(merge([(f"   Total {dollars(kept)} weekly.", "dim")]))
    if world.planned:
        rows += [(), merge([(f" Ordered in this plan: {len(world.planned)} (u undoes the last one)", "accent")])]
    return tuple(rows)


def _project(project: Project, world: World, ahead: int, width: int, glyphs: Glyphs) -> Row:
    left = project.week - world.week
    text = f"in {plural(left, 'week')}"
    fits = "before the shift" if project.week <= ahead else f"after the shift, week {project.week}"
    style = "accent" if project.week <= ahead else "hot"
    return _columns((">" if glyphs == "ascii" else "»", style), str(project.order), text, fits, width)


def _columns(sign: tuple[str, str], name: str, middle: str, right: str, width: int) -> Row:
    tail = f"{pad(middle, 16)}{pad(right, 24)}"
    room = max(8, width - len(tail) - 4)
    return merge(
        [("  ", "ground"), (f"{sign[0]} ", sign[1]), (pad(fit(name, room), room), "name"), (fit(tail, width), "number")]
    )
