"""Reviews of the morning's calls: Sato's own, what he says of the others', and calls drawn for him to review."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from db.engine import open_engine, writing
from db.kinds import ReviewFact, ReviewWay
from db.models import call, complaint, follow_up, operator
from db.reviews.draw import Draw, draw
from db.reviews.risk import Span
from db.reviews.samples import keep_sample
from db.reviews.write import Heard, Marked, hear, mark_call, review_id_of
from tests.ui.running import NOW

_SAID = (
    (4, "落ち着いて要点を確認できていました。最後に折り返しの時刻も伝えるとさらに良くなります。"),
    (5, ""),
    (3, "お客様のお名前を最後まで確認していません。"),
    (2, "保留が長く、途中で様子をお伝えしていません。"),
    (4, "返品の手順を分かりやすくご案内できました。"),
    (5, "クレームになりかけた通話を、よく聞いて収めました。"),
)
_MINUTE = timedelta(minutes=1)


def _calls_of(connection: Connection, login: str) -> list[UUID]:
    asked = select(call.c.id).join(operator, operator.c.id == call.c.operator_id).where(operator.c.login == login)
    return list(connection.execute(asked.order_by(call.c.offered_at.desc())).scalars())


def review_calls(folder: Path, way: ReviewWay = ReviewWay.RISK) -> None:
    """Into the database file of this folder, whose calls are there."""
    engine = open_engine("sqlite", folder)
    with writing(engine) as connection:
        for by, whose, first in (("suzuki", "sato", 0), ("sato", "tanaka", 1), ("sato", "kato", 2)):
            for place, call_id in enumerate(_calls_of(connection, whose)[first : first + len(_SAID)]):
                mark, words = _SAID[(place + first) % len(_SAID)]
                at, key = NOW - (50 - 3 * place + first) * _MINUTE, UUID(int=1000 * first + place + 1)
                made = Marked(key, call_id, by, at, mark, words, ReviewWay.RISK if place == 3 else ReviewWay.RANDOM)
                mark_call(connection, made)
                _hear(connection, made, whose, place)
        _odd_things(connection)
        span = Span(NOW - timedelta(days=7), NOW - timedelta(seconds=1), NOW - timedelta(seconds=1))
        asked = Draw(way, span, 12, 4711, "sato")
        keep_sample(connection, UUID(int=77), asked, draw(connection, asked))
    engine.dispose()


def _odd_things(connection: Connection) -> None:
    """What makes calls worth a look: long holds, promises that were forgotten, a complaint."""
    for login, place, seconds in (("tanaka", 9, 214), ("suzuki", 4, 137), ("kato", 12, 305)):
        key = _calls_of(connection, login)[place]
        connection.execute(update(call).where(call.c.id == key).values(hold_ms=seconds * 1000))
    for number, (login, place) in enumerate((("suzuki", 4), ("tanaka", 11)), start=1):
        late = {"id": UUID(int=9_000 + number), "call_id": _calls_of(connection, login)[place], "kind": "callback"}
        connection.execute(insert(follow_up).values(**late, due_at=NOW - 30 * _MINUTE, created_at=NOW - 300 * _MINUTE))
    row = {"complaint_no": "K-1", "category": "応対", "severity": 3, "state": "received", "customer_id": 8}
    connection.execute(insert(complaint).values(**row, received_at=NOW - 20 * _MINUTE))


def _hear(connection: Connection, made: Marked, whose: str, place: int) -> None:
    """Most are seen, one is answered."""
    review_id = review_id_of(made.call_id, made.reviewer)
    if place % 3 < 2:
        seen = Heard(UUID(int=made.key.int + 500), review_id, ReviewFact.SEEN, whose, made.at + 20 * _MINUTE)
        hear(connection, seen)
    if place == 3:
        words = "担当部署への確認に時間がかかりました。次からは途中で一度お声がけします。"
        answer = Heard(
            UUID(int=made.key.int + 700), review_id, ReviewFact.ANSWERED, whose, made.at + 25 * _MINUTE, words
        )
        hear(connection, answer)
