"""Paragraphs broken into lines by the width of cells."""

from devops_tycoon.tui.draw.text import cells, clean, fit


def wrapped(text: str, width: int) -> list[str]:
    """Break a text at spaces into lines of at most `width` cells; blank lines part paragraphs."""
    lines: list[str] = []
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            lines.append("")
        line = ""
        for word in clean(paragraph.replace("\n", " ")).split():
            if line and cells(line) + 1 + cells(word) > width:
                lines.append(line)
                line = ""
            line = f"{line} {word}" if line else fit(word, max(1, width))
        lines.append(line)
    return lines


def joined(text: str) -> str:
    """Return paragraphs as one line each, so that they wrap at any width."""
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))
