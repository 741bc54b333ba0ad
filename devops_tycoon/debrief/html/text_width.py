"""How wide a text will be: a picture must fit its lines before anybody has chosen a font."""

from unicodedata import combining, east_asian_width


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the most pixels that a text needs in any common sans-serif font of that size; an estimate."""
    return sum(map(_em, text)) * size * (1.13 if bold else 1.0)


def cut(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """Return the text, or as much of its beginning as has room, with … at its end."""
    text = " ".join(text.split())
    if width(text, size, bold=bold) <= most:
        return text
    while text and width(f"{text} …", size, bold=bold) > most:
        text = text[:-1]
    return f"{text.rstrip()} …"


def lines(text: str, size: float, most: float) -> list[str]:
    """Return the text in lines that have room, broken between words, or within one that is too long."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if width(longer, size) <= most:
            found[-1] = longer
            continue
        found.append("")
        for char in word:
            if width(found[-1] + char, size) > most:
                found.append("")
            found[-1] += char
    return [line for line in found if line]


def _em(char: str) -> float:
    """Return a character's share of the font's size, as in DejaVu Sans, which is wider than most."""
    if combining(char):
        return 0.0
    if char in "mwMW@%—…→" or east_asian_width(char) in "WF":
        return 1.0
    if char.isupper() or ord(char) > 0x24F:
        return 0.78
    return 0.35 if char in " ijl.,:;|'!()" else 0.62
