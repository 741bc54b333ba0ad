import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devops_tycoon.workshop.messages import Hello, MessageError, Wish, read_message
from devops_tycoon.workshop.tokens import host_token, is_token, new_code, person_token, read_code

TOKEN = "A" * 24


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "[]", "{}", "{", '{"t":"hello"}', '{"t":"hello","v":1,"token":"short"}', '{"t":"order","seq":1}',
        '{"t":"order","seq":true,"order":"x"}', '{"t":"order","seq":1.0,"order":"x"}',
        '{"t":"order","seq":0,"order":"x"}', '{"t":"mark","tick":-1,"digest":""}',
        '{"t":"order","seq":NaN,"order":"x"}', '{"t":"answer","seq":1,"poll":1,"choice":1e9}',
        "[" * 4000, '{"t":"order","seq":1,"order":"' + "x" * 300 + '"}',
        '{"t":"order","seq":1,"order":"' + "x" * 5000 + '"}',
        '{"t":"do","seq":99999999999999999999999,"what":"start"}', '{"t":["hello"]}',
    ],
)  # fmt: skip
def test_what_no_honest_client_sends_is_refused(text: str) -> None:
    with pytest.raises(MessageError):
        read_message(text)


def test_bytes_are_refused() -> None:
    with pytest.raises(MessageError):
        read_message(b"{}")


def test_a_hello_and_a_wish_are_read() -> None:
    assert read_message(json.dumps({"t": "hello", "v": 1, "token": TOKEN, "code": "k7w-pxm"})) == Hello(
        TOKEN, "K7WPXM", "", 0, view=False
    )
    assert read_message('{"t":"order","seq":3,"order":"scale web +1"}') == Wish("order", 3, "scale web +1")


simple = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(simple, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@given(anything)
def test_no_json_does_worse_than_a_refusal(value: object) -> None:
    hello = {"t": "hello", "v": 1, "token": TOKEN, "code": value, "have": value}
    for told in (value, hello, {"t": "order", "seq": value, "order": value}):
        try:
            read_message(json.dumps(told))
        except MessageError:
            continue


def test_tokens_have_their_form_and_codes_are_read_as_people_type_them() -> None:
    assert all(map(is_token, (host_token(), person_token())))
    assert not any(map(is_token, ("x", None, "ä" * 24, "A" * 24 + "\n")))
    code = new_code()
    assert read_code(f" {code[:3].lower()}-{code[3:]} ") == code
