"""Style names, what they mean and how each theme shows them; meaning never rests on hue alone."""

from functools import cache

from rich.style import Style

_SAFE = {
    "ground": "#c9d1d9",
    "text": "#c9d1d9",
    "dim": "#7d8794",
    "title": "bold #e6edf3",
    "accent": "bold #ff9d3b",
    "key": "bold #ffe04d",
    "name": "#dbe4ee",
    "ok": "#56b4e9",
    "hot": "bold #ffe04d",
    "failing": "bold #ff4d4d",
    "down": "#8a93a3",
    "unknown": "#8a93a3",
    "sign.ok": "#56b4e9",
    "sign.hot": "bold #ffe04d",
    "sign.failing": "bold #ff4d4d",
    "sign.down": "#8a93a3",
    "sign.unknown": "#8a93a3",
    "kind": "#7d8794",
    "number": "#9aa5b1",
    "selected": "bold #ff9d3b",
    "edge.idle": "#3a424e",
    "edge": "#687385",
    "edge.near": "#c9d1d9",
    "edge.slow": "#d9c766",
    "edge.busy": "#8fa3b8",
    "edge.hot": "bold #ff9d3b",
    "edge.failing": "bold #ff4d4d",
    "bar": "#56b4e9",
    "bar.hot": "#ffe04d",
    "bar.failing": "#ff4d4d",
    "bar.down": "#5c6370",
    "bar.unknown": "#5c6370",
    "bar.empty": "#2f3742",
    "axis": "#5c6370",
    "threshold": "#ff9d3b",
    "series.0": "#56b4e9",
    "series.1": "#ffe04d",
    "series.2": "#ff9d3b",
    "series.3": "#b48ee0",
    "qr": "#ffffff",
}

_LIGHT = _SAFE | {
    "ground": "#24292f",
    "text": "#24292f",
    "dim": "#6a737d",
    "title": "bold #0b1015",
    "accent": "bold #a84300",
    "key": "bold #7a4d00",
    "name": "#24292f",
    "ok": "#0969b3",
    "hot": "bold #8f5a00",
    "failing": "bold #c4001a",
    "down": "#6a737d",
    "unknown": "#6a737d",
    "sign.ok": "#0969b3",
    "sign.hot": "bold #8f5a00",
    "sign.failing": "bold #c4001a",
    "sign.down": "#6a737d",
    "sign.unknown": "#6a737d",
    "kind": "#6a737d",
    "number": "#57606a",
    "selected": "bold #a84300",
    "edge.idle": "#c8ced6",
    "edge": "#9aa3ad",
    "edge.near": "#24292f",
    "edge.slow": "#8f5a00",
    "edge.busy": "#57606a",
    "edge.hot": "bold #c25100",
    "edge.failing": "bold #c4001a",
    "bar": "#0969b3",
    "bar.hot": "#b37400",
    "bar.failing": "#c4001a",
    "bar.down": "#9aa3ad",
    "bar.unknown": "#9aa3ad",
    "bar.empty": "#d6dbe1",
    "axis": "#9aa3ad",
    "threshold": "#a84300",
    "series.0": "#0969b3",
    "series.1": "#8f5a00",
    "series.2": "#c25100",
    "series.3": "#7146a8",
    "qr": "reverse #000000",
}

_MONO = dict.fromkeys(_SAFE, "") | {
    "dim": "dim",
    "title": "bold",
    "accent": "bold",
    "key": "bold",
    "hot": "bold",
    "failing": "bold reverse",
    "down": "dim",
    "unknown": "dim",
    "sign.hot": "bold",
    "sign.failing": "bold reverse",
    "sign.down": "dim",
    "sign.unknown": "dim",
    "kind": "dim",
    "selected": "bold",
    "edge.idle": "dim",
    "edge": "dim",
    "edge.hot": "bold",
    "edge.failing": "bold",
    "bar.empty": "dim",
    "axis": "dim",
    "threshold": "dim",
}

_CONTRAST = _SAFE | {
    "ground": "#ffffff",
    "text": "#ffffff",
    "dim": "#d0d0d0",
    "name": "#ffffff",
    "number": "#ffffff",
    "kind": "#ffffff",
    "failing": "bold reverse #ff6b6b",
    "down": "#d0d0d0",
    "unknown": "#d0d0d0",
    "sign.failing": "bold reverse #ff6b6b",
    "sign.down": "#d0d0d0",
    "sign.unknown": "#d0d0d0",
    "edge.idle": "#808080",
    "edge": "#b0b0b0",
    "edge.busy": "#ffffff",
    "axis": "#b0b0b0",
}

THEMES = {"safe": _SAFE, "light": _LIGHT, "contrast": _CONTRAST, "mono": _MONO}
GROUNDS = {"safe": "#12161c", "light": "#fbfbf9", "contrast": "#000000", "mono": ""}
STYLES = frozenset(_SAFE)


def definition(name: str, theme: str = "safe") -> str:
    """Return how a theme shows a style, as Rich writes it; an unknown one looks like its family or the ground."""
    table = THEMES[theme]
    while name not in table and "." in name:
        name = name.rpartition(".")[0]
    return table.get(name, table["ground"])


@cache
def rich_style(name: str, theme: str = "safe", *, with_ground: bool = False) -> Style:
    """Return the Rich style for a style name, with the theme's background if asked for."""
    style = Style.parse(definition(name, theme) or "none")
    ground = GROUNDS[theme]
    return style + Style(bgcolor=ground) if with_ground and ground else style
