"""Every recorded call, seen by a second contact of the phone and by the PBX's events at once: one card, one row.

What each of the two makes of it is written down beside the recordings. The row is the one that the PBX's events alone
would have made: they know more.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.calls import MOST_OTHERS
from app.settings import LineSettings
from cti.events import (
    CallAnswered,
    CallEnded,
    CallerChanged,
    CallEvent,
    CallHeld,
    CallOffered,
    EndCause,
)
from tests.app.desk_at_work import NOW, SAVE_MS, DeskAtWork, offered
from tests.cti.ami.played import START, play
from tests.cti.ami.recorded_lives import LIVES as BY_EVENTS
from tests.cti.ami.recorded_lives import At
from tests.cti.sip.recorded_lives import IDENTITY, Life, Seen, Who
from tests.cti.sip.recorded_lives import LIVES as BY_SIP

ANOTHER_LISTENER = ("listener-declines-480", "listener-declines-486", "listener-declines-603")  # ours never declines
CASES = [
    (seen, at)
    for seen in BY_SIP
    for at in BY_EVENTS
    if (seen.name, seen.extension) == (at.name, at.extension)
    and seen.listener is not None
    and len(seen.listener) == len(at.calls)
    and seen.name not in ANOTHER_LISTENER
]
SURER = {"no-answer-timeout": ("timed_out", "cancelled")}  # a CANCEL is one; ours also calls "timed out" what it lost
ROW = (
    "SELECT number, withheld, direction, outcome, answered_by, end_cause, queue, diverted_from FROM call "
    "ORDER BY offered_at, id"
)


def of_sip(seen: Seen, facts: Sequence[CallEvent], *, is_linked: bool) -> list[CallEvent]:
    """What the listener would have told of the calls of these facts, each a moment after the PBX's events."""
    told: list[CallEvent] = []
    offers = [fact for fact in facts if isinstance(fact, CallOffered)]
    assert seen.listener is not None
    for number, ((who, life), ring) in enumerate(zip(seen.listener, offers, strict=True)):
        told.append(_offer(seen, who, ring, f"sip {number}", is_linked=is_linked))
        told += _rest(life, ring, facts, f"sip {number}")
    return told


def _offer(seen: Seen, who: Who, ring: CallOffered, source_id: str, *, is_linked: bool) -> CallOffered:
    return replace(
        ring, source="desk phone", source_id=source_id, caller=who.caller(IDENTITY[seen.extension]),
        dialled="", queue="", waiting_since=None, linked_id=ring.linked_id if is_linked else "",
    )  # fmt: skip


def _rest(life: Life, ring: CallOffered, facts: Sequence[CallEvent], source_id: str) -> list[CallEvent]:
    """Its phone stops ringing when the call is answered, by whomever, or over."""
    later = [fact for fact in facts if isinstance(fact, CallAnswered | CallEnded) and fact.source_id == ring.source_id]
    at = later[0].at
    ends: dict[str, CallEvent] = {
        "answered": CallAnswered("desk phone", source_id, None, at),
        **{why: CallEnded("desk phone", source_id, why, at) for why in EndCause},
    }
    return [ends[what] for what in life[1:]]


def shifted(facts: Sequence[CallEvent]) -> list[CallEvent]:
    """The recording happens now."""
    moved: list[CallEvent] = []
    for fact in facts:
        assert isinstance(fact, CallOffered | CallAnswered | CallEnded | CallHeld | CallerChanged)
        moved.append(replace(fact, at=NOW + (fact.at - START)))
    return moved


def together(one: Sequence[CallEvent], other: Sequence[CallEvent]) -> list[CallEvent]:
    """By time; of what happens at once the first's comes first."""
    both: list[Any] = [*one, *other]
    return sorted(both, key=lambda fact: fact.at)


def seen_at(desk: DeskAtWork, facts: Sequence[CallEvent]) -> list[tuple[Any, ...]]:
    desk.empty_log()
    for fact in facts:
        desk.desk.hear(fact)
    desk.settle()
    desk.wait(SAVE_MS)
    return desk.rows(ROW)


@pytest.mark.parametrize(("is_sip_first", "is_linked"), [(True, False), (False, True)], ids=["by number", "by id"])
@pytest.mark.parametrize(("seen", "at"), CASES, ids=[f"{at.name}@{at.extension}" for _, at in CASES])
def test_a_recorded_call_is_one_row_as_the_better_witness_has_it(
    desks: Callable[..., DeskAtWork], seen: Seen, at: At, is_sip_first: bool, is_linked: bool
) -> None:
    facts = shifted(play("22", at.name, at.extension))
    contact = of_sip(seen, facts, is_linked=is_linked)
    both = desks(own_phones={"pbx": at.extension})
    rows = seen_at(both, together(contact, facts) if is_sip_first else together(facts, contact))
    alone = seen_at(desks(own_phones={"pbx": at.extension}), facts)
    differs = SURER.get(at.name, ("", ""))
    assert rows == [tuple(differs[1] if one == differs[0] else one for one in row) for row in alone]
    assert len(rows) == len(at.calls)
    rung = [line for line in both.trace("offered") if line["why_no_pop"] is None]
    assert len(both.screen.rung) <= len(rung) <= len(at.calls)
    told = repr(both.traced)
    for who, _life in at.calls:
        assert who.withheld is None or "312345678" not in told


def test_calls_that_nobody_sees_and_a_box_never_ends_do_not_pile_up(desks: Callable[..., DeskAtWork]) -> None:
    """They wait for who tells more of them; a caller-ID box may not."""
    desk = desks(lines=[LineSettings("0312345678", "Door", pop="never")], announcers=("box",))
    for number in range(2 * MOST_OTHERS):
        after = 200.0 * number
        ring = offered(f"0901234{number:04}", f"a{number}", after=after)
        desk.desk.hear(ring)
        desk.desk.hear(replace(ring, source="box"))
        desk.desk.hear(CallAnswered("desk phone", f"a{number}", None, ring.at))
    desk.settle()
    assert 0 < len(desk.desk.calls) <= MOST_OTHERS + 1
