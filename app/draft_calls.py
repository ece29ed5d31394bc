"""A call and its unfinished note to a draft and back, so that a crash brings the same card back to the strip."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from app.call import ByHand, Call, CallState, Note, Outcome, Ring
from app.clock import Clock
from app.legs import Leg
from app.phone_number import remembered_number
from app.pop import NO_NUMBER, SEARCHING
from app.stop_clock import stopped_at
from cti.events import Caller, Direction, EndCause, Verstat, Withheld
from db.drafts import Draft
from db.kinds import Channel


def draft_of(call: Call, operator: str, clock: Clock) -> Draft:
    """The newest version of the call's note, with what the strip needs to show it again."""
    return Draft(
        call_id=call.id, operator=call.operator or operator, seq=call.seq,
        body=call.note.body, handover=call.note.handover,
        disposition=call.note.disposition, about=_about(call), updated_at=clock.now(),
        body_steps=call.note.body_steps, handover_steps=call.note.handover_steps,
    )  # fmt: skip


def call_from(draft: Draft) -> Call:
    """The call that the draft belongs to, put aside, its caller not yet looked up again."""
    about = draft.about
    key, extension = about.get("key", ""), about.get("extension", "")
    number = remembered_number(about["number"], key, extension, about["region"])
    withheld = Withheld(about["withheld"]) if about["withheld"] else None
    ring = Ring(
        source=about["source"], source_id=about["source_id"], number=number, name=about["name"], withheld=withheld,
        dialled=about["dialled"], line_name=about["line_name"], diverted_from=about["diverted_from"],
        direction=Direction(about["direction"]), region=about["region"], at=datetime.fromisoformat(about["at"]),
        verstat=Verstat(about["verstat"]) if about.get("verstat") else None,
        linked_id=about.get("linked_id", ""), queue=about.get("queue", ""),
        waiting_since=datetime.fromisoformat(about["waiting_since"]) if about.get("waiting_since") else None,
    )  # fmt: skip
    pop = SEARCHING if ring.can_be_sought else NO_NUMBER
    note = Note(draft.body, draft.handover, draft.disposition, draft.body_steps, draft.handover_steps)
    return Call(
        draft.call_id,
        ring,
        pop,
        CallState.LATER,
        note,
        draft.updated_at,
        draft.seq,
        opened_id=int(about["opened_id"]) if about["opened_id"] else None,
        is_traced=True,
        is_restored=True,
        by_hand=_by_hand(about),
        **_course(about),
    )


def _course(about: Mapping[str, str]) -> dict[str, Any]:
    """What had become of the call; a draft of an older program does not say."""
    answered_at, ended_at = about.get("answered_at"), about.get("ended_at")
    return {
        "outcome": Outcome(about.get("outcome", Outcome.OFFERED)),
        "answered_by": about.get("answered_by") or None,
        "answered_at": datetime.fromisoformat(answered_at) if answered_at else None,
        "ended_at": datetime.fromisoformat(ended_at) if ended_at else None,
        "why_ended": EndCause(about["why_ended"]) if about.get("why_ended") else None,
        "after_call": stopped_at(int(about.get("after_call_ms") or 0)),
        "held": stopped_at(int(about.get("held_ms") or 0)),
        "is_chosen": bool(about.get("is_chosen")),
        "legs": tuple(_leg_from(one) for one in json.loads(about.get("legs") or "[]")),
        "transferred_by": _caller_from(about.get("transferred_by", "")),
    }


def _by_hand(about: Mapping[str, str]) -> ByHand | None:
    channel = about.get("channel")
    return ByHand(Channel(channel), Direction(about["hand_direction"])) if channel else None


def _about(call: Call) -> dict[str, str]:
    ring = call.ring
    return {
        "source": ring.source, "source_id": ring.source_id, "number": ring.number.raw,
        "key": ring.number.key, "extension": ring.number.extension, "region": ring.region,
        "name": ring.name, "verstat": ring.verstat or "", "withheld": ring.withheld or "",
        "dialled": ring.dialled, "line_name": ring.line_name,
        "diverted_from": ring.diverted_from, "direction": ring.direction, "at": ring.at.isoformat(),
        "opened_id": str(call.opened_id or ""), "outcome": call.outcome, "answered_by": call.answered_by or "",
        "answered_at": call.answered_at.isoformat() if call.answered_at else "",
        "ended_at": call.ended_at.isoformat() if call.ended_at else "", "why_ended": call.why_ended or "",
        "after_call_ms": str(call.after_call.milliseconds or ""),
        "held_ms": str(call.held.milliseconds or ""), "queue": ring.queue,
        "waiting_since": ring.waiting_since.isoformat() if ring.waiting_since else "",
        "linked_id": ring.linked_id, "is_chosen": "yes" if call.is_chosen else "",
        "legs": json.dumps([_leg_texts(leg) for leg in call.legs], ensure_ascii=False),
        "transferred_by": _caller_text(call.transferred_by),
        "channel": call.by_hand.channel if call.by_hand else "",
        "hand_direction": call.by_hand.direction if call.by_hand else "",
    }  # fmt: skip


def _leg_texts(leg: Leg) -> dict[str, str | None]:
    times = {"offered_at": leg.offered_at, "answered_at": leg.answered_at, "ended_at": leg.ended_at}
    told = {name: text for name, text in asdict(leg).items() if name != "said"}  # that is the trace's
    return told | {name: at.isoformat() if at else None for name, at in times.items()}


def _leg_from(texts: Mapping[str, Any]) -> Leg:
    times = {name: datetime.fromisoformat(at) if at else None for name, at in texts.items() if name.endswith("_at")}
    return Leg(**{**texts, **times, "why_ended": EndCause(texts["why_ended"]) if texts["why_ended"] else None})


def _caller_text(caller: Caller | None) -> str:
    """ "" for none."""
    return json.dumps([caller.number, caller.name, caller.withheld], ensure_ascii=False) if caller else ""


def _caller_from(text: str) -> Caller | None:
    if not text:
        return None
    number, name, withheld = json.loads(text)
    return Caller(number, name, Withheld(withheld) if withheld else None)
