"""Money: integer cents."""


def dollars(cents: int) -> str:
    """Write cents as dollars; cents are shown only where there are any."""
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}${whole:,}" + (f".{rest:02}" if rest else "")
