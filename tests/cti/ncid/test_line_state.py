"""One call per line, as far as the box tells; and a connection that has gone dumb."""

from datetime import UTC, datetime, timedelta

import pytest

from cti.errors import PeerError
from cti.events import CallAnswered, CallEnded, CallEvent, CallOffered, Direction, EndCause
from cti.ncid.line_state import MOST_LINES, SILENCE, Moment, TelephoneLines
from cti.ncid.session import ANSWER_WITHIN, ASK_EVERY, GREETING_WITHIN, NcidSession
from cti.ncid.settings import NcidSettings
from cti.ncid.told_line import read_line
from tests.cti.ncid.serving import BEGINNING, call, info

AT = datetime(2026, 11, 21, 5, 12, 5, tzinfo=UTC)


def hear(lines: TelephoneLines, *said: bytes, now: float = 0.0) -> list[CallEvent]:
    told = [found for one in said if (found := read_line(one.strip())) is not None]
    return [fact for one in told for fact in lines.hear(one, Moment(AT, now, 0))]


def kinds(facts: list[CallEvent]) -> list[type[object]]:
    return [type(one) for one in facts]


@pytest.fixture
def lines() -> TelephoneLines:
    return TelephoneLines(NcidSettings("box"))


@pytest.mark.parametrize(
    ("count", "heard", "why"),
    [
        (0, [CallOffered, CallAnswered], None),
        (-1, [CallOffered, CallEnded], EndCause.CANCELLED),
        (-2, [CallOffered, CallAnswered, CallEnded], EndCause.HUNG_UP),
        (-3, [CallOffered, CallEnded], EndCause.BUSY),
        (-4, [CallOffered, CallEnded], EndCause.REJECTED),
    ],
)
def test_the_end_of_a_ring_as_the_box_counts_it(
    lines: TelephoneLines, count: int, heard: list[type[object]], why: EndCause | None
) -> None:
    facts = hear(lines, call(), info(1), info(2), info(count), info(count))
    assert kinds(facts) == heard
    assert [one.why for one in facts if isinstance(one, CallEnded)] == ([why] if why else [])


def test_a_gateway_tells_the_end_of_the_talk_too(lines: TelephoneLines) -> None:
    facts = hear(lines, call(), info(0), b"END: *HTYPE*BYE*LINE*POTS*NMBR*0312345678*NAME*X*")
    assert kinds(facts) == [CallOffered, CallAnswered, CallEnded]


def test_a_call_that_is_told_twice_is_one_and_the_next_is_another(lines: TelephoneLines) -> None:
    assert kinds(hear(lines, call(), b"+" + call(), call())) == [CallOffered]
    assert kinds(hear(lines, info(-1), call())) == [CallEnded, CallOffered], "he tries again within the minute"
    facts = hear(lines, call("0698765432", time="1413"))
    assert kinds(facts) == [CallAnswered, CallOffered], "what became of the first is not told"
    assert len({one.source_id for one in hear(lines, call("1")) if isinstance(one, CallOffered)}) == 1


def test_each_line_has_a_call_of_its_own(lines: TelephoneLines) -> None:
    facts = hear(lines, call(), call("0698765432", line="FAX"), info(-1, "FAX"))
    assert [one.dialled for one in facts if isinstance(one, CallOffered)] == ["POTS", "FAX"]
    assert isinstance(facts[2], CallEnded)
    assert facts[2].source_id.startswith("FAX")


def test_going_out_the_caller_is_whom_we_call(lines: TelephoneLines) -> None:
    (offered,) = hear(lines, call().replace(b"CID:", b"OUT:"))
    assert isinstance(offered, CallOffered)
    assert (offered.direction, offered.dialled, offered.caller.number) == (Direction.OUT, "", "0312345678")


def test_a_box_that_tells_no_end_rings_for_a_minute(lines: TelephoneLines) -> None:
    hear(lines, call())
    assert lines.get_timer() == SILENCE
    hear(lines, info(9), now=50.0)
    assert lines.handle_timer(AT, SILENCE) == []
    assert kinds(lines.handle_timer(AT, 50.0 + SILENCE)) == [CallAnswered]
    assert lines.get_timer() is None


def test_lines_without_end_stay_few(lines: TelephoneLines) -> None:
    hear(lines, *(call(line=f"L{number}") for number in range(2 * MOST_LINES)))
    assert len(lines._lines) == MOST_LINES


def test_a_server_that_acknowledges_must_do_so() -> None:
    session = NcidSession(0.0)
    session.receive(b"".join(BEGINNING), 1.0)
    assert session.get_timer() == 1.0 + ASK_EVERY
    assert session.speaks_within == timedelta(seconds=ASK_EVERY + ANSWER_WITHIN)
    session.handle_timer(session.get_timer())
    assert session.data_to_send() == b"REQ: YO\n"
    session.receive(b"ACK: REQ YO\n", 22.0)
    session.handle_timer(session.get_timer())
    with pytest.raises(PeerError):
        session.handle_timer(22.0 + ASK_EVERY + ANSWER_WITHIN)


def test_an_old_server_is_sent_empty_lines_that_it_need_not_answer() -> None:
    session = NcidSession(0.0)
    session.receive(BEGINNING[0], 0.0)
    for turn in range(1, 10):
        session.handle_timer(turn * ASK_EVERY)
        assert session.data_to_send() == b"\n"
    assert session.speaks_within is None


def test_who_does_not_greet_or_greets_as_something_else_is_left() -> None:
    with pytest.raises(PeerError):
        NcidSession(0.0).handle_timer(GREETING_WITHIN)
    with pytest.raises(PeerError):
        NcidSession(0.0).receive(b"SSH-2.0-OpenSSH\r\n", 0.0)
    with pytest.raises(PeerError):
        NcidSession(0.0).receive(b"x" * 70_000, 0.0)
