"""How many examples hypothesis tries: a quarter on a developer's machine, all of them with EXAMPLES=full (.ci/run)."""

import os
from typing import Any

from hypothesis import settings

FULL = os.environ.get("EXAMPLES") == "full"
FEWEST = 4

settings.register_profile("fast", deadline=None, max_examples=25)
settings.register_profile("full", deadline=None, max_examples=100)


def load_profile() -> None:
    """Choose the profile for tests that name no number; neither has a deadline, so that no test fails for load."""
    settings.load_profile("full" if FULL else "fast")


def examples(number: int, **more: Any) -> settings:
    """Return the settings of a test whose full run has this number of examples."""
    return settings(max_examples=number if FULL else min(number, max(FEWEST, number // 4)), deadline=None, **more)
