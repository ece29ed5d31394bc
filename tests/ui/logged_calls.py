"""A morning of calls at several desks, with legs, candidates and notes, for the pages that supervisors have."""

from datetime import timedelta
from pathlib import Path
from random import Random

from db.calls import CallRow, CandidateRow, LegRow, save_call, save_candidates, save_leg
from db.engine import open_engine, writing
from db.kinds import Direction, EndCause, Outcome, Reason, Withheld
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call
from tests.ui.running import NOW

SAID = (
    ("再配達は明日の午前中をご希望。玄関先に置いてよいとのこと。", "inquiry.delivery"),
    ("請求書を再発行してお送りする。", "inquiry.payment"),
    ("羽毛布団の返品。未開封、来週に集荷を手配。", "order.return"),
    ("", "none.wrong_number"),
)
CALLERS = (1, 2, 3, 5, 8, 9, 12, None)
_PEOPLE = ("sato", "suzuki", "tanaka", "kato")


def write_calls(folder: Path, many: int = 90) -> None:
    """Into the database file of this folder; the newest is ten minutes old."""
    chance, engine = Random(5), open_engine("sqlite", folder)
    with writing(engine) as connection:
        for place in reversed(range(many)):
            at = NOW - timedelta(minutes=10 + 11 * place)
            is_withheld, is_answered = place % 9 == 4, place % 5 != 2
            who = None if is_withheld else CALLERS[place % len(CALLERS)]
            login = _PEOPLE[place % len(_PEOPLE)]
            answered = at + timedelta(seconds=chance.randrange(3, 40)) if is_answered else None
            row = CallRow(
                uuid7(at, chance.getrandbits), "desk phone", f"{place}@pbx",
                Direction.OUT if place % 11 == 6 else Direction.IN, at,
                Outcome.ANSWERED if is_answered else Outcome.MISSED,
                "" if is_withheld else f"03{35814000 + place}", None if is_withheld else 81335814000 + place,
                withheld=Withheld.ANONYMOUS if is_withheld else None, dialled="0312345678",
                line=("本店", "採用")[place % 3 == 1], queue="受付" if place % 2 else "",
                answered_at=answered, ended_at=(answered or at) + timedelta(seconds=chance.randrange(15, 700)),
                end_cause=EndCause.HUNG_UP if is_answered else EndCause.CANCELLED, customer_id=who,
                operator=login if is_answered else "",
            )  # fmt: skip
            save_call(connection, row)
            for leg, other in enumerate((login, _PEOPLE[(place + 1) % len(_PEOPLE)])):
                key = uuid7(at, chance.getrandbits)
                took = answered if leg == 0 else None
                outcome = Outcome.ANSWERED if took else Outcome.MISSED
                is_too_late = answered is not None and took is None
                cause = EndCause.ANSWERED_ELSEWHERE if is_too_late else row.end_cause
                ended = answered if is_too_late else row.ended_at
                save_leg(connection, LegRow(key, row.id, other, at, took, ended, cause, outcome))
            if who is not None:
                shown = (CandidateRow(who, Reason.EXACT, is_chosen=True), CandidateRow(who + 1, Reason.HOUSEHOLD))
                save_candidates(connection, row.id, shown)
            if answered is not None:
                text, code = SAID[place % len(SAID)]
                done = WrapUp(row.id, who, login, at + timedelta(minutes=9), text, "", code, 42_000)
                finish_call(connection, done)
                if place % 6 == 0:
                    again = WrapUp(
                        row.id, who, login, at + timedelta(minutes=20), f"{text}写真を待つ。", "携帯へ", code
                    )
                    finish_call(connection, again)
    engine.dispose()


def save_one(folder: Path) -> None:
    """A call that comes now."""
    key = uuid7(NOW, Random(6).getrandbits)
    _save(folder, CallRow(key, "desk phone", "now@pbx", Direction.IN, NOW, Outcome.OFFERED, "0399990000", 81399990000))


def write_missed(folder: Path, dialled: str, number: str) -> None:
    """A call on this line that nobody answered, a minute ago."""
    at = NOW - timedelta(minutes=1)
    key, e164 = uuid7(at, Random(7).getrandbits), int("81" + number[1:])
    _save(folder, CallRow(key, "pbx", number, Direction.IN, at, Outcome.MISSED, number, e164, dialled=dialled))


def _save(folder: Path, row: CallRow) -> None:
    engine = open_engine("sqlite", folder)
    with writing(engine) as connection:
        save_call(connection, row)
    engine.dispose()
