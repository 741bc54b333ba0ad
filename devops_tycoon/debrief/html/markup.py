"""Markup that cannot be broken: text is always escaped and cleaned, elements are made by `el` alone."""

from html import escape

from devops_tycoon.content.problem import clean


class Html(str):
    """Text that is markup already; nothing but this file makes it out of other text."""

    __slots__ = ()


Child = str | int | float | None


def el(name: str, /, *children: Child, **attributes: Child) -> Html:
    """Return an element; attributes are written with _ for -, and a trailing _ where Python keeps the word."""
    said = "".join(
        f' {key if key in _CAMEL else key.rstrip("_").replace("_", "-")}="{_escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Return several things one after another."""
    return Html("".join(child if isinstance(child, Html) else _escaped(child) for child in children))


def paragraphs(text: str) -> Html:
    """Return a text of the content with its paragraphs."""
    parts = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    return join(*[el("p", part) for part in parts if part])


def style_element(css: str) -> Html:
    """Return the page's own style sheet, which is part of the program and holds no one's text."""
    return Html(f"<style>{css}</style>")


def _escaped(value: Child) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(clean(str(value)))


_VOID = {"meta", "link", "br"}
_CAMEL = {"viewBox", "patternUnits", "preserveAspectRatio", "patternTransform"}
