"""What is put into the outbox comes out as it was, also what an older program has put."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.call_rows import CallSnapshot, WrapUpSnapshot
from app.outbox import KINDS, Part, body_of, parts_from
from db.calls import CallRow, CandidateRow, LegRow
from db.kinds import Direction, EndCause, Outcome, Reason, Withheld
from db.wrap_up import WrapUp

TIMES = some.datetimes(timezones=some.just(UTC))
TEXTS = some.text(some.characters(exclude_categories=["Cs"]), max_size=40)
OPTIONAL: dict[Any, Any] = {"answered_at": some.none() | TIMES, "ended_at": some.none() | TIMES}
CALLS = some.builds(
    CallRow,
    offered_at=TIMES,
    e164=some.none() | some.integers(1, 10**15),
    customer_id=some.none() | some.integers(1, 2**60),
    withheld=some.none() | some.sampled_from(Withheld),
    end_cause=some.none() | some.sampled_from(EndCause),
    number=TEXTS,
    name=TEXTS,
    linked_id=TEXTS,
    **OPTIONAL,
)
LEGS = some.builds(LegRow, offered_at=TIMES, end_cause=some.none() | some.sampled_from(EndCause), **OPTIONAL)
SNAPSHOTS = some.builds(
    CallSnapshot,
    row=CALLS,
    legs=some.lists(LEGS, max_size=3).map(tuple),
    candidates=some.lists(some.builds(CandidateRow), max_size=3).map(tuple),
)
WRAP_UPS = some.builds(WrapUpSnapshot, done=some.builds(WrapUp, at=TIMES, body=TEXTS, handover=TEXTS))


@given(some.lists(SNAPSHOTS | WRAP_UPS, max_size=3))
def test_every_part_comes_back_as_it_was(parts: list[Part]) -> None:
    assert parts_from(body_of(parts)) == parts


OF_VERSION_1 = (
    '{"version": 1, "parts": [{"kind": "call", "value": {"row": {"id": "01939b1c-0000-7000-8000-000000000001",'
    ' "source": "desk phone", "source_id": "a", "direction": "in", "offered_at": "2026-11-21T05:12:00+00:00",'
    ' "outcome": "answered", "number": "0335814111", "e164": 81335814111, "extension": "", "name": "髙橋",'
    ' "withheld": null, "dialled": "0312345678", "line": "", "diverted_from": "", "linked_id": "",'
    ' "answered_at": "2026-11-21T05:12:04+00:00", "ended_at": null, "end_cause": null, "answered_by": "",'
    ' "operator": "sato", "customer_id": 1}, "legs": [{"id": "01939b1c-0000-7000-8000-000000000002",'
    ' "call_id": "01939b1c-0000-7000-8000-000000000001", "who": "sato", "offered_at": "2026-11-21T05:12:00+00:00",'
    ' "answered_at": null, "ended_at": null, "end_cause": null}], "candidates": [{"customer_id": 1,'
    ' "reason": "exact", "is_chosen": true}], "is_transferred": false}}, {"kind": "wrap_up", "value": {"done":'
    ' {"call_id": "01939b1c-0000-7000-8000-000000000001", "customer_id": 1, "operator": "sato",'
    ' "at": "2026-11-21T05:15:00+00:00", "body": "再配達", "handover": "", "disposition": "inquiry", "subject": ""}}}]}'
)


def test_a_job_of_the_first_version_can_still_be_read() -> None:
    """Never change this text: desks hold such jobs when they are updated."""
    call = UUID("01939b1c-0000-7000-8000-000000000001")
    at, later = datetime(2026, 11, 21, 5, 12, tzinfo=UTC), datetime(2026, 11, 21, 5, 15, tzinfo=UTC)
    row = CallRow(
        call, "desk phone", "a", Direction.IN, at, Outcome.ANSWERED, number="0335814111", e164=81335814111,
        name="髙橋", dialled="0312345678", answered_at=at.replace(second=4), operator="sato", customer_id=1,
    )  # fmt: skip
    leg = LegRow(UUID("01939b1c-0000-7000-8000-000000000002"), call, "sato", at)
    assert parts_from(OF_VERSION_1) == [
        CallSnapshot(row, (leg,), (CandidateRow(1, Reason.EXACT, is_chosen=True),), is_transferred=False),
        WrapUpSnapshot(WrapUp(call, 1, "sato", later, "再配達", disposition="inquiry")),
    ]


def test_a_field_that_came_later_has_its_default() -> None:
    stored = json.loads(OF_VERSION_1)
    del stored["parts"][0]["value"]["row"]["linked_id"]
    (call, _wrap_up) = parts_from(json.dumps(stored))
    assert isinstance(call, CallSnapshot)
    assert call.row.linked_id == ""


def test_a_later_programs_job_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2"):
        parts_from(OF_VERSION_1.replace('"version": 1', '"version": 2'))


def test_every_kind_has_a_name_and_only_one() -> None:
    assert len(set(KINDS.values())) == len(KINDS)
    assert all(fields(kind) for kind in KINDS.values())
