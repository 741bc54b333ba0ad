"""Lines of keys, whatever way they are written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.content.locate import Path, locate, too_deep

TEXT = '''\
# comment with [table] = "no"
title = "a # [no] = 1"
about = """
first = 1
  [[second]]
\\"""  third = '
""" # after
raw = \'\'\'
x = """
\'\'\'
a.b.c = 1
a."d e".'f' = 2

[[list]]
id = 1
inner = [
  { to = "x", n = [1, 2] },   # comment ]
  # another }
  { to = "y",
    n = [
      [3],
      [4] ] },
]
[list.sub]
k = 1979-05-27 07:32:00
[[list.deep]]
v = +1.5e-3
[[list.deep]]
v = """""five"""""

[[list]]
id = 2
[[list.deep]]
v = {a.b = 1, c = []}
["quo\\u0074ed"]
last = 1'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("about",), 3),
        (("raw",), 8),
        (("a",), 11),
        (("a", "b", "c"), 11),
        (("a", "d e", "f"), 12),
        (("list",), 14),
        (("list", 0), 14),
        (("list", 0, "id"), 15),
        (("list", 0, "inner"), 16),
        (("list", 0, "inner", 0), 17),
        (("list", 0, "inner", 0, "n", 1), 17),
        (("list", 0, "inner", 1, "to"), 19),
        (("list", 0, "inner", 1, "n"), 20),
        (("list", 0, "inner", 1, "n", 1), 22),
        (("list", 0, "inner", 1, "n", 1, 0), 22),
        (("list", 0, "sub"), 24),
        (("list", 0, "sub", "k"), 25),
        (("list", 0, "deep", 0, "v"), 27),
        (("list", 0, "deep", 1), 28),
        (("list", 0, "deep", 1, "v"), 29),
        (("list", 1), 31),
        (("list", 1, "deep", 0), 33),
        (("list", 1, "deep", 0, "v", "a", "b"), 34),
        (("quoted",), 35),
        (("quoted", "last"), 36),
    ],
)
def test_every_kind_of_key_is_found_in_its_line(path: Path, line: int) -> None:
    text = TEXT.replace(" },\n  # another", "},\n  # another")
    assert locate(text)[path] == line
    assert locate(text.replace("\n", "\r\n"))[path] == line


def paths(value: object, path: Path = ()) -> list[Path]:
    if isinstance(value, dict):
        return [path, *(p for k, v in value.items() for p in paths(v, (*path, k)))]
    if isinstance(value, list):
        return [path, *(p for i, v in enumerate(value) for p in paths(v, (*path, i)))]
    return [path]


KEYS = st.sampled_from(["a", "b", '"c d"', "'e'", "a.b", 'b . "c d"'])
SCALARS = st.sampled_from(["1", "-0.5", "true", '"#"', "'[x]'", '"""\n="""', "'''\n'\n'''", "07:32:00", "[]", "{}"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda v: "[\n" + ",\n".join(v) + "\n]")
        | st.tuples(KEYS, inner).map(lambda kv: "{" + kv[0] + " = " + kv[1] + "}")
    ),
    max_leaves=6,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda kv: f"{kv[0]} = {kv[1]}"),
    KEYS.map(lambda k: f"[{k}]"),
    KEYS.map(lambda k: f"[[ {k} ]]"),
    st.just("# = [["),
)


@given(st.lists(LINES, max_size=12))
def test_every_path_of_a_valid_text_has_a_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = locate(text)
    assert set(paths(value)) <= set(found)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


def test_brackets_in_texts_and_long_lists_of_numbers_are_not_deep() -> None:
    assert too_deep(f'a = "{"[" * 100}"\nb = [{"0.5, " * 100}]\nc = "a.b.c.d.e.f.g.h.i.j.k.l.m.n"') == 0
    assert too_deep("a = 1\nb = " + "[" * 13) == 2
    assert too_deep("a = 1\n" + ".".join("abcdefghijklmnop") + " = 1") == 2
