"""HTTP as it may come: in pieces, at once, slowly, endlessly, or not HTTP at all. No socket here."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti.events import NotOfferedBecause
from cti.push.conversation import IDLE_LIMIT, MAX_BODY, REQUEST_WITHIN, Answer, Conversation, Request

POST = b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
CHUNKED = b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
OLD = b"POST /x HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}"


def talk(talk_: Conversation, data: bytes, now: float = 0.0) -> tuple[list[Request], bytes]:
    """All requests, each answered with 200, and what is sent."""
    found: list[Request] = []
    talk_.receive(data, now)
    while (request := talk_.next_request()) is not None:
        found.append(request)
        talk_.answer(Answer(200, b"{}"))
    return found, talk_.data_to_send()


@pytest.mark.parametrize("wire", [POST, CHUNKED, OLD])
def test_a_request_is_the_same_whole_and_byte_by_byte(wire: bytes) -> None:
    whole, pieces = Conversation(0), Conversation(0)
    ((once,), sent) = talk(whole, wire)
    found = [talk(pieces, wire[at : at + 1]) for at in range(len(wire))]
    ((again,),) = [requests for requests, _sent in found if requests]
    assert once == again
    assert once.body == b"{}"
    assert b"".join(one for _requests, one in found) == sent


def test_pipelined_requests_are_answered_in_their_order() -> None:
    conversation = Conversation(0)
    conversation.receive(POST + POST.replace(b"/x", b"/y"), 0)
    for target, said in ((b"/x", b'"x"'), (b"/y", b'"y"')):
        request = conversation.next_request()
        assert request is not None
        assert request.target == target
        conversation.answer(Answer(200, said))
    sent = conversation.data_to_send()
    assert sent.index(b'"x"') < sent.index(b'"y"')
    assert not conversation.is_over


def test_who_asks_whether_to_go_on_is_told_so_unless_it_is_too_much() -> None:
    head = b"POST /x HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    assert talk(Conversation(0), head % 2)[1].startswith(b"HTTP/1.1 100")
    large = Conversation(0)
    assert talk(large, head % (MAX_BODY + 1))[1].startswith(b"HTTP/1.1 413")
    assert large.is_over


def test_what_is_not_well_ends_the_connection() -> None:
    conversation = Conversation(0)
    conversation.receive(POST + POST, 0)
    assert conversation.next_request() is not None
    conversation.answer(Answer(401, b"{}"))
    assert b"Connection: close" in conversation.data_to_send()
    assert conversation.is_over
    assert conversation.next_request() is None, "nobody may guess twice on one connection"


def test_an_old_client_is_answered_and_let_go() -> None:
    conversation = Conversation(0)
    assert talk(conversation, OLD)[1].startswith(b"HTTP/1.1 200")
    assert conversation.is_over


@pytest.mark.parametrize(
    "wire",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"INVITE sip:201@h SIP/2.0\r\n\r\n",
        b"POST /x HTTP/1.1\r\n\r\n",
        b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        b"POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http_is_refused_and_ends(wire: bytes) -> None:
    conversation = Conversation(0)
    found, sent = talk(conversation, wire)
    assert found == []
    assert sent.startswith(b"HTTP/1.1 4")
    assert conversation.is_over
    assert conversation.fault is NotOfferedBecause.MALFORMED


def test_an_endless_head_or_body_stays_small() -> None:
    tracemalloc.start()
    for beginning, more in (
        (b"POST /" + b"x" * 1000, b"x" * 65_536),
        (b"POST /x HTTP/1.1\r\nHost: h\r\nX: ", b"x" * 65_536),
        (b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"),
        (b"POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", b"x" * 65_536),
    ):
        conversation = Conversation(0)
        talk(conversation, beginning)
        for _ in range(1_000):
            talk(conversation, more)
            if conversation.is_over:
                break
        assert conversation.is_over
        assert conversation.fault is not None
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 2_000_000


def test_a_request_has_five_seconds_and_a_silent_peer_thirty() -> None:
    conversation = Conversation(100.0)
    assert conversation.deadline == 100.0 + IDLE_LIMIT
    talk(conversation, POST[:10], 110.0)
    talk(conversation, POST[10:20], 112.0)
    assert conversation.deadline == 110.0 + REQUEST_WITHIN, "a byte now and then wins no time"
    talk(conversation, POST[20:], 114.0)
    assert conversation.deadline == 114.0 + IDLE_LIMIT


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(st.binary(max_size=60), st.sampled_from([POST, CHUNKED, OLD, b"\r\n", POST[:30]])), max_size=6)
)
def test_nothing_raises_and_what_is_over_stays_over(pieces: list[bytes]) -> None:
    conversation = Conversation(0)
    for piece in pieces:
        if conversation.is_over:
            return
        for request in talk(conversation, piece)[0]:
            assert len(request.body) <= MAX_BODY
