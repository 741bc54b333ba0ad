"""The board: ranks and scores; the player's own row has a sign, not only a colour."""

from devops_tycoon.tui.draw.text import pad
from devops_tycoon.tui.draw.values import Glyphs, Row, Segment, merge
from devops_tycoon.tui.view.room.fields import Told, items, name, part, whole

HIDDEN = "The facilitator has hidden the board."


def board_rows(board: Told, me: str, width: int, height: int, glyphs: Glyphs) -> tuple[Row, ...]:
    """Return the head and as many rows as fit, so that the player's own is among them."""
    rows = [row for row in items(board, "rows") if isinstance(row, dict)]
    if not rows:
        return (((" No scores yet.", "dim"),),)
    wide = width >= 60
    room = max(10, min(26, width - (42 if wide else 26)))
    head = f"   #  {pad('name', room)} score   uptime" + ("  orders  now" if wide else "")
    lines: list[tuple[Row, str]] = []
    own = 0
    for row in rows:
        late = bool(row.get("late"))
        if late and not any(style == "heading" for _, style in lines):
            lines.append(((("  joined late, ranked separately", "dim"),), "heading"))
        if row.get("code") == me:
            own = len(lines)
        lines.append((_row(row, row.get("code") == me, room, wide, glyphs), ""))
    fits = max(1, height - 1)
    top = max(0, min(own - fits // 2, len(lines) - fits))
    return (merge([(head, "dim")]), *(row for row, _ in lines[top : top + fits]))


def _row(row: Told, mine: bool, room: int, wide: bool, glyphs: Glyphs) -> Row:
    mark = (">" if glyphs == "ascii" else "▸") if mine else " "
    style = "accent" if mine else "text"
    out: list[Segment] = [
        (f" {mark}{whole(row, 'rank'):>2}  ", style),
        (f"{pad(name(row), room)} ", style if mine else "name"),
        (f"{whole(row, 'score'):>5} ", style),
        (f"{_share(row.get('uptime')):>8}", style),
    ]
    if wide:
        word, colour = (
            ("over", "dim") if row.get("over") else ("incident", "failing") if row.get("trouble") else ("", "")
        )
        out += [(f"  {whole(row, 'orders'):>6}  ", "number"), (word or _share(row.get("good")), colour or "ok")]
    elif row.get("trouble"):
        out.append((" !", "failing"))
    return merge(out)


def _share(value: object) -> str:
    """Return per cent, never rounded up."""
    return f"{int(float(value) * 10_000 + 1e-6) / 100:.2f}%" if isinstance(value, (int, float)) else "–"


def board_title(now: Told) -> tuple[str, str]:
    """Return the texts of the board's frame: what it is, and how far it can be trusted."""
    board = part(now, "board")
    if not board:
        return "Board", "hidden"
    frozen = f"frozen at tick {whole(board, 'tick')}" if board.get("frozen") else ""
    return "Board", frozen or f"{len(items(board, 'rows'))} people"
