"""Make a picture (SVG) of the real game, without a terminal and without a network.

python tools/screenshot.py docs/play.svg                                   play, mid-incident, 120×36
python tools/screenshot.py t.svg --screen title --size 80x24               other screens and sizes
python tools/screenshot.py p.svg --scenario red-envelope --until 2000      play up to a tick
python tools/screenshot.py a.svg --scenario act-1 --screen planning --keys s   the editor of splits

The picture names no host: the fonts that Textual would load from elsewhere are left out.
"""

import argparse
import asyncio
import os
import re
import tempfile
from pathlib import Path

FONTS = "'Fira Code', 'DejaVu Sans Mono', 'Cascadia Mono', Menlo, Consolas, monospace"


def bare(svg: str) -> str:
    """Return the picture without links to fonts elsewhere."""
    svg = re.sub(r"@font-face\s*\{[^}]*\}", "", svg)
    svg = re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONTS};", svg)
    return re.sub(r"<!--.*?-->\n?", "", svg, flags=re.S)


async def picture(screen: str, scenario: str, size: tuple[int, int], until: int, further: int, keys: list[str]) -> str:
    """Play to a moment and return the screen; `until` 0 is the first incident, `further` ticks are played after it."""
    from devops_tycoon.orders.begin import Begin
    from devops_tycoon.play.game import load
    from devops_tycoon.play.session import Session
    from devops_tycoon.tui.app import TycoonApp
    from devops_tycoon.tui.look import Look
    from devops_tycoon.tui.screens.play import PlayScreen

    session = None if screen == "title" else Session(load(scenario))
    app = TycoonApp(session, Look("safe", "braille"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        if session is not None and screen != "briefing":
            await pilot.press("escape")
            play = next(one for one in app.screen_stack if isinstance(one, PlayScreen))
            if screen != "planning":
                await pilot.press(*(("b", "enter") if play.company_mode else ("space",)))
                play.pace = type(play.pace)(paused=True)
                end = until or 10**9
                if screen == "debrief":
                    until = end
                while not session.over and session.world.tick < end and not (play.paused_for_incident and not until):
                    play.play(min(100, end - session.world.tick))
                    if session.world.phase == "planning":
                        session.place(Begin())
                for _ in range(further):
                    play.play(1)
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        return bare(app.export_screenshot(title="DevOps Tycoon"))


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--screen", default="play", choices=("title", "briefing", "planning", "play", "debrief"))
    parser.add_argument("--scenario", default="worse-than-dead")
    parser.add_argument("--size", default="120x36")
    parser.add_argument("--until", type=int, default=0, metavar="TICK")
    parser.add_argument("--further", type=int, default=0, metavar="TICKS", help="after the first trouble")
    parser.add_argument("--keys", default="", help="pressed at the end, with commas between")
    args = parser.parse_args()
    width, _, height = args.size.partition("x")
    with tempfile.TemporaryDirectory() as home:
        os.environ["DEVOPS_TYCOON_HOME"] = home
        keys = args.keys.split(",") if args.keys else []
        size = int(width), int(height)
        svg = asyncio.run(picture(args.screen, args.scenario, size, args.until, args.further, keys))
    args.output.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
