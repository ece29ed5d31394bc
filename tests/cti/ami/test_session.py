"""A login at the manager interface, without a socket: the clock is an argument."""

import hashlib
import random

import pytest

from cti.ami.session import (
    ANSWER_WITHIN,
    LOGIN_WITHIN,
    MOST_QUESTIONS,
    PONG_WITHIN,
    QUIET,
    LoggedIn,
    Over,
    Reply,
    Session,
    SessionEvent,
    WhyOver,
)

GREETING = b"Asterisk Call Manager/5.0.4\r\n"
CHALLENGE = b"Response: Success\r\nChallenge: 174382251\r\n\r\n"
WELCOME = b"Response: Success\r\nMessage: Authentication accepted\r\n\r\n"


def session() -> Session:
    return Session("omote", "s3cret", random.Random(1), 0.0)


def open_session() -> Session:
    opened = session()
    opened.receive(GREETING + CHALLENGE + WELCOME, 0.0)
    opened.data_to_send()
    assert events(opened) == [LoggedIn("Asterisk Call Manager/5.0.4")]
    return opened


def events(heard: Session) -> list[SessionEvent]:
    told = []
    while (event := heard.next_event()) is not None:
        told.append(event)
    return told


def asked(heard: Session) -> dict[str, str]:
    lines = heard.data_to_send().decode().removesuffix("\r\n\r\n").split("\r\n")
    return dict(line.partition(": ")[::2] for line in lines)


def test_password_is_proved_and_never_sent() -> None:
    logging_in = session()
    logging_in.receive(GREETING, 0.0)
    assert asked(logging_in) == {"Action": "Challenge", "AuthType": "MD5"}
    logging_in.receive(CHALLENGE, 0.0)
    sent = asked(logging_in)
    assert sent["Key"] == hashlib.md5(b"174382251s3cret", usedforsecurity=False).hexdigest()
    assert (sent["Username"], sent["Events"]) == ("omote", "call,agent")
    assert "s3cret" not in repr(sent)


def test_refused_login_is_over_with_the_words_of_the_pbx() -> None:
    refused = session()
    refused.receive(GREETING + CHALLENGE + b"Response: Error\r\nMessage: Authentication failed\r\n\r\n", 0.0)
    assert events(refused) == [Over(WhyOver.REFUSED, "Authentication failed")]


@pytest.mark.parametrize("heard", [b"", GREETING, GREETING + CHALLENGE])
def test_login_that_does_not_end_is_given_up_after_five_seconds(heard: bytes) -> None:
    waiting = session()
    waiting.receive(heard, 4.9)
    assert waiting.get_timer() == LOGIN_WITHIN
    waiting.handle_timer(LOGIN_WITHIN)
    assert [event.why for event in events(waiting) if isinstance(event, Over)] == [WhyOver.SILENT]


def test_other_protocol_is_no_ami() -> None:
    other = session()
    other.receive(b"SSH-2.0-OpenSSH_9.2p1\r\n", 0.0)
    assert events(other) == [Over(WhyOver.NO_AMI, "no AMI")]
    other.receive(GREETING, 0.0)
    assert (events(other), other.data_to_send()) == ([], b"")


def test_events_before_the_login_is_answered_are_no_answer_to_it() -> None:
    early = session()
    early.receive(GREETING + CHALLENGE + b"Event: FullyBooted\r\nStatus: Fully Booted\r\n\r\n", 0.0)
    assert events(early) == []
    early.receive(WELCOME, 0.0)
    assert events(early) == [LoggedIn("Asterisk Call Manager/5.0.4")]


def test_answer_finds_its_question() -> None:
    heard = open_session()
    one, two = (heard.ask("Getvar", (("Variable", "X"),), 0.0) for _ in range(2))
    heard.receive(f"Response: Success\r\nActionID: {two}\r\nValue: 2\r\n\r\n".encode(), 0.1)
    heard.receive(b"Response: Success\r\nActionID: omote-somebody-elses\r\nValue: 3\r\n\r\n", 0.1)
    (reply,) = events(heard)
    assert isinstance(reply, Reply)
    assert reply.packet is not None
    assert (reply.id, reply.packet.get("Value")) == (two, "2")
    heard.handle_timer(ANSWER_WITHIN)
    assert events(heard) == [Reply(one, None)]


def test_questions_beyond_the_bound_stay_without_answer() -> None:
    heard = open_session()
    first = heard.ask("Ping", (), 0.0)
    for _ in range(MOST_QUESTIONS):
        heard.ask("Ping", (), 0.0)
    assert events(heard) == [Reply(first, None)]


def test_silent_pbx_is_asked_whether_it_is_there_and_then_given_up() -> None:
    heard = open_session()
    assert heard.get_timer() == QUIET
    heard.handle_timer(QUIET)
    assert asked(heard) == {"Action": "Ping"}
    heard.receive(b"Response: Success\r\nPing: Pong\r\n\r\n", QUIET + 1)
    assert events(heard) == []
    heard.handle_timer(2 * QUIET + 1)
    assert asked(heard) == {"Action": "Ping"}
    heard.handle_timer(2 * QUIET + 1 + PONG_WITHIN)
    assert events(heard) == [Over(WhyOver.SILENT, "no answer")]
