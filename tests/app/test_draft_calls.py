"""A call to a draft and back: what the strip needs after a crash, and nothing invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.call import Call, CallState, Note, Outcome, Ring
from app.draft_calls import call_from, draft_of
from app.phone_number import parse_number
from app.pop import NO_NUMBER, SEARCHING
from app.stop_clock import StopClock
from cti.events import Direction, EndCause, Verstat, Withheld
from db.drafts import DraftFile
from tests.app.desk_at_work import NOW, HandClock


def a_call(number: str = "0335814111", withheld: Withheld | None = None, **changes: Any) -> Call:
    ring = Ring(
        source="desk phone", source_id="c;t;b", number=parse_number(number), name="髙橋 <b>", withheld=withheld,
        dialled="0312345678", line_name="本店", diverted_from="0398765432", direction=Direction.IN,
        at=datetime(2026, 11, 21, 5, 3, 22, 123456, tzinfo=UTC),
    )  # fmt: skip
    told: dict[str, Any] = {
        "id": HandClock().clock.new_id(),
        "note": Note("本文𠮷😀", "引き継ぎ", "order.new"),
        "seq": 7,
        "opened_id": 42,
    }
    return Call(ring=ring, pop=NO_NUMBER, state=CallState.TALKING, **(told | changes))


def back(call: Call, tmp_path: Any) -> Call:
    """Through the real drafts file, as after a crash."""
    file = DraftFile.open(tmp_path / "drafts", NOW)
    file.put(draft_of(call, "sato", HandClock().clock))
    (draft,) = file.all("sato")
    file.close()
    return call_from(draft)


def test_note_caller_and_line_come_back_as_they_were(tmp_path: Any) -> None:
    call = a_call()
    again = back(call, tmp_path)
    assert (again.id, again.ring, again.note, again.seq) == (call.id, call.ring, call.note, 7)
    assert (again.opened_id, again.state, again.pop) == (42, CallState.LATER, SEARCHING)
    assert again.saved_at == NOW


def test_queue_wait_and_hold_come_back_too(tmp_path: Any) -> None:
    call = a_call(held=StopClock(timedelta(seconds=12)))
    call.ring = replace(call.ring, queue="support", waiting_since=NOW)
    again = back(call, tmp_path)
    assert (again.ring, again.held) == (call.ring, call.held)


def test_a_withheld_caller_is_not_looked_up_after_a_crash_either(tmp_path: Any) -> None:
    again = back(a_call("", Withheld.PAYPHONE, opened_id=None), tmp_path)
    assert (again.ring.withheld, again.pop, again.opened_id) == (Withheld.PAYPHONE, NO_NUMBER, None)


@pytest.mark.parametrize("verstat", [None, Verstat.VERIFIED, Verstat.FAILED])
def test_a_number_that_may_be_spoofed_is_so_after_a_crash_too(tmp_path: Any, verstat: Verstat | None) -> None:
    call = a_call()
    call.ring = replace(call.ring, verstat=verstat)
    assert back(call, tmp_path).ring == call.ring


def test_what_had_become_of_the_call_comes_back(tmp_path: Any) -> None:
    told = {
        "outcome": Outcome.ANSWERED, "answered_by": "sato", "answered_at": NOW, "ended_at": NOW + timedelta(seconds=1),
        "why_ended": EndCause.HUNG_UP,
    }  # fmt: skip
    again = back(a_call(**told), tmp_path)
    assert {name: getattr(again, name) for name in told} == told
    assert again.clock_starts == NOW


@pytest.mark.parametrize("region", ["JP", "US"])
def test_the_number_is_read_in_its_own_region_again(tmp_path: Any, region: str) -> None:
    call = a_call()
    ring = Ring(**{name: getattr(call.ring, name) for name in Ring.__slots__} | {
        "number": parse_number("6502530000", region), "region": region})  # fmt: skip
    again = back(Call(call.id, ring, NO_NUMBER), tmp_path)
    assert again.ring.number == ring.number


def test_a_draft_of_an_older_program_that_did_not_tell_the_outcome_still_comes_back() -> None:
    draft = draft_of(a_call(), "sato", HandClock().clock)
    newer = {"outcome", "answered_by", "answered_at", "ended_at", "why_ended", "verstat"}
    newer |= {"linked_id", "legs", "is_chosen", "transferred_by"}
    about = {name: value for name, value in draft.about.items() if name not in newer}
    again = call_from(type(draft)(
        draft.call_id, draft.operator, draft.seq, draft.body, draft.handover, draft.disposition, draft.updated_at, about
    ))  # fmt: skip
    assert (again.outcome, again.answered_at, again.note.body) == (Outcome.OFFERED, None, "本文𠮷😀")
