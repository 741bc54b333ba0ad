"""The same replay gives the same bytes in every Python: native ones and those under WebAssembly.

What is right stands in the golden files alone, so a report that agrees with them agrees with every other one.
"""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from devops_tycoon.play.replay import read
from tests.builders import ROOT, STREAMING
from tests.test_golden import CATALOGUE, GOLDEN, REPLAYS, catalogue_line, file_of
from tests.wasm.elsewhere import UNDER_WEBASSEMBLY, Report, installed, natively, packed, under_webassembly

FILES = [file_of(scenario, player) for scenario, player in REPLAYS]
RICHEST = [(STREAMING, "solution")]
"""The golden game that the second hash seed plays: it has a fault, timeouts and fallbacks."""
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
NEWEST = UNDER_WEBASSEMBLY[-1]
BEGINNING = 120
"""Ticks that the quick tests play."""
HASH_SEEDS = {"3.12": 1, "3.13": 2, "3.14": 1}
"""With which hash seed each Python under WebAssembly starts; every one must have one."""
HASHES = {1: -1684201002, 2: -1558618345}
"""The hash of again.py's word there, so that a hash seed that is not used is noticed."""
EXACT = "devops_tycoon/sim/numerics/exact.py"
ONE_BIT = ("return ldexp(1.0 - (", "return (1.0 + 2.0**-52) * ldexp(1.0 - (")
"""A change of its last line that makes `exp` larger by one or two units in the last place."""

Runner = Callable[[int, Sequence[Path], Path], Report]


@pytest.mark.long
@pytest.mark.parametrize("version", sorted(UNDER_WEBASSEMBLY))
def test_python_under_webassembly_plays_the_golden_games_alike(version: str, tmp_path: Path) -> None:
    hash_seed = HASH_SEEDS[version]
    report = under_webassembly(version, hash_seed, FILES, packed(tmp_path / "game.zip"))
    assert (report["python"], report["platform"], report["hash"]) == (version, "emscripten", HASHES[hash_seed])
    agrees_with_the_golden_files(report, REPLAYS)


@pytest.mark.long
@pytest.mark.parametrize(("hash_seed", "games"), [(1, REPLAYS), (2, RICHEST)], ids=["1-all", "2-richest"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_python_on_the_machine_plays_the_golden_games_alike(
    version: str, hash_seed: int, games: Sequence[tuple[str, str]]
) -> None:
    report = natively(version, hash_seed, [file_of(*game) for game in games])
    assert (report["python"], report["platform"] == "emscripten") == (version, False)
    agrees_with_the_golden_files(report, games)


def agrees_with_the_golden_files(report: Report, games: Sequence[tuple[str, str]]) -> None:
    """Compare every mark with the recording, and the end with the catalogue: uptime, score and the whole digest."""
    assert set(report["replays"]) == {file_of(*game).name for game in games}
    for scenario, player in games:
        file = file_of(scenario, player)
        found = report["replays"][file.name]
        assert (found["problem"], found["finished"]) == ("", True), f"{file.name} on Python {report['release']}"
        assert found["marks"] == [[mark.tick, mark.digest] for mark in read(file).marks]
        line = catalogue_line((scenario, player, 1), found["result"])
        assert line in CATALOGUE.read_text(encoding="utf-8").splitlines()
    assert report["foreign"] == [], "verifying needs nothing but the standard library"


def a_python_natively(hash_seed: int, replays: Sequence[Path], source: Path) -> Report:
    shutil.unpack_archive(source, source.with_suffix(""))
    version = next(version for version in VERSIONS if installed(version))
    return natively(version, hash_seed, replays, source.with_suffix(""))


def a_python_under_webassembly(hash_seed: int, replays: Sequence[Path], source: Path) -> Report:
    return under_webassembly(NEWEST, hash_seed, replays, source)


@pytest.fixture(params=[a_python_natively, a_python_under_webassembly])
def runner(request: pytest.FixtureRequest) -> Runner:
    """Return each of the two ways to play elsewhere."""
    return request.param  # type: ignore[no-any-return]


def beginning(file: Path, folder: Path, name: str = "", **changed: str) -> Path:
    """Copy a golden replay up to a tick, with the digests of some marks (t60="…") changed; return the copy."""
    text, replay = file.read_text(encoding="utf-8"), read(file)
    lines = [line for line in text.splitlines() if line.startswith("[") and not line.startswith(("[Ticks", "[Result"))]
    lines += [f"{order.tick}. {order.order}" for order in replay.orders if order.tick < BEGINNING]
    marks = {f"t{mark.tick}": mark for mark in replay.marks if mark.tick <= BEGINNING}
    assert set(changed) <= set(marks)
    lines += [f"{mark.tick}# {changed.get(key, mark.digest)}" for key, mark in marks.items()]
    copy = folder / (name or file.name)
    copy.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return copy


def test_the_first_minutes_are_alike_elsewhere_and_a_mark_that_was_changed_is_named(
    runner: Runner, tmp_path: Path
) -> None:
    forged = beginning(FILES[0], tmp_path, "forged.replay", t120="00000000")
    report = runner(1, [*(beginning(file, tmp_path) for file in FILES), forged], packed(tmp_path / "game.zip"))
    was = next(mark.digest for mark in read(FILES[0]).marks if mark.tick == 120)
    said = {name: found["problem"] for name, found in report["replays"].items()}
    assert said.pop("forged.replay") == f"the mark at tick 120 differs: recorded 00000000, played {was}"
    assert said == {file.name: "" for file in FILES}
    assert [len(report["replays"][file.name]["marks"]) for file in FILES] == [BEGINNING // 60] * len(FILES)


@pytest.mark.long
def test_a_game_whose_exp_is_off_in_its_last_bit_is_caught(runner: Runner, tmp_path: Path) -> None:
    right = (ROOT / EXACT).read_text(encoding="utf-8")
    assert right.count(ONE_BIT[0]) == 1
    wrong = packed(tmp_path / "wrong.zip", {EXACT: right.replace(*ONE_BIT)})
    report = runner(1, [beginning(file, tmp_path) for file in FILES], wrong)
    assert any(" differs: recorded " in found["problem"] for found in report["replays"].values()), report


def test_another_python_uses_the_hash_seed_that_is_asked_for(tmp_path: Path) -> None:
    game = packed(tmp_path / "game.zip")
    first, again, other = (a_python_natively(hash_seed, [], game)["hash"] for hash_seed in (1, 1, 2))
    assert first == again != other


def test_the_pythons_under_webassembly_are_pinned_by_version_and_checksum_and_name_no_registry() -> None:
    lock = json.loads((GOLDEN.parent / "wasm" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {f"node_modules/pyodide-{version}" for version in UNDER_WEBASSEMBLY} <= set(packages)
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, f"{name} names a registry"
