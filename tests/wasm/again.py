"""Play replays again and say what came of it. Any Python can run it, with the package on its path and nothing else."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from devops_tycoon.play.result import result
from devops_tycoon.play.verify import verify


def report(files: Iterable[str]) -> str:
    """Return as JSON which Python this is and, by file name, what verifying each replay found."""
    return json.dumps(
        {
            "python": ".".join(str(number) for number in sys.version_info[:2]),
            "release": sys.version.split()[0],
            "platform": sys.platform,
            "hash": hash("a word whose hash hangs on the hash seed"),
            "replays": {Path(file).name: _verified(Path(file)) for file in files},
            "foreign": sorted(_top_level() & {"click", "networkx", "numpy", "platformdirs", "rich", "textual"}),
        }
    )


def _verified(file: Path) -> dict[str, object]:
    verdict = verify(file)
    return {
        "problem": verdict.problem,
        "finished": verdict.finished,
        "marks": [[mark.tick, mark.digest] for mark in verdict.session.marks],
        "result": result(verdict.session),
    }


def _top_level() -> set[str]:
    return {module.split(".")[0] for module in sys.modules}


if __name__ == "__main__":
    sys.stdout.write(report(sys.argv[1:]))
