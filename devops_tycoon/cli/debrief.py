"""`debrief`: explain a replay."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import DONE, document_text, fail
from devops_tycoon.content.problem import clean

if TYPE_CHECKING:
    from devops_tycoon.play.session import Session


@click.command("debrief")
@click.argument("file", type=file_path)
@click.option("-o", "--output", type=file_path, help="File to write: .txt, .json, .md, .html or .svg.")
@json_option
def command(file: Path, output: Path | None, as_json: bool) -> int:
    """Explain a replay: score, timeline, loss ledger, incidents, lessons."""
    from devops_tycoon.debrief.document import debrief_document
    from devops_tycoon.debrief.html.classpage import run_page
    from devops_tycoon.debrief.html.picture import run_picture
    from devops_tycoon.debrief.markdown import debrief_markdown
    from devops_tycoon.debrief.text import debrief_text
    from devops_tycoon.debrief.timeline import played
    from devops_tycoon.play.atomic_write import write_whole

    kinds: dict[str, Callable[[Session], str]] = {
        ".txt": lambda session: "\n".join([*debrief_text(session), ""]),
        ".json": lambda session: f"{document_text(debrief_document(session))}\n",
        ".md": debrief_markdown,
        ".html": run_page,
        ".svg": run_picture,
    }
    if output is not None and output.suffix not in kinds:
        fail(f"debrief: {clean(str(output))}: unknown format; expected a name that ends in one of {', '.join(kinds)}")
    session = played(file)
    if output is not None:
        write_whole(output, kinds[output.suffix](session))
    if output is None or as_json:
        click.echo(kinds[".json" if as_json else ".txt"](session), nl=False)
    return DONE
