"""Three ways to write one event, and every way to write none."""

import json
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti.errors import PeerError
from cti.events import Direction, Withheld
from cti.push.form import MOST_FIELDS, read_form
from cti.push.pushed import MOST_USERS, PushedEvent, read_pushed

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
FIELDS = {"event": "newCall", "from": "02214710334", "to": "49221470334", "direction": "in", "callId": "307fa962"}


def multipart(pairs: list[tuple[str, str]], end: str = "--") -> bytes:
    parts = [f'--lim\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in pairs]
    return ("".join(parts) + f"--lim{end}\r\n").encode()


def test_the_three_ways_say_the_same() -> None:
    pairs = [*FIELDS.items(), ("user[]", "Alice Ä"), ("user[]", "鈴木")]
    forms = [
        read_form(FORM, urlencode(pairs).encode()),
        read_form("multipart/form-data; boundary=lim", multipart(pairs)),
        read_form("application/json", json.dumps(FIELDS | {"user": ["Alice Ä", "鈴木"]}).encode()),
        read_form("", json.dumps(FIELDS | {"user[]": ["Alice Ä", "鈴木"]}).encode()),
        read_form("", urlencode(pairs).encode()),
    ]
    assert all(form == forms[0] for form in forms)
    pushed = read_pushed(forms[0])
    assert pushed.users == ("Alice Ä", "鈴木")
    assert (pushed.event, pushed.direction, pushed.caller.number) == (PushedEvent.NEW_CALL, Direction.IN, "02214710334")


@pytest.mark.parametrize("user", ["Alice", ["Alice"], ["Alice", None, {"x": 1}, 7]])
def test_one_user_is_a_list_of_one(user: object) -> None:
    assert read_form("application/json", json.dumps({"user": user}).encode())["user"] == (
        ["Alice", "7"] if isinstance(user, list) and len(user) > 1 else ["Alice"]
    )


@pytest.mark.parametrize("value", [{}, None, True, {"a": "b"}, [[["x"]]]])
def test_a_value_that_is_no_text_says_nothing(value: object) -> None:
    assert "user" not in read_form("application/json", json.dumps({"user": value}).encode())


def test_a_number_stays_as_it_was_written() -> None:
    assert read_form("application/json", b'{"from": 493055571600}') == {"from": ["493055571600"]}


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"[1]", 422),
        ("application/json", b"[" * 60_000, 422),
        ("application/json", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 422),
        ("application/json", b'{"a":"\xff"}', 422),
        ("application/json", json.dumps({"user": ["x"] * 10_000}).encode(), 422),
        ("application/json", json.dumps({"from": "1" * 10_000}).encode(), 422),
        (FORM, b"user[]=x&" * 7_000, 422),
        ("multipart/form-data", multipart([("a", "b")]), 422),
        ("multipart/form-data; boundary=other", multipart([("a", "b")]), 422),
        ("multipart/form-data; boundary=lim", multipart([("a", "b")], end=""), 422),
        ("multipart/form-data; boundary=lim", multipart([("a", "b" * 10_000)]), 422),
        ("multipart/form-data; boundary=lim", multipart([("a", "b")] * (MOST_FIELDS + 1)), 422),
        ("text/xml", b"<a/>", 415),
    ],
)
def test_what_is_no_form_is_an_error_of_the_peer(kind: str, body: bytes, status: int) -> None:
    with pytest.raises(PeerError) as refused:
        read_form(kind, body)
    assert refused.value.status == status


def test_a_huge_number_in_json_does_no_harm() -> None:
    assert read_form("application/json", b'{"x": ' + b"9" * 4_000 + b"}")["x"] == ["9" * 4_000]


def test_half_a_character_in_json_is_shown_as_such() -> None:
    pushed = read_pushed(read_form("application/json", json.dumps(FIELDS | {"queue": "a\ud800b"}).encode()))
    assert pushed.queue == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    ("said", "withheld"),
    [
        ("anonymous", Withheld.ANONYMOUS),
        ("Withheld", Withheld.ANONYMOUS),
        ("unknown", Withheld.OUT_OF_AREA),
        ("unavailable", Withheld.OUT_OF_AREA),
    ],
)
def test_words_in_place_of_a_number_are_reasons(said: str, withheld: Withheld) -> None:
    caller = read_pushed(FIELDS_AS_FORM | {"from": [said]}).caller
    assert (caller.number, caller.withheld) == ("", withheld)


FIELDS_AS_FORM = {name: [text] for name, text in FIELDS.items()}


def test_texts_are_clean_and_few() -> None:
    form = FIELDS_AS_FORM | {"user": [f"u{n}\u202e\n" for n in range(100)], "queue": ["x" * 4_000], "to": ["\x00"]}
    pushed = read_pushed(form)
    assert len(pushed.users) == MOST_USERS
    assert (pushed.users[0], len(pushed.queue), pushed.dialled) == ("u0", 64, "")


TYPES = ["", FORM, "application/json", "multipart/form-data; boundary=lim", "text/plain", "x/y", ";;=\xff"]
OBJECTS = st.text(max_size=100).map(lambda text: f'{{"a": "{text}"}}'.encode())


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(TYPES), st.one_of(st.binary(max_size=300), OBJECTS))
def test_any_body_is_a_form_or_an_error_of_the_peer(kind: str, body: bytes) -> None:
    with suppress(PeerError):
        form = read_form(kind, body)
        assert read_pushed({**form, **FIELDS_AS_FORM}).call_id == "307fa962"
