"""What the figures were measured on."""

import os
import platform
import sys
from pathlib import Path
from typing import Any

from bench.model.clock import clock_name
from bench.model.compiler import FLAGS, compiler_version
from devops_tycoon.compiled import kernel


def machine() -> dict[str, Any]:
    """Return Python, machine, kernel, compiler and clock; the names are those that the system gives."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}".strip(),
        "processor": _processor(),
        "kernel": kernel(),
        "cores": os.cpu_count() or 1,
        "compiler": compiler_version(),
        "flags": " ".join(FLAGS),
        "clock": clock_name(),
    }


def _processor() -> str:
    """Return the processor's name; Linux says it in a file only."""
    if sys.platform == "linux":
        try:
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
                name, _, value = line.partition(":")
                if name.strip() == "model name":
                    return value.strip()
        except OSError:
            pass
    return platform.processor() or "unknown"
