"""What every verb shares: exit codes, errors, JSON documents, and whether there is a terminal."""

import json
import os
import sys
from typing import Any, NoReturn

import click

DONE, NOT_MET, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done and goals met · goals not met or verification failed · unusable input · Ctrl-C."""


def fail(text: object) -> NoReturn:
    """Print on standard error what is wrong with the input and exit with 2."""
    raise click.ClickException(str(text))


def print_document(document: Any) -> None:
    """Print one JSON document."""
    click.echo(document_text(document))


def document_text(document: Any) -> str:
    """Return a document as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def is_terminal() -> bool:
    """Whether the game can be shown here: standard input and output are a terminal that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
