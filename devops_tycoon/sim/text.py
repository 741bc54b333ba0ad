"""Numbers as people read them: counts, money, percentages and durations. One place for each."""

from math import floor, isfinite

MINUS = "−"


def plural(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 replica`, `2 replicas`; `many` is an irregular plural ("people")."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Return words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def short(value: float) -> str:
    """Return a number in at most four cells (five if negative): 7, 0.4, 812, 4.1k, 12k, 1.2M."""
    size = abs(value)
    if not isfinite(size):
        return _signed(value, "∞")
    if size < 9.95:
        return _signed(value, _tenths(size))
    if size < 999.5:
        return _signed(value, f"{size:.0f}")
    for unit in ("k", "M", "G", "T", "P"):
        size /= 1000
        if size < 9.95:
            return _signed(value, f"{size:.1f}{unit}")
        if size < 999.5:
            return _signed(value, f"{size:.0f}{unit}")
    return _signed(value, "huge")


def requests(micro: float) -> str:
    """Return micro-requests as whole requests: `1 request`, `12,345 requests`."""
    return plural(round(micro / 1_000_000), "request")


def rate(per_s: float) -> str:
    """Return requests per second: `40 req/s`."""
    return f"{short(per_s)} req/s"


def money(cents: int) -> str:
    """Return cents as short dollars: $7.50, $812, $12k, $1.2M."""
    if abs(cents) < 99_950:
        return dollars(cents) if abs(cents) < 10_000 else whole_dollars(cents)
    return _signed(cents, f"${short(abs(cents) / 100)}")


def dollars(cents: int) -> str:
    """Return cents as exact dollars; cents are shown only where there are any: $1,234, $7.50."""
    whole, rest = divmod(abs(cents), 100)
    return _signed(cents, f"${whole:,}" + (f".{rest:02}" if rest else ""))


def whole_dollars(cents: int) -> str:
    """Return cents as whole dollars, cut towards zero: $48,210."""
    return _signed(cents, f"${abs(cents) // 100:,}")


def percent(share: float) -> str:
    """Return a share (0–1) as a percentage: 4.1%, 97%, 99.5%, 99.95%; never rounded to 0% or 100%.

    At most three significant digits; above 99.9% one more, because there the third digit no longer tells runs apart.
    """
    value = 100 * share
    if 99 <= value < 100:
        tens = 100 if value >= 99.9 else 10
        return f"{min(99.99, floor(value * tens + 1e-7) / tens):g}%"
    if 0 < abs(value) < 0.001:
        return _signed(value, "<0.001%")
    if abs(value) < 0.1:
        return _signed(value, f"{abs(value):.2g}%")
    return _signed(value, f"{_tenths(abs(value)) if abs(value) < 9.95 else f'{abs(value):.0f}'}%")


def target(share: float) -> str:
    """Return a share that was promised or asked for, with all its digits: 99.95%, 99.5%, 90%."""
    return f"{100 * share:.6g}%"


def duration(seconds: float) -> str:
    """Return a time in its largest two units: 0.4 ms, 300 ms, 1.2 s, 45 s, 13 min 30 s, 12 min, 2 h 5 min, 3 d 4 h."""
    size = abs(seconds)
    if not isfinite(size):
        return _signed(seconds, "∞")
    if size < 0.9995:
        return _signed(seconds, f"{short(1000 * size)} ms" if size else "0 s")
    if size < 59.5:
        return _signed(seconds, f"{_tenths(size) if size < 9.95 else f'{size:.0f}'} s")
    whole = round(size)
    if whole < 3600:
        return _signed(seconds, _two(whole // 60, "min", whole % 60, "s"))
    if whole < 86_400:
        return _signed(seconds, _two(whole // 3600, "h", whole % 3600 // 60, "min"))
    return _signed(seconds, _two(whole // 86_400, "d", whole % 86_400 // 3600, "h"))


def clock(seconds: int) -> str:
    """Return seconds since midnight as a time of day: 17:42."""
    return f"{seconds % 86_400 // 3600:02}:{seconds // 60 % 60:02}"


def _two(much: int, unit: str, rest: int, smaller: str) -> str:
    return f"{much} {unit} {rest} {smaller}" if rest else f"{much} {unit}"


def _tenths(size: float) -> str:
    return f"{size:.1f}".removesuffix(".0")


def _signed(value: float, text: str) -> str:
    return MINUS + text if value < 0 and text.strip("$0.") else text
