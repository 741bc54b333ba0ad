"""`check`: validate content."""

from collections.abc import Sequence
from pathlib import Path

import click

from devops_tycoon.cli.options import file_path, json_option
from devops_tycoon.cli.output import DONE, NOT_MET, UNUSABLE, print_document


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=file_path)
@click.option("--prove", is_flag=True, help="Play solution, idle and detour of every lesson and act.")
@json_option
def command(paths: Sequence[Path], prove: bool, as_json: bool) -> int:
    """Validate content files and folders."""
    from devops_tycoon.lab.check import check_content
    from devops_tycoon.lab.prove import prove_all

    problems = check_content(paths)
    proofs = prove_all(paths, say=lambda line: click.echo(line, err=True)) if prove and not problems else []
    if as_json:
        print_document(
            {
                "problems": [{"file": p.file, "line": p.line, "key": p.key, "text": p.text} for p in problems],
                "proofs": [proof.document() for proof in proofs],
            }
        )
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        for proof in proofs:
            click.echo(str(proof))
        if not problems and not proofs:
            click.echo("No problems found.")
    if problems:
        return UNUSABLE
    return DONE if all(proof.holds for proof in proofs) else NOT_MET
