"""Words that `STYLE.md` forbids, with what to say instead; `python -m tests.english` lists where they are."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

FORBIDDEN = {
    r"troubles?": "incident (what the company handles), fault (what is broken)",
    r"bad days?": "incident, fault",
    r"something (is )?wrong": "fault",
    r"hands(?!-| (?:in|out|it)\b)": "responders",
    r"somebody": "a responder, someone",
    r"in hand|somebody's hands": "acknowledged",
    r"(?:taken|takes|take|took) back": "rolled back",
    r"in force|(?<!it )works in \d|in effect in": "active; ready in 2 weeks",
    r"the (?:crowd|many)(?= |$)(?! [a-z]+s\b)": "members, requests",
    r"eng-weeks": "engineer-weeks, effort",
    r"members fare|they fare": "SLO, error budget",
    r"slowest 1 ?%": "p99",
    r"clock stands|stands still": "paused",
    r"to be had": "available; not available in this scenario",
    r"is not a time such": "expected a duration such as",
    r"stands alone": "takes no arguments",
    r"besides?": "trade-offs; next to",
    r"(?:is|was|are) led|company to lead|lead a company": "company mode",
    r"than is wanted|than where points": "exceeds, above, at most",
    r"whoever|whomever": "anyone who; name the subject",
    r"nobody who|that which|so many as|of which": "name the subject",
    r"for ever|anew|evermore": "forever, again",
    r"head room": "headroom",
}
"""By regular expression: what to say instead. Table and rule 5 of the guide."""

_WORD = re.compile(
    r"(?i)(?<![\w.-])(?:" + "|".join(f"(?P<w{i}>{word})" for i, word in enumerate(FORBIDDEN)) + r")(?![\w-])"
)
_PERCENT = re.compile(r"\d[  ]%(?! ?\d)")
_NO_PLURAL = "[a-z]*(?:ss|us|is)|ms|s|as|was|has|does|its|shows|plays|means|times|tiles|[a-z]+'s"
_ONE = re.compile(rf"(?<![\d.,:;/×#^-])(?<!\d )(?<!≥ )1 (?!(?:{_NO_PLURAL})\b)[a-z]+s\b")
LITERARY = r"(?i)somebody|hands|troubles?|in hand"
"""Words that a story may use: briefings, cards' stories, subtitles, the museum, a company's own description."""


@dataclass(frozen=True)
class Finding:
    """A forbidden word, where it is, and what to say instead."""

    where: str
    found: str
    say: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: “{self.found}” in “{self.text}”; say: {self.say}"


def findings(where: str, text: str, literary: bool = False) -> Iterator[Finding]:
    """Yield each forbidden word, plural or percentage of a text."""
    if not any(char.isalpha() for char in text):
        return
    for pattern, say in ((_PERCENT, "99.5%, without a space"), (_ONE, "1 replica, through plural()"), (_WORD, "")):
        for match in pattern.finditer(text):
            if literary and re.fullmatch(LITERARY, match[0]):
                continue
            instead = say or next(
                words for i, words in enumerate(FORBIDDEN.values()) if match.groupdict()[f"w{i}"] is not None
            )
            near = " ".join(text[max(0, match.start() - 40) : match.end() + 40].split())
            yield Finding(where, match[0], instead, near)


def python_findings(file: Path) -> Iterator[Finding]:
    """Yield what is forbidden in the sentences of a module: its strings with a space, and its docstrings."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
            yield from findings(f"{file.relative_to(ROOT)}:{node.lineno}", node.value)
        if isinstance(node, ast.JoinedStr):  # in a text, `{share} %` has no digit before the space
            shown = "".join(str(p.value) if isinstance(p, ast.Constant) else "9" for p in node.values)
            if _PERCENT.search(shown):
                yield from findings(f"{file.relative_to(ROOT)}:{node.lineno}", shown)


STORIES = {"story", "briefing", "subtitle", "museum", "about"}


def toml_findings(file: Path) -> Iterator[Finding]:
    """Yield what is forbidden in the texts of a content file; its stories may be literary."""
    where = str(file.relative_to(ROOT))

    def walk(value: object, key: str, story: bool) -> Iterator[Finding]:
        if isinstance(value, dict):
            for name, part in value.items():
                yield from walk(part, f"{key}.{name}".lstrip("."), story or name in STORIES)
        elif isinstance(value, list):
            for part in value:
                yield from walk(part, key, story)
        elif isinstance(value, str) and " " in value and not key.endswith(("source", "sources")):
            yield from findings(f"{where}: {key}", value, literary=story)

    yield from walk(tomllib.loads(file.read_text(encoding="utf-8")), "", False)


def text_findings(file: Path) -> Iterator[Finding]:
    """Yield what is forbidden in a page or a screen, line by line."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        shown = _READ[file.suffix](line) if file.suffix in _READ else line
        yield from findings(f"{file.relative_to(ROOT)}:{number}", shown)


_SENTENCE = re.compile(r"""//.*|/\*.*|^\s*\*.*|"[^"]* [^"]*"|`[^`]* [^`]*`""")
_READ = {
    ".js": lambda line: "  ".join(re.sub(r"\$\{[^}]*\}?", "9", part) for part in _SENTENCE.findall(line)),
    ".html": lambda line: re.sub(r"<[^>]*>", " ", line),
    ".svg": lambda line: re.sub(r"<[^>]*>", " ", line),
}
"""What a person reads of a line of code: comments and texts with a space, or what is outside of tags."""


def everything() -> Iterator[Finding]:
    """Yield every finding in the package, the content, the pages and the golden screens."""
    for file in sorted((ROOT / "devops_tycoon").rglob("*.py")):
        yield from python_findings(file)
    for file in sorted((ROOT / "assets").rglob("*.toml")):
        yield from toml_findings(file)
    for file in pages():
        yield from text_findings(file)


def pages() -> list[Path]:
    """Return what players and facilitators read that is neither Python nor TOML."""
    return [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "tests" / "golden" / "screens").glob("*.txt")),
        *sorted((ROOT / "tests" / "golden").glob("*.txt")),
        *sorted(p for p in (ROOT / "devops_tycoon").rglob("*") if p.suffix in (".html", ".js", ".svg")),
    ]


if __name__ == "__main__":
    only = sys.argv[1:]
    found = [one for one in everything() if not only or one.where.startswith(tuple(only))]
    sys.stdout.write("\n".join([*map(str, found), f"{len(found)} findings\n"]))
