"""Options and arguments that several verbs take."""

from pathlib import Path

import click

DEFAULT_DIFFICULTY = "engineer"

file_path = click.Path(path_type=Path)
seed_option = click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Random seed (default: 1).")
difficulty_option = click.option(
    "--difficulty", default=DEFAULT_DIFFICULTY, show_default=True, help="apprentice, engineer or principal."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
