"""What a trace may keep of a message: no secret, nobody who withholds; and what is left is understood as before."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti.sip.dialog import Ended, Offered
from cti.sip.redaction import MOST_NUMBERS, Policy, Redaction
from tests.cti.sip.wire import PBX, Wire
from tests.fakes.sip_peer import FakeRegistrar, invite

RECORDED = Path(__file__).parent / "recorded"
CALLS = sorted(folder.name for folder in RECORDED.iterdir() if folder.is_dir())
CANARY = "0398765432"
PLAIN = Policy()


def stars(text: str) -> str:
    """Stands for the program's own way of masking."""
    return "".join("*" if char.isdigit() and 2 < at < len(text) - 2 else char for at, char in enumerate(text))


MASKED = Policy(mask=stars)


def kept(data: bytes, redaction: Redaction) -> bytes:
    """The message as a replay gets it: the body as long as it was."""
    redacted = redaction.redact(data)
    return redacted.text.encode("utf-8", "surrogateescape") + b" " * redacted.body_length


def text_of(*messages: bytes, policy: Policy = PLAIN) -> str:
    redaction = Redaction(policy)
    return "\n".join(redaction.redact(one).text for one in messages)


def life(messages: list[bytes]) -> list[object]:
    wire = Wire(linked_header="X-Lab-Linkedid")
    for data in messages:
        wire.say(data, PBX)
    return [*wire.events, *[one.status for one in wire.sent]]


@pytest.mark.parametrize("name", CALLS)
def test_recorded_call_is_understood_as_before(name: str) -> None:
    messages = [file.read_bytes() for file in sorted((RECORDED / name).glob("*.sip"))]
    redaction = Redaction(Policy(kept=frozenset({"x-lab-linkedid"})))
    assert life([kept(one, redaction) for one in messages]) == life(messages)


def test_message_with_nothing_to_hide_keeps_every_byte_of_its_values() -> None:
    data = invite("a", caller='"\udc8eR\udc93c" <sip:0312345678@pbx>', extra="X-Any:  a;b=c \r\n")
    assert kept(data, Redaction(PLAIN)) == data.replace(b"X-Any:  a;b=c \r\n", b"X-Any: a;b=c\r\n")


def test_body_goes_and_leaves_its_length_and_type() -> None:
    body = b"v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c4n4ry\r\n"
    data = invite("a", extra="Content-Type: application/sdp\r\n").replace(b"Length: 0", b"Length: %d" % len(body))
    redacted = Redaction(PLAIN).redact(data + body)
    assert "c4n4ry" not in redacted.text
    assert redacted.body_length == len(body)
    assert f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n" in redacted.text


# --- secrets


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_registration_leaves_nothing_to_try_passwords_against(algorithm: str) -> None:
    registrar = FakeRegistrar(algorithm=algorithm)
    registrar.nonce = "n0nce-c4n4ry"
    wire = Wire(registrar, register=True)
    wire.register()
    answered = [one for one in wire.sent if one.field("Authorization")]
    secrets = {one.credential(name) for one in answered for name in ("nonce", "response", "cnonce")}
    assert len(secrets) == 1 + 2 * len(answered)
    challenge = registrar.challenge(answered[0], "")
    text = text_of(*(one.data for one in wire.sent), challenge)
    assert [one for one in secrets | {'opaque="op"'} if one in text] == []
    assert 'username="201"' in text
    assert 'realm="lab"' in text
    assert text.count(f"algorithm={algorithm}") == 1 + len(answered)


@pytest.mark.parametrize(
    ("field", "left"),
    [
        ("Authorization: Basic dXNlcjpjNG40cnk=", "Authorization: Basic cut"),
        ("Proxy-Authorization: Bearer c4n4ry", "Proxy-Authorization: Bearer cut"),
        ('Authorization: Digest username="2", response="c4n4ry', "Authorization: Digest cut"),
        ('Authorization: Digest nc=1,\r\n\tresponse="c4n4ry"', 'Authorization: Digest nc=1, response="cut"'),
        ("Proxy-Authenticate: c4n4ry", "Proxy-Authenticate: cut"),
        ('Authentication-Info: nextnonce="c4n4ry"', "Authentication-Info: cut"),
        ("Identity: eyJ.c4n4ry.x;info=<https://cert.example/c4n4ry>;ppt=shaken", "Identity: cut"),
        ("y: eyJ.c4n4ry.x", "Identity: cut"),
        ("X-Api-Key: c4n4ry", "X-Api-Key: cut"),
        ("X-Auth-Token: c4n4ry", "X-Auth-Token: cut"),
        ("Route: <sip:trunk:c4n4ry@pbx.example;lr>", "Route: <sip:trunk:cut@pbx.example;lr>"),
        ("Refer-To: <sip:2@h?Authorization=c4n4ry&Reason=SIP>", "Refer-To: <sip:2@h?cut&Reason=SIP>"),
    ],
)  # fmt: skip
def test_secret_in_whatever_header_is_cut(field: str, left: str) -> None:
    text = text_of(invite("a", extra=f"{field}\r\n"))
    assert f"\r\n{left}\r\n" in text
    assert "c4n4ry" not in text


def test_password_in_the_request_uri_is_cut() -> None:
    assert "sip:201:cut@omote.example" in text_of(invite("a", uri="sip:201:c4n4ry@omote.example"))


# --- who withholds

WITHHOLDING = [
    pytest.param(f'"{CANARY}" <sip:{CANARY}@pbx>', "Privacy: id\r\n", id="From beside Privacy"),
    pytest.param(
        "<sip:anonymous@anonymous.invalid>",
        f"Privacy: id\r\nP-Asserted-Identity: \"Tanaka\" <sip:{CANARY}@pbx>, <tel:+81{CANARY[1:]};x=1>\r\n",
        id="two asserted",
    ),
    pytest.param(
        f'"Tanaka" <sip:{CANARY}@pbx>',
        f"Remote-Party-ID: \"Tanaka\" <sip:{CANARY}@pbx>;party=calling;privacy=full;x={CANARY}\r\n",
        id="Remote-Party-ID",
    ),
    pytest.param(
        '"Coin line/payphone" <sip:anonymous@anonymous.invalid>',
        f"Privacy: user;id\r\nP-Asserted-Identity: <sip:{CANARY}@pbx>\r\nX-Caller: Tanaka {CANARY}\r\n"
        f"Subject: Tanaka\r\nContact: <sip:{CANARY}@pbx:5060;transport=udp>\r\nAlert-Info: <http://x/{CANARY}>\r\n",
        id="everywhere",
    ),
    pytest.param(
        f'"Tanaka <sip:{CANARY}@pbx>', f"P-Asserted-Identity: <sip:{CANARY}@pbx>\r\n", id="nobody can read From"
    ),
    pytest.param(f"<sip:{CANARY}@pbx>", f"Privacy: id\r\nCSeq: 7 INVITE\r\nX: {CANARY}\r\n", id="a field twice"),
]  # fmt: skip


@pytest.mark.parametrize("policy", [PLAIN, MASKED], ids=["plain", "masked"])
@pytest.mark.parametrize(("caller", "extra"), WITHHOLDING)
def test_withheld_number_and_name_are_nowhere_in_any_message_of_the_call(
    caller: str, extra: str, policy: Policy
) -> None:
    call = f"c-{CANARY}-x"
    ring = invite(call, caller=caller, extra=extra)
    wire = Wire()
    answers = [one.data for one in wire.say(ring)]
    cancel = invite(call, caller=caller, method="CANCEL", extra=f"X-Caller: {CANARY}\r\n")
    answers += [one.data for one in wire.say(cancel)]
    text = text_of(ring, *answers, cancel, invite(call, caller=caller, method="ACK"), policy=policy)
    assert CANARY[1:] not in text
    assert "Tanaka" not in text
    assert "Coin line/payphone" in text or "Coin" not in caller


def test_what_an_earlier_start_heard_of_a_withheld_number_does_not_matter() -> None:
    cancel = invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', method="CANCEL")
    answer = cancel.replace(b"CANCEL sip:201@omote.example SIP/2.0", b"SIP/2.0 487 Request Terminated")
    assert CANARY not in text_of(cancel, answer)
    assert "Tanaka" not in text_of(cancel, answer)


@pytest.mark.parametrize("method", ["OPTIONS", "NOTIFY", "MESSAGE", "BYE", "INFO"])
def test_whatever_comes_within_a_withheld_call_names_nobody(method: str) -> None:
    ring = invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', extra="Privacy: id\r\n")
    later = invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', method=method, to_tag="x", extra="X-Name: Tanaka\r\n")
    assert CANARY not in text_of(ring, later)
    assert "Tanaka" not in text_of(ring, later)


def test_number_that_was_dialled_and_the_headers_of_the_settings_stay_in_a_withheld_call() -> None:
    ring = invite(
        "a", user="0312345678", caller=f"<sip:{CANARY}@pbx>",
        extra="Privacy: id\r\nX-Dialled: 0612345678\r\nX-Other: 0612345678\r\nContact: <sip:0312345678@trunk>\r\n",
    )  # fmt: skip
    text = text_of(ring, policy=Policy(kept=frozenset({"x-dialled"})))
    assert "INVITE sip:0312345678@omote.example SIP/2.0" in text
    assert "X-Dialled: 0612345678" in text
    assert "X-Other: cut" in text


def test_whoever_is_named_later_in_a_withheld_call_is_nowhere_either() -> None:
    """It may be the same person by another number, and the card does not show it."""
    first = invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', extra="Privacy: id\r\n")
    asserted = f"P-Asserted-Identity: <sip:0612345678@pbx>\r\nX-First: {CANARY}\r\n"
    change = invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', method="UPDATE", to_tag="x", extra=asserted)
    text = text_of(first, change)
    assert CANARY[1:] not in text
    assert "Tanaka" not in text
    assert "0612345678" not in text


def test_number_of_one_call_is_remembered_while_thousands_ring() -> None:
    caller = f"<sip:{CANARY}@pbx>"
    redaction = Redaction(PLAIN)
    redaction.redact(invite(f"c-{CANARY}", caller=caller, extra="Privacy: id\r\n"))
    for number in range(4_000):
        redaction.redact(invite(f"n{number}", caller="<sip:0612345678@pbx>", extra="Privacy: id\r\n"))
    assert CANARY not in redaction.redact(invite(f"c-{CANARY}", method="BYE", caller="<sip:x@y>")).text


def test_memory_of_calls_is_bounded() -> None:
    redaction = Redaction(PLAIN)
    for number in range(6_000):
        redaction.redact(invite(f"n{number}", caller=f"<sip:{CANARY}@pbx>", extra="Privacy: id\r\n"))
    assert len(redaction._calls) == 5_000


def test_name_that_is_not_to_be_shown_is_nowhere_and_its_number_stays() -> None:
    rpid = f'Remote-Party-ID: "Tanaka" <sip:{CANARY}@pbx>;party=calling;privacy=name\r\nX-Name: Tanaka\r\n'
    text = text_of(invite("a", caller=f'"Tanaka" <sip:{CANARY}@pbx>', extra=rpid))
    assert "Tanaka" not in text
    assert f"Remote-Party-Id: <sip:{CANARY}@pbx>;party=calling;privacy=name" in text


@pytest.mark.parametrize("policy", [PLAIN, MASKED], ids=["plain", "masked"])
@pytest.mark.parametrize(
    "extra",
    [
        f'Diversion: "Tanaka" <sip:{CANARY}@pbx>;privacy=full, <sip:0612345678@pbx>\r\n',
        f"History-Info: <sip:{CANARY}@pbx?Privacy=history>;index=1, <sip:0612345678@pbx>;index=1.1\r\n",
        f"Privacy: history\r\nHistory-Info: <sip:{CANARY}@pbx>;index=1\r\nDiversion: <sip:0612345678@pbx>\r\n",
    ],
)
def test_forwarder_who_is_not_to_be_shown_is_nowhere(extra: str, policy: Policy) -> None:
    data = invite("c", extra=extra)
    text = text_of(data, invite(f"c-{CANARY}", extra=extra), policy=policy)
    assert CANARY not in text
    assert 'Tanaka" <sip:cut' not in text
    assert "0612345678" in text
    assert life([kept(data, Redaction(PLAIN))]) == life([data])


# --- masked


def test_masking_hides_number_and_name_wherever_a_caller_stands_and_leaves_what_was_dialled() -> None:
    ring = invite(
        f"id-{CANARY}", user="0312345678", caller=f'"Tanaka" <sip:{CANARY}@pbx>',
        extra=f'P-Asserted-Identity: "Tanaka" <tel:+81{CANARY[1:]};verstat=TN-Validation-Passed>\r\n'
        f"Contact: <sip:{CANARY}@pbx>\r\nX-Caller: {CANARY}\r\n"
        'Diversion: "Suzuki" <sip:0355556666@pbx>;reason=no-answer\r\n',
    )  # fmt: skip
    text = text_of(ring, policy=MASKED)
    assert CANARY[1:] not in text
    assert "Tanaka" not in text
    assert "Suzuki" not in text
    assert 'P-Asserted-Identity: "***" <tel:+81*******32;verstat=TN-Validation-Passed>' in text
    assert "sip:039*****32@pbx" in text
    assert "INVITE sip:0312345678@omote.example" in text
    assert "Diversion: <sip:0355556666@pbx>;reason=no-answer" in text


def test_masked_call_still_has_its_life() -> None:
    redaction = Redaction(MASKED)
    wire = Wire()
    wire.say(kept(invite("a", caller='"Tanaka" <sip:0312345678@pbx>'), redaction))
    wire.say(kept(invite("a", caller='"Tanaka" <sip:0312345678@pbx>', method="CANCEL"), redaction))
    offered, ended = wire.events
    assert isinstance(offered, Offered)
    assert isinstance(ended, Ended)
    assert (offered.caller.number, offered.caller.name) == ("031*****78", "***")


def test_name_of_a_caller_without_a_number_is_hidden_too_and_a_reason_stays() -> None:
    text = text_of(invite("a", caller="<sip:hanako.suzuki@pbx>"), policy=MASKED)
    assert "suzuki" not in text
    assert '"Unavailable" <sip:anonymous@h>' in text_of(
        invite("a", caller='"Unavailable" <sip:anonymous@h>'), policy=MASKED
    )


def test_our_own_registration_is_not_masked() -> None:
    wire = Wire(FakeRegistrar(), register=True, username="05012345678")
    wire.register()
    wire.pass_time(5)  # the question who is registered is refused, and has no Contact
    text = text_of(*(one.data for one in wire.sent), policy=MASKED)
    assert "sip:05012345678@" in text
    assert wire.agent.contact_user in text


# --- whatever comes

STARTS = [b"INVITE sip:1@h SIP/2.0", b"SIP/2.0 200 OK", b"CANCEL sip:1@h SIP/2.0", b"x"]
NAMES = [b"From", b"To", b"Via", b"P-Asserted-Identity", b"Contact", b"Authorization", b"CSeq", b"Privacy"]
VALUES = [b'"a" <sip:0312345678@h>;tag=1', b"1 INVITE", b'"', b"id"]
FIELDS = st.tuples(st.sampled_from(NAMES), st.one_of(st.binary(max_size=40), st.sampled_from(VALUES))).map(b": ".join)
MESSAGES = st.tuples(st.sampled_from(STARTS), st.lists(FIELDS, max_size=8)).map(
    lambda parts: b"\r\n".join([parts[0], *parts[1], b"", b""])
)
ANY = st.one_of(st.binary(max_size=300), MESSAGES)


@given(ANY, st.sampled_from([PLAIN, MASKED]))
def test_any_bytes_are_redacted_without_an_error_to_something_that_replays(data: bytes, policy: Policy) -> None:
    redaction = Redaction(policy)
    again = kept(data, redaction)
    wire = Wire()
    wire.say(again)
    assert len(Redaction(policy).redact(data).text) < 2_000


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9\-]{0,12}", fullmatch=True), st.text(max_size=20), st.text(max_size=20))
def test_no_header_that_anybody_invents_carries_a_withheld_number(name: str, before: str, after: str) -> None:
    value = "".join(char for char in f"{before}{CANARY}{after}" if char not in "\r\n")
    text = text_of(invite("a", caller="<sip:anonymous@h>", extra=f"Privacy: id\r\nP{name}: {value}\r\n"))
    assert CANARY not in text


@pytest.mark.parametrize(("policy", "extra"), [(PLAIN, "Privacy: id\r\n"), (MASKED, "Privacy: id\r\n"), (MASKED, "")])
def test_call_that_names_ever_more_numbers_costs_no_more_and_hides_them_all(policy: Policy, extra: str) -> None:
    """A stranger can send it: 400 of them took 2.6 s, on a thread that takes Python from the window."""
    redaction, numbers = Redaction(policy), [f"0{9012340000 + count * 7919}" for count in range(200)]
    for number in numbers:
        redaction.redact(invite("a", caller=f"<sip:{number}@pbx>", extra=extra))
    assert all(len(one.cut | one.veiled) <= MOST_NUMBERS + 1 for one in redaction._calls.values())
    told = redaction.redact(invite("a", method="CANCEL", extra=f'Reason: SIP;text="{" ".join(numbers)}"\r\n')).text
    assert [number for number in numbers if number in told] == []
