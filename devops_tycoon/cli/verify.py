"""`verify`: simulate replays again and compare."""

from collections.abc import Sequence
from pathlib import Path

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import DONE, NOT_MET, UNUSABLE, print_document


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=file_path)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes (used for several files).")
@click.option(
    "--backend",
    type=click.Choice(["local", "dask"]),
    default="local",
    help="local, or dask: the cluster at DASK_SCHEDULER_ADDRESS, else a local one of --jobs workers.",
)
@json_option
def command(files: Sequence[Path], jobs: int, backend: str, as_json: bool) -> int:
    """Re-run replays: print the verified score, or the first mark that differs."""
    from devops_tycoon.play.verify import verify_all
    from devops_tycoon.tui.progress import progress

    with progress("verifying", len(files)) as done:
        documents = verify_all(files, jobs, backend, done)
    if as_json:
        print_document(documents if len(files) > 1 else documents[0])
    for document in documents:
        if not as_json:
            click.echo(f"{document['file']}: {document['says']}", err=bool(document["unusable"]))
        elif document["unusable"]:
            click.echo(str(document["says"]), err=True)
    if any(document["unusable"] for document in documents):
        return UNUSABLE
    return DONE if all(document["verified"] for document in documents) else NOT_MET
