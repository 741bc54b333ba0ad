"""The command line: one thin function per verb, each importing what it needs inside."""

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from devops_tycoon import __version__
from devops_tycoon.content.problem import ContentError, clean

if TYPE_CHECKING:
    from devops_tycoon.play.game import Game
    from devops_tycoon.play.session import Session
    from devops_tycoon.workshop.link import Link

DONE, NOT_MET, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
WELCOME_S = 3.0
"""So long a terminal stays as it is until a room says what is played there."""

_seed = click.option("--seed", type=click.IntRange(0, 2**63 - 1), default=None, help="Seed of the dice (default 1).")
_difficulty = click.option(
    "--difficulty", default="engineer", show_default=True, help="apprentice, engineer or principal."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_file = click.Path(path_type=Path)


def main() -> None:
    """Run the command; whatever goes wrong ends in a sentence and an exit code, never in a traceback."""
    _speak_utf8()
    try:
        code = _commands(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        click.echo(clean(error.format_message()), err=True)
        code = UNUSABLE
    except ContentError as error:
        click.echo(str(error), err=True)
        code = UNUSABLE
    except (KeyboardInterrupt, click.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads: say no more
        code = DONE
    except OSError as error:
        what = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or "does not work"
        click.echo(f"{clean(str(error.filename or 'devops-tycoon'))}: {what}", err=True)
        code = UNUSABLE
    sys.exit(code if isinstance(code, int) else DONE)


def _speak_utf8() -> None:
    """Read and write UTF-8 through pipes on every platform, and never stumble over a character."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _fail(text: object) -> NoReturn:
    """Say on standard error what is wrong with the input, and end with 2."""
    raise click.ClickException(str(text))


def _print(document: Any) -> None:
    click.echo(_written(document))


def _written(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="devops-tycoon")
@click.pass_context
def _commands(context: click.Context) -> None:
    """Grow a monolith into microservices and keep it up: a terminal game and teaching simulator."""
    if context.invoked_subcommand is None:
        if _is_terminal():
            _screen()
        else:
            click.echo(context.get_help())


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def _screen(game: "Game | None" = None, session: "Session | None" = None) -> None:
    from devops_tycoon.tui.app import run_app

    run_app(game=game, session=session)


def _game(scenario: str, seed: int | None, trace: Path | None = None, difficulty: str = "engineer") -> "Game":
    from dataclasses import replace
    from datetime import date

    from devops_tycoon.content.trace import read_trace
    from devops_tycoon.play.daily import DAILY, seed_of
    from devops_tycoon.play.game import load
    from devops_tycoon.sim.timing.clock import last_tick

    if seed is None:
        seed = seed_of(date.today()) if scenario == DAILY else 1
    game = load(scenario, seed, difficulty=difficulty)
    if trace is None:
        return game
    values = read_trace(trace, game.rules.scenario.tick_s, last_tick(game.rules))
    return replace(game, rules=replace(game.rules, trace=values))


@_commands.command()
@click.argument("scenario", required=False)
@_seed
@_difficulty
@click.option("--load", "saved", type=_file, help="Go on with a game that was recorded.")
@click.option("--record", type=_file, help="Where to record (default: the saves folder).")
@click.option("--text", is_flag=True, help="Play line by line, for screen readers and pipes.")
def play(
    scenario: str | None, seed: int | None, difficulty: str, saved: Path | None, record: Path | None, text: bool
) -> int:
    """Play a scenario on the screen, or line by line with --text."""
    if saved is not None and (scenario or seed is not None or difficulty != "engineer"):
        _fail("play: --load brings its own scenario, seed and difficulty; give one or the other")
    if not text and not _is_terminal():
        _fail("play: this is no terminal that can show the screen; play --text works everywhere")
    if saved is None and scenario is None:
        if text:
            _fail("play: --text needs a scenario; `devops-tycoon scenarios` lists them")
        _screen()
        return DONE
    from devops_tycoon.play.saves import new_save, resume

    if saved is not None:
        session = resume(saved)
    else:
        game = _game(str(scenario), seed, difficulty=difficulty)
        session = new_save(game, record)
    if not text:
        _screen(session=session)
        return DONE
    from devops_tycoon.play.text import play_text

    return DONE if play_text(session, sys.stdin, sys.stdout) else NOT_MET


@_commands.command()
@_json
def scenarios(as_json: bool) -> None:
    """List the scenarios: id, title, kind, minutes, goals."""
    from devops_tycoon.content.campaign import read_campaign
    from devops_tycoon.content.find import find, ids
    from devops_tycoon.content.load import load_rules

    known = [load_rules(name).scenario for name in ids("scenarios")]
    known.sort(key=lambda scenario: (scenario.kind, scenario.number, scenario.id))
    told = [read_campaign(find("campaigns", name)).value for name in ids("campaigns")]
    if as_json:
        _print(
            [
                {
                    "id": s.id,
                    "title": s.title,
                    "kind": s.kind,
                    "minutes": s.minutes,
                    "goals": [goal.text for goal in s.goals],
                }
                for s in known
            ]
            + [
                {
                    "id": c.id,
                    "title": c.title,
                    "kind": "campaign",
                    "minutes": sum(s.minutes for s in known if s.id in c.acts),
                    "goals": [goal.text for s in known if s.id == c.acts[-1] for goal in s.goals],
                }
                for c in told
            ]
        )
        return
    wide = max(len(s.id) for s in known)
    for s in known:
        click.echo(f"{s.id:{wide}}  {s.title} · {s.kind} · {s.minutes} min")
        for goal in s.goals:
            click.echo(f"{'':{wide}}    {goal.text}")
    for c in told:
        click.echo(f"{c.id:{wide}}  {c.title} · campaign · {', '.join(c.acts)}")


@_commands.command()
@click.argument("scenario")
@_seed
@_difficulty
@click.option(
    "--bot", help="Who plays: idle, random, cautious; where a company is led: boxes, monolith, seams, splitter."
)
@click.option("--orders", type=_file, help="An order file: lines `TICK. ORDER ; comment`.")
@click.option("--trace", type=_file, help="Demand from a CSV of `timestamp,value` rows, scaled to the company.")
@click.option("--record", type=_file, help="Record a replay.")
@click.option("--until", type=click.IntRange(0, 10**9), help="Stop at this tick.")
@_json
def run(
    scenario: str,
    seed: int | None,
    difficulty: str,
    bot: str | None,
    orders: Path | None,
    trace: Path | None,
    record: Path | None,
    until: int | None,
    as_json: bool,
) -> int:
    """Play a scenario without a screen, by a bot or an order file."""
    from devops_tycoon.play.bots import BOTS
    from devops_tycoon.play.drive import drive_bot, drive_orders
    from devops_tycoon.play.journal import Journal
    from devops_tycoon.play.leaders import LEADERS
    from devops_tycoon.play.replay import read
    from devops_tycoon.play.result import result
    from devops_tycoon.play.session import Session
    from devops_tycoon.play.stopping import stoppable
    from devops_tycoon.play.summary import summary
    from devops_tycoon.sim.operations.services import unknown

    if bot is not None and orders is not None:
        _fail("run: --bot and --orders exclude each other")
    bots = BOTS | LEADERS
    if bot is not None and bot not in bots:
        _fail(unknown("bot", clean(bot), bots))
    plan = read(orders, tags=False).orders if orders is not None else None
    game = _game(scenario, seed, trace, difficulty)
    if game.rules.scenario.kind == "sandbox" and until is None:
        _fail("run: a sandbox has no end; say where to stop with --until TICK")
    session = Session(game, Journal.begin(record, game) if record is not None else None)
    try:
        with stoppable() as wish:
            if plan is not None:
                for refused in drive_orders(session, plan, until, wish.heed):
                    click.echo(refused, err=True)
            else:
                drive_bot(session, bots[bot or "idle"], until, wish.heed)
    finally:
        session.close()
    document = result(session)
    if as_json:
        _print(document)
    else:
        click.echo("\n".join(summary(session)))
    return DONE if document["won"] else NOT_MET


@_commands.group(invoke_without_command=True)
@click.pass_context
@_json
def saves(context: click.Context, as_json: bool) -> None:
    """List the saved games; `play --load` goes on with one."""
    if context.invoked_subcommand is not None:
        return
    from devops_tycoon.play.saves import listing

    known = listing()
    if as_json:
        _print(
            [
                {
                    "name": save.name,
                    "file": str(save.path),
                    "scenario": save.scenario,
                    "seed": save.seed,
                    "tick": save.tick,
                    "result": save.result or None,
                    "problem": save.problem or None,
                }
                for save in known
            ]
        )
        return
    for save in known:
        how = save.problem or save.result or f"to be continued at tick {save.tick}"
        click.echo(clean(f"{save.name}  seed {save.seed}  {how}"))
    if not known:
        click.echo("No game is saved yet.")


@saves.command()
@click.argument("name")
def delete(name: str) -> None:
    """Delete a saved game for good."""
    from devops_tycoon.play.saves import delete as delete_save

    click.echo(f"Deleted {clean(str(delete_save(clean(name))))}.")


@saves.command()
@click.argument("name")
@click.option("-o", "--output", type=_file, required=True, help="A new file, or a folder.")
def export(name: str, output: Path) -> None:
    """Copy a saved game: it is a replay that anybody can verify."""
    from devops_tycoon.play.saves import export as export_save

    click.echo(f"Wrote {clean(str(export_save(clean(name), output)))}.")


@_commands.command()
@click.argument("files", nargs=-1, required=True, type=_file)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes (used for several files).")
@click.option(
    "--backend",
    type=click.Choice(["local", "dask"]),
    default="local",
    help="Where: here, or on Dask (the cluster of DASK_SCHEDULER_ADDRESS, else one here of --jobs workers).",
)
@_json
def verify(files: Sequence[Path], jobs: int, backend: str, as_json: bool) -> int:
    """Play replays again and compare: the verified score, or the first mark that differs."""
    from devops_tycoon.play.verify import verify_all
    from devops_tycoon.tui.progress import progress

    with progress("verifying", len(files)) as done:
        documents = verify_all(files, jobs, backend, done)
    if as_json:
        _print(documents if len(files) > 1 else documents[0])
    for document in documents:
        if not as_json:
            click.echo(f"{document['file']}: {document['says']}", err=bool(document["unusable"]))
        elif document["unusable"]:
            click.echo(str(document["says"]), err=True)
    if any(document["unusable"] for document in documents):
        return UNUSABLE
    return DONE if all(document["verified"] for document in documents) else NOT_MET


@_commands.command()
@click.argument("file", type=_file)
@click.option("--text", is_flag=True, help="Print the timeline.")
@_json
def replay(file: Path, text: bool, as_json: bool) -> int:
    """Show what happened in a replay: its orders and facts in order."""
    from devops_tycoon.debrief.timeline import replay_timeline

    if not text and not as_json:
        _fail("replay: the theatre is not built yet; replay --text prints the timeline")
    lines, document = replay_timeline(file)
    if as_json:
        _print(document)
    else:
        click.echo("\n".join(lines))
    return DONE


@_commands.command()
@click.argument("file", type=_file)
@click.option("-o", "--output", type=_file, help="Write to a file: .txt, .json, .md, .html or .svg.")
@_json
def debrief(file: Path, output: Path | None, as_json: bool) -> int:
    """Explain a replay: score, timeline, loss ledger, incidents, what it teaches."""
    from devops_tycoon.debrief.document import debrief_document
    from devops_tycoon.debrief.html.classpage import run_page
    from devops_tycoon.debrief.html.picture import run_picture
    from devops_tycoon.debrief.markdown import debrief_markdown
    from devops_tycoon.debrief.text import debrief_text
    from devops_tycoon.debrief.timeline import played
    from devops_tycoon.debrief.whole import write_whole

    kinds: dict[str, Callable[[Session], str]] = {
        ".txt": lambda session: "\n".join([*debrief_text(session), ""]),
        ".json": lambda session: f"{_written(debrief_document(session))}\n",
        ".md": debrief_markdown,
        ".html": run_page,
        ".svg": run_picture,
    }
    if output is not None and output.suffix not in kinds:
        _fail(f"debrief: {clean(str(output))}: expected a name that ends in one of {', '.join(kinds)}")
    session = played(file)
    if output is not None:
        write_whole(output, kinds[output.suffix](session))
    if output is None or as_json:
        click.echo(kinds[".json" if as_json else ".txt"](session), nl=False)
    return DONE


@_commands.command()
@click.argument("what", metavar="FILE|SCENARIO")
@click.option("--bot", help="Who plays the scenario: idle, random, cautious, or one who leads a company.")
@click.option("--seeds", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many other seeds.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes.")
@_seed
@_difficulty
@_json
def odds(what: str, bot: str | None, seeds: int, jobs: int, seed: int | None, difficulty: str, as_json: bool) -> int:
    """Play the same decisions against other seeds: luck or skill."""
    from devops_tycoon.lab.odds import lines, odds, odds_of_replay, seeds_beside
    from devops_tycoon.play.bots import BOTS
    from devops_tycoon.play.leaders import LEADERS
    from devops_tycoon.sim.operations.services import unknown

    if Path(what).is_file() and not what.endswith(".toml"):
        if bot is not None or seed is not None or difficulty != "engineer":
            _fail("odds: a recording brings its own orders, seed and difficulty")
        found = odds_of_replay(Path(what), seeds, jobs)
    else:
        bots = BOTS | LEADERS
        if bot is not None and bot not in bots:
            _fail(unknown("bot", clean(bot), bots))
        game = _game(what, seed, difficulty=difficulty)
        if game.rules.scenario.kind == "sandbox":
            _fail("odds: a sandbox has no end")
        found = odds(game, (), seeds_beside(game.seed, seeds), jobs, bot=bot or "idle")
    if as_json:
        _print(found.document())
    else:
        click.echo("\n".join(lines(found)))
    return DONE if found.this.won else NOT_MET


@_commands.command()
@click.argument("file", type=_file)
@click.option("--seconds", type=click.FloatRange(1, 10_000_000), help="Simulated time (default: as the file says).")
@click.option("--series", is_flag=True, help="With --json: one row per tick.")
@_json
def lab(file: Path, seconds: float | None, series: bool, as_json: bool) -> int:
    """Run a bare service graph: no money, no people; queueing truth."""
    from dataclasses import replace

    from devops_tycoon.lab.read import MOST_TICKS, read_lab
    from devops_tycoon.lab.run import run
    from devops_tycoon.lab.table import table

    graph = read_lab(file)
    if seconds and seconds / graph.tick_s > MOST_TICKS:
        _fail(f"lab: --seconds makes more than {MOST_TICKS} ticks of {graph.tick_s:g} s; expected less")
    document = run(replace(graph, seconds=seconds) if seconds else graph, series=series and as_json)
    if as_json:
        _print(document)
    else:
        click.echo("\n".join(table(document)))
    return DONE


@_commands.command()
@click.argument("paths", nargs=-1, required=True, type=_file)
@click.option("--prove", is_flag=True, help="Play solution, idle and detour of every lesson and act.")
@_json
def check(paths: Sequence[Path], prove: bool, as_json: bool) -> int:
    """Validate content files and folders."""
    from devops_tycoon.lab.checking import check_content
    from devops_tycoon.lab.prove import prove_all

    problems = check_content(paths)
    proofs = prove_all(paths, say=lambda line: click.echo(line, err=True)) if prove and not problems else []
    if as_json:
        _print(
            {
                "problems": [{"file": p.file, "line": p.line, "key": p.key, "text": p.text} for p in problems],
                "proofs": [proof.document() for proof in proofs],
            }
        )
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        for proof in proofs:
            click.echo(str(proof))
        if not problems and not proofs:
            click.echo("All is well.")
    if problems:
        return UNUSABLE
    return DONE if all(proof.holds for proof in proofs) else NOT_MET


@_commands.group()
def workshop() -> None:
    """Run a lesson for a room full of people, over the network you are on."""
    _needs_workshop()


def _needs_workshop() -> None:
    from importlib.util import find_spec

    if any(find_spec(part) is None for part in ("ifaddr", "segno", "starlette", "uvicorn", "websockets")):
        _fail("workshop: some parts are missing; install them with: pip install 'devops-tycoon[workshop]'")


@workshop.command()
@click.argument("lesson", required=False)
@_seed
@_difficulty
@click.option("--room", type=_file, help="The room's folder: a new one, or one to go on with.")
@click.option("--lan", is_flag=True, help="Let others on this network in (default: this machine only).")
@click.option("--port", type=click.IntRange(0, 65535), default=8137, show_default=True, help="0: any free port.")
@click.option("--history", type=click.IntRange(0, 10**6), default=0, help="Ticks that pass before people may act.")
@click.option("--free-names", is_flag=True, help="People may choose their names (default: they are given one).")
@click.option("--bots", type=click.IntRange(0, 200), default=0, help="Players without hands, for a rehearsal.")
@click.option("--retain-days", type=click.IntRange(1, 3650), help="First delete rooms that are older than this.")
@click.option("--homework", is_flag=True, help="No common clock: everybody plays alone and hands in the recording.")
@click.option("--text", is_flag=True, help="Host line by line, without a screen.")
def host(
    lesson: str | None,
    seed: int | None,
    difficulty: str,
    room: Path | None,
    lan: bool,
    port: int,
    history: int,
    free_names: bool,
    bots: int,
    retain_days: int | None,
    homework: bool,
    text: bool,
) -> None:
    """Open a room for LESSON, or go on with --room, and show the console."""
    from devops_tycoon.workshop.hosting import Wanted, hosting

    wanted = Wanted(lesson, seed, difficulty, room, lan, port, history, free_names, bots, retain_days, homework)
    with hosting(wanted, say=lambda line: click.echo(clean(line), err=True)) as (hosted, link, code):
        if text or not _is_terminal():
            from devops_tycoon.workshop.text_host import host_text

            host_text(hosted, link, code, sys.stdin, sys.stdout)
        else:
            from devops_tycoon.tui.room import run_console

            run_console(link, str(hosted.folder))


@workshop.command()
@click.argument("address")
@click.argument("code")
@click.option("--name", default="", help="Your name, if the facilitator lets people choose.")
@click.option("--new", is_flag=True, help="Take a new seat, also if this machine has one already.")
@click.option("--hand-in", "recording", type=_file, help="In a homework room: hand in this recording, and that is all.")
@click.option("--text", is_flag=True, help="Play line by line, for screen readers and pipes.")
def join(address: str, code: str, name: str, new: bool, recording: Path | None, text: bool) -> None:
    """Take a seat in the room at ADDRESS with its CODE; the same command brings you back.

    Where the room is homework, you play alone; at the end the recording is handed in.
    """
    from devops_tycoon.workshop.link import Link
    from devops_tycoon.workshop.seats import token_for
    from devops_tycoon.workshop.tokens import person_token

    token = person_token() if new else token_for(code)
    link = Link.open(address, token, code, name)
    try:
        if link.welcomed(WELCOME_S) and (recording is not None or link.welcome.get("homework")):
            _homework(link, address, code, token, recording, text)
        elif recording is not None:
            _fail(f"workshop join: nothing was handed in: {clean(link.bye) or 'the room does not answer'}")
        elif text or not _is_terminal():
            from devops_tycoon.workshop.text_player import TextPlayer

            TextPlayer(link, sys.stdout).play(sys.stdin)
        else:
            from devops_tycoon.tui.room import run_player

            run_player(link)
    finally:
        link.close()


def _homework(link: "Link", address: str, code: str, token: str, recording: Path | None, text: bool) -> None:
    """Play alone and hand in, or hand in what was played."""
    from devops_tycoon.workshop.at_home import begin, hand_in, told
    from devops_tycoon.workshop.remote import game_of

    if recording is not None:
        click.echo(hand_in(address, token, recording))
        return
    game = game_of(link.welcome)
    if "state" not in link.now:
        link.wait(link.version, 1)  # it comes right after the welcome
    back = clean(f"devops-tycoon workshop join {address} {code}")
    lines = told(link.welcome, link.now, game, back)
    link.close()  # the room need not be there while somebody plays
    session, path = begin(game)
    click.echo("\n".join([*lines, f"It is recorded in {clean(str(path))}"]))
    if text or not _is_terminal():
        from devops_tycoon.play.text import play_text

        play_text(session, sys.stdin, sys.stdout)
    else:
        _screen(session=session)
    if not session.over:
        click.echo(f"It is not over, and nothing was handed in. The same command goes on: {back}")
    elif not sys.stdin.isatty() or click.confirm("Hand it in? The newest that you hand in counts.", default=True):
        click.echo(hand_in(address, token, path))
    else:
        click.echo(f"Nothing was handed in. Later: {back} --hand-in {clean(str(path))}")


@workshop.command("export")
@click.argument("room", type=_file)
@click.option("-o", "--output", type=_file, required=True, help="A folder for grades.csv, replays and debrief.html.")
@click.option("--round", "number", type=click.IntRange(1, 1000), help="Which round (default: the last).")
@click.option("--odds", type=click.IntRange(0, 100), default=8, show_default=True, help="Other seeds; 0: no odds.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
def export_room(room: Path, output: Path, number: int | None, odds: int, jobs: int) -> None:
    """Write what is left of a lesson: grades, replays, debrief. Every score is re-simulated."""
    from devops_tycoon.workshop.leavings import export_room
    from devops_tycoon.workshop.opening import folder_of

    click.echo("Playing every game again; with many people or --odds that takes some minutes …", err=True)
    for path in export_room(folder_of(room), output, jobs, odds, number or 0):
        click.echo(f"Wrote {clean(str(path))}.")


@workshop.command()
@click.option("--older-than", type=click.IntRange(0, 3650), default=0, show_default=True, help="Days.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(older_than: int, yes: bool) -> None:
    """Delete the rooms in the rooms' folder for good: names, orders, everything."""
    from devops_tycoon.workshop.hosting import purge_rooms
    from devops_tycoon.workshop.opening import rooms_folder

    if not yes:
        click.confirm(f"Delete every room in {clean(str(rooms_folder()))} older than {older_than} days?", abort=True)
    for path in purge_rooms(older_than):
        click.echo(f"Deleted {clean(str(path))}.")
