"""A build hook: with DEVOPS_TYCOON_COMPILE=1 a wheel holds the compiled rules too; otherwise it is pure Python."""

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SWITCH = "DEVOPS_TYCOON_COMPILE"


class CompiledWheel(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled rules to a wheel where that was asked for and can be done."""

    def dependencies(self) -> list[str]:
        """Return what compiling needs, only where it was asked for."""
        return list(self._compiler().REQUIRES) if self._wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, or say in a sentence why the wheel is pure."""
        if version != "standard" or not self._wanted():
            return
        compiler = self._compiler()
        try:
            libraries = compiler.build(Path(self.root))
        except compiler.NoCompilerError as reason:
            self.app.display_warning(f"{reason}; this is the pure package, which plays the same games, only slower.")
            return
        build_data["force_include"].update({str(file): place for place, file in libraries.items()})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def _wanted(self) -> bool:
        return self.target_name == "wheel" and os.environ.get(SWITCH) == "1"

    def _compiler(self) -> Any:
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import compile_kernel

        return compile_kernel
