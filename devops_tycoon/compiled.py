"""Which kernel runs, and whether a compiled one is as new as its sources."""

import sys
from hashlib import blake2b
from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).parent
MARK = PACKAGE / "compiled.mark"
"""Next to libraries that were compiled in place: what they were made from."""


def kernel() -> Literal["compiled", "pure"]:
    """Return which statement of the rules runs here; both give the same bytes."""
    from devops_tycoon.sim.flow import kernel as flow_kernel

    return "pure" if str(flow_kernel.__file__).endswith(".py") else "compiled"


def sources_mark() -> str:
    """Return a digest of the rules' sources."""
    digest = blake2b(digest_size=16)
    for file in sorted((PACKAGE / "sim").rglob("*.py")):
        digest.update(str(file.relative_to(PACKAGE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def refuse_stale() -> None:
    """End in a sentence where the libraries were compiled from other sources: they would play by older rules."""
    if MARK.read_text(encoding="utf-8") != sources_mark():
        sys.exit(
            "The compiled rules are not of these sources. Compile them again: make fast. Or delete them: make pure."
        )
