"""What is written can be read back, and nonsense is answered with a sentence."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from devops_tycoon.orders import NotationError, Order, kinds, moves, parse
from devops_tycoon.orders.forms import milliseconds, written_ms
from devops_tycoon.sim.values.delivery import METHODS
from tests.builders import LESSONS, a_session, order
from tests.examples import examples

VERBS = sorted(kinds())
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
TIMES = st.one_of(
    st.integers(1, 3_600_000).map(lambda n: f"{n}ms"),
    st.integers(1, 3600).map(lambda n: f"{n}s"),
    st.integers(1, 60).map(lambda n: f"{n}m"),
    st.decimals(1, 3600, places=3).map(lambda d: f"{d}s"),
    st.decimals(1, 999_999, places=2).map(lambda d: f"{d}ms"),
    st.decimals(1, 59, places=5).map(lambda d: f"{d}m"),
)
OPTIONAL_TIMES = TIMES | st.just("off")
METHOD = st.sampled_from(METHODS).map("how={}".format)
ZONES = st.sampled_from("abcdefgh").map("zone={}".format)
SWITCH = st.sampled_from(["on", "off"])


def some(**options: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return any of the options, in any order, as written."""
    pairs = st.fixed_dictionaries({}, optional=options)
    return pairs.flatmap(lambda found: st.permutations([f"{k}={v}" for k, v in found.items()])).map(" ".join)


TEXTS: dict[str, st.SearchStrategy[str]] = {
    "ack": st.just("") | st.integers(1, 999).map(str),
    "close": st.just("") | st.integers(1, 999).map(str),
    "disable": NAMES,
    "dismiss": st.integers(1, 1000).map(str),
    "drain": ZONES,
    "enable": NAMES,
    "failover": NAMES,
    "hire": st.integers(1, 1000).map(str),
    "postmortem": NAMES,
    "shed": st.tuples(NAMES, st.integers(1, 100).map(lambda n: f"share={n}%")).map(" ".join),
    "status-update": st.just(""),
    "undrain": ZONES,
    "unshed": NAMES,
    "adopt": st.one_of(
        NAMES,
        st.tuples(NAMES, st.one_of(NAMES, st.tuples(NAMES, NAMES).map(">".join))).map(" ".join),
    ),
    "autoscale": st.one_of(
        st.tuples(NAMES, st.just("off")).map(" ".join),
        st.tuples(
            NAMES,
            st.integers(1, 100).map(lambda n: f"target={n}%"),
            st.integers(50, 100_000).map(lambda n: f"max={n}"),
            some(min=st.integers(1, 50).map(str), forecast=SWITCH),
        ).map(" ".join),
    ),
    "begin": st.just(""),
    "deliver": st.tuples(NAMES, METHOD).map(" ".join),
    "deploy": st.one_of(NAMES, st.tuples(NAMES, METHOD).map(" ".join)),
    "forecast-answer": st.integers(1, 9).map(str),
    "freeze": st.just(""),
    "inject": st.one_of(
        st.tuples(NAMES, NAMES, some(lasts=TIMES)).map(" ".join),
        st.tuples(NAMES, some(zone=st.sampled_from("abcdefgh"), lasts=OPTIONAL_TIMES)).map(" ".join),
    ),
    "onward": st.just(""),
    "merge": st.lists(NAMES, min_size=2, max_size=2, unique=True).map(" ".join),
    "move-data": st.tuples(
        st.lists(NAMES, min_size=1, max_size=5, unique=True).map(" ".join),
        NAMES.map(lambda into: f"into={into}"),
        some(replicas=st.integers(1, 1000).map(str)),
    ).map(" ".join),
    "restart": st.tuples(NAMES, some(how=st.sampled_from(["rolling", "all"]))).map(" ".join),
    "rollback": NAMES,
    "reserve": st.tuples(NAMES, st.integers(1, 100_000).map(str)).map(" ".join),
    "scale": st.tuples(NAMES, st.integers(-99_999, 99_999).filter(bool).map(lambda n: f"{n:+}")).map(" ".join),
    "set": st.tuples(
        st.tuples(NAMES, NAMES).map(">".join),
        some(
            timeout=OPTIONAL_TIMES,
            retries=st.integers(0, 10).map(str),
            backoff=OPTIONAL_TIMES,
            fallback=SWITCH,
            breaker=SWITCH,
            budget=st.integers(0, 100).map(lambda n: f"{n}%") | st.just("off"),
            bulkhead=st.integers(1, 100_000).map(str) | st.just("off"),
            jitter=SWITCH,
        ).filter(bool),
    ).map(" ".join),
    "thaw": st.just(""),
    "undo": st.just(""),
    "split": st.tuples(
        st.lists(NAMES, min_size=1, max_size=5, unique=True).map(" ".join),
        some(into=NAMES, replicas=st.integers(1, 1000).map(str), data=st.sampled_from(["shared", "moved"])),
    ).map(" ".join),
}


def texts(verb: str) -> st.SearchStrategy[str]:
    """Return arguments of an order: of a new one, those of its examples."""
    examples = [" ".join(text.split()[1:]) for text in kinds()[verb].examples]
    return TEXTS[verb] if verb in TEXTS else st.sampled_from(examples)


def test_every_kind_of_order_with_random_arguments_exists() -> None:
    assert set(TEXTS) <= set(VERBS)
    assert {"scale", "split", "merge", "set", "restart", "rollback", "inject", "begin"} <= set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
@examples(60)
@given(data=st.data())
def test_what_is_written_is_read_back(verb: str, data: st.DataObject) -> None:
    text = f"{verb} {data.draw(texts(verb))}".strip()
    first = parse(text)
    assert parse(str(first)) == first
    assert str(parse(str(first))) == str(first)
    assert first.verb == verb


@given(TIMES)
@example("3600s")
@example("1.23456789s")
@example("1000000ms")
def test_a_time_is_read_back_to_the_last_bit(text: str) -> None:
    value = milliseconds(text)
    assert value is not None
    assert milliseconds(written_ms(value)) == value
    assert re.fullmatch(r"[0-9.]+ms", written_ms(value))


@pytest.mark.parametrize("scenario", LESSONS)
def test_moves_are_orders_that_can_be_written_read_and_placed(scenario: str) -> None:
    session = a_session(scenario, ticks=60, events=())
    session.advance(20)
    order(session, "inject bad-deploy web")
    session.advance(1)
    found = list(moves(session.seen, session.rules))
    assert {"scale", "set", "rollback"} <= {move.verb for move in found}
    for move in found:
        assert parse(str(move)) == move
        assert move.why_not(session.seen, session.rules) is None
        assert not move.facilitator


PIECES = [
    "web", ">", "web>db", "+1", "-", "+-5", "=", "timeout=", "timeout=nanms", "zone=", "lasts=1", "retries=1e9",
    "into==", "replicas=-0", "how=", "99999999999", "\x00", "½", "١",
]  # fmt: skip


@examples(250)
@given(
    st.one_of(
        st.text(max_size=60),
        st.tuples(st.sampled_from(VERBS), st.text(max_size=30)).map(" ".join),
        st.lists(
            st.sampled_from([*VERBS, *PIECES]),
            max_size=6,
        ).map(" ".join),
    )
)
@example("set a>b timeout=infms")
@example("scale web +" + "9" * 5000)
@example("split " + "a " * 300)
@example("set a>b timeout=..s")
@example("forecast-answer ²")
@example("scale web +²")
def test_nonsense_is_refused_with_a_sentence_and_never_raises_anything_else(text: str) -> None:
    found, said = None, ""
    try:
        found = parse(text)
    except NotationError as error:
        said = str(error)
    if found is None:
        assert len(said) > 10
    else:
        assert parse(str(found)) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "begins with a verb"),
        ("scael web +1", "did you mean scale?"),
        ("scale web", "expected a signed number such as +2. Usage: scale SERVICE +N|-N"),
        ("scale web 2", "signed number"),
        ("scale web +0", "signed number such as +2, not '+0'"),
        ("scale web +-5", "signed number"),
        ("scale web +1 now=yes", "unexpected 'now='"),
        ("set web>db", "expected at least one setting (timeout, retries"),
        ("set web db timeout=1s", "expected a caller and > after it"),
        (
            "set web>db timeout=300",
            "or 2s (1ms to 3600s), or off, not '300'",
        ),
        ("set web>db timeout=2h", "expected a duration"),
        ("set web>db timeout=0ms", "1ms to 3600s"),
        ("set web>db timeout=0.5ms", "1ms to 3600s"),
        ("set web>db timeout=3601s", "1ms to 3600s"),
        ("set web>db timeuot=1s", "did you mean timeout?"),
        ("set web>db timeout=1s timeout=2s", "given twice"),
        ("set web>db retries=11", "retries: expected a whole number (0 to 10), not '11'"),
        ("set web>db fallback=yes", "fallback: expected on or off, not 'yes'"),
        ("split", "expected at least one capability"),
        ("split a a", "named twice"),
        ("split Catalog", "expected a capability (lower-case letters, digits and hyphens), not 'Catalog'"),
        ("split a replicas=0", "1 to 1,000"),
        ("merge a a", "two different services"),
        ("restart web how=softly", "rolling or all"),
        ("rollback", "expected a service"),
        ("begin now", "takes no arguments"),
        ("deploy", "expected a service"),
        ("deploy web how=canry", "did you mean canary?"),
        ("deliver all", "expected how=big-bang|rolling|blue-green|canary"),
        ("freeze web", "takes no arguments"),
        ("thaw web", "takes no arguments"),
        ("inject a b c", "unexpected 'c'"),
        ("inject a b zone=c", "one target"),
        ("x" * 500, "at most 400"),
        ("scale web\t+1", "printable"),
        ("scale web +1\x1b[2J", "printable"),
    ],
)
def test_a_wrong_order_is_answered_with_what_was_expected(text: str, says: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("verb", VERBS)
def test_every_order_has_help_and_says_how_it_is_written(verb: str) -> None:
    kind: type[Order] = kinds()[verb]
    doc = kind.__dict__.get("__doc__") or ""
    assert not doc.startswith(f"{kind.__name__}("), "the docstring is the help page"
    assert len(doc.split()) >= 8
    assert doc.strip().splitlines()[0].endswith((".", ",")) or "." in doc
    assert kind.usage.split()[0] == verb


def test_no_two_orders_share_a_key() -> None:
    keys = [kind.key for kind in kinds().values() if kind.key]
    assert len(keys) == len(set(keys)) >= 4


@pytest.mark.parametrize("verb", VERBS)
def test_every_example_of_an_order_is_one_that_can_be_read(verb: str) -> None:
    kind = kinds()[verb]
    assert kind.examples
    for example_of_it in kind.examples:
        assert isinstance(parse(example_of_it), kind)
        assert str(parse(example_of_it)).split()[0] == verb
    assert kind.summary().endswith(".")
    assert len(kind.summary()) > 8


def test_an_order_stands_in_the_footer_only_with_a_key_and_a_place_of_its_own() -> None:
    shown = [kind for kind in kinds().values() if kind.footer]
    assert shown
    assert all(kind.key and kind.footer_rank for kind in shown)
    assert len({kind.footer_rank for kind in shown}) == len(shown)
