"""`python -m devops_tycoon` is the command."""

from devops_tycoon.cli import main

main()
