"""The command line: one module for each verb, imported when the verb is used."""

from devops_tycoon.cli.program import main

__all__ = ["main"]
