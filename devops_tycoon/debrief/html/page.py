"""The frame of a page: its head, its policy and its style."""

from base64 import b64encode
from hashlib import sha256

from devops_tycoon.debrief.html.markup import Html, el, join, style_element
from devops_tycoon.debrief.html.patterns import patterns
from devops_tycoon.debrief.html.style import CSS


def policy() -> str:
    """Return the content security policy: nothing but the page's own style, by its hash; a server should send it."""
    style = b64encode(sha256(CSS.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; form-action 'none'"


def page(title: str, *body: Html) -> str:
    """Return a whole document."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy()),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("link", rel="icon", href="data:,"),
        el("title", title),
        style_element(CSS),
    )
    return f"<!doctype html>\n{el('html', head, el('body', patterns(), join(*body)), lang='en')}\n"


def section(id: str, title: str, *body: Html, lead: str = "") -> Html:  # noqa: A002
    """Return one part of the page with its heading."""
    return el("section", el("h2", title), el("p", lead, class_="lead") if lead else Html(), *body, id=id)


def table(head: tuple[Html | str, ...], rows: list[tuple[Html | str | int, ...]], *, caption: str) -> Html:
    """Return a table whose first column names the row; numbers are set right."""
    kinds = [_kind(cell) for cell in rows[0]] if rows else [None] * len(head)
    top = el(
        "tr",
        *[
            el("th", cell, scope="col", class_=_kind(cell) or (kind if kind == "number" else None))
            for cell, kind in zip(head, kinds, strict=True)
        ],
    )
    body = [
        el(
            "tr",
            *[
                el("th", cell, scope="row") if number == 0 else el("td", cell, class_=_kind(cell))
                for number, cell in enumerate(row)
            ],
        )
        for row in rows
    ]
    return el(
        "div",
        el("table", el("caption", caption), el("thead", top), el("tbody", *body)),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def _kind(cell: Html | str | int) -> str | None:
    if isinstance(cell, Html):
        return "chart" if cell.startswith("<svg") else None
    known = str(cell)
    return "number" if known and (known[0].isdigit() or known[0] in "–+−") else None
