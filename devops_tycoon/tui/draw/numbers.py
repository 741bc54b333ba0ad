"""Numbers as people read them: short, with their unit, and round ones for the axes of charts."""

from math import floor, isfinite, log10

MINUS = "−"


def _signed(value: float, text: str) -> str:
    return MINUS + text if value < 0 and text.strip("0.") else text


def short(value: float) -> str:
    """Return a number in at most four cells (five if negative): 7, 0.4, 812, 4.1k, 12k, 1.2M."""
    size = abs(value)
    if not isfinite(size):
        return _signed(value, "∞")
    if size < 9.95:
        text = f"{size:.1f}"
        return _signed(value, text[:-2] if text.endswith(".0") else text)
    if size < 999.5:
        return _signed(value, f"{size:.0f}")
    for unit in ("k", "M", "G", "T", "P"):
        size /= 1000
        if size < 9.95:
            return _signed(value, f"{size:.1f}{unit}")
        if size < 999.5:
            return _signed(value, f"{size:.0f}{unit}")
    return _signed(value, "huge")


def milliseconds(value_ms: float) -> str:
    """Return a duration given in milliseconds: 0.4 ms, 812 ms, 1.2 s, 2m 05s."""
    if abs(value_ms) < 9.95:
        return f"{short(value_ms)} ms"
    if abs(value_ms) < 999.5:
        return _signed(value_ms, f"{abs(value_ms):.0f} ms")
    return seconds(value_ms / 1000)


def seconds(value_s: float) -> str:
    """Return a duration given in seconds: 8.2 s, 45 s, 2m 05s, 1h 20m, 3d 4h."""
    size = abs(value_s)
    if not isfinite(size):
        return _signed(value_s, "∞")
    if size < 9.95:
        return _signed(value_s, f"{size:.1f} s")
    if size < 59.5:
        return _signed(value_s, f"{size:.0f} s")
    whole = round(size)
    if whole < 3600:
        return _signed(value_s, f"{whole // 60}m {whole % 60:02d}s")
    if whole < 86400:
        return _signed(value_s, f"{whole // 3600}h {whole % 3600 // 60:02d}m")
    return _signed(value_s, f"{whole // 86400}d {whole % 86400 // 3600}h")


def duration(value_s: float) -> str:
    """Return a time in milliseconds below one second, else in seconds and minutes."""
    return milliseconds(1000.0 * value_s) if value_s < 60 else seconds(value_s)


def percent(share: float) -> str:
    """Return a share (0–1) as per cent, finer near both ends: 4.1 %, 97 %, 99.95 %; never rounded to 100 or 0."""
    value = share * 100
    if value >= 99 and value < 100:
        return f"{floor(value * 100 + 1e-7) / 100:.2f} %"
    if 0 < abs(value) < 0.001:
        return _signed(value, "< 0.001 %")
    if abs(value) < 9.95 and value != 0:
        return _signed(value, f"{abs(value):.2g} %" if abs(value) < 0.1 else f"{abs(value):.1f} %")
    return _signed(value, f"{abs(value):.0f} %")


def money(cents: int) -> str:
    """Return integer cents as dollars: $1,234.50, −$31.00."""
    text = f"${abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    return MINUS + text if cents < 0 else text


def whole_money(cents: int) -> str:
    """Return integer cents as whole dollars, cut towards zero: $48,210."""
    text = f"${abs(cents) // 100:,}"
    return MINUS + text if cents <= -100 else text


def nines(availability: float) -> str:
    """Return an availability (0–1) as its count of nines: 0.999 is `3.0 nines`."""
    if availability >= 1:
        return "all nines"
    return f"{floor(-log10(1 - max(0.0, availability)) * 10 + 1e-6) / 10:.1f} nines"


def nice_ceiling(value: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5 × 10ⁿ that is not below the value; 1 for nothing."""
    if not isfinite(value) or value <= 0:
        return 1.0
    power = 10.0 ** floor(log10(value)) if value > 1e-300 else 1e-300
    for step in (1.0, 2.0, 2.5, 5.0, 10.0):
        if step * power >= value * (1 - 1e-12):
            return step * power
    return 10.0 * power
