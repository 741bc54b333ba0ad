"""DevOps Tycoon: a terminal game and teaching simulator about keeping a growing service up."""

import os

__version__ = "0.1.0"

_MARK = os.path.join(os.path.dirname(__file__), "compiled.mark")
if os.path.exists(_MARK):  # only a checkout that was compiled in place has one
    from devops_tycoon.compiled import refuse_stale

    refuse_stale()
