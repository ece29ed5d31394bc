"""A team's server is cut while a complaint is made and moved on and a follow-up promised and kept: all there, once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app import call_rows
from app.complaints import ComplaintWish, StepEnd, StepTold, StepWish
from app.follow_ups import FollowUpKind, FollowUpWish
from db.demo import CUSTOMER_NUMBER
from db.dispositions import DispositionNode
from db.engine import open_engine
from db.kinds import ComplaintState
from db.local_cards import LocalCards
from db.pace import Pace
from tests.app.desk_at_work import NOW, DeskAtWork, answered, offered
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer

WISH = ComplaintWish("配送遅延", 4, "", "suzuki", NOW + timedelta(days=2))
TREE = (DispositionNode("sofa", "ソファ", "Sofa"),)


@pytest.mark.expected_log("the records do not take what is written here")
@pytest.mark.expected_log("the way to the records: unreachable")
def test_what_is_made_while_the_server_is_away_is_on_the_card_and_afterwards_in_the_records_once(
    postgres: PostgresServer, database: str, tmp_path: Path
) -> None:
    with CuttableWay(postgres.port) as way:
        url = postgres.tcp_url(database, way.port)
        engines = [open_engine(url, tmp_path, pace=pace) for pace in (Pace.DESK, Pace.RING)]
        cards = LocalCards.open(tmp_path / "copy", NOW)
        desk = DeskAtWork(engines[0], tmp_path, cards=cards, rings=engines[1], dispositions=TREE)
        desk.hear(offered(CUSTOMER_NUMBER), answered())
        way.cut()
        told = _work(desk)
        assert told == [StepEnd.WAITS]
        facts = desk.call().pop.facts
        assert facts is not None
        assert (facts.complaints[0].category, facts.complaints[0].state) == ("配送遅延", "acknowledged")
        assert "結果を伝える" in [one.text for one in facts.follow_ups]
        way.open()
        desk.posted.run_until(lambda: not desk.outbox_file.waiting().jobs)
        desk.timers.pass_time(5_000)
        desk.posted.run_until(lambda: told[-1] is StepEnd.MOVED)
        desk.leave()
        for engine in engines:
            engine.dispose()
    with psycopg.connect(postgres.url(database).replace("+psycopg", "")) as beside:
        complaints = "SELECT state, text, version_id FROM complaint WHERE complaint_no LIKE 'K-%'"
        assert beside.execute(complaints).fetchall() == [("acknowledged", "届かない", 2)]
        promised = "SELECT text, done_at IS NOT NULL FROM follow_up WHERE text IN ('結果を伝える', '済んだ') ORDER BY 1"
        assert beside.execute(promised).fetchall() == [("済んだ", True), ("結果を伝える", False)]
        chosen = """SELECT d.code FROM interaction i JOIN disposition d ON d.id = i.disposition_id
            JOIN call c ON c.id = i.call_id WHERE c.source_id = 'a'"""
        assert beside.execute(chosen).fetchall() == [("sofa",)]


def _work(desk: DeskAtWork) -> list[StepEnd]:
    """All that an operator makes of a call, and finishes it last."""
    told: list[StepEnd] = []
    call_id, made = desk.call().id, desk.desk.obligations
    desk.desk.dispositions.begin(lambda _codes: None)
    desk.type("届かない", disposition="sofa")
    made.complain(call_id, WISH)
    facts = desk.call().pop.facts
    assert facts is not None

    def hear(end: StepEnd, _told: StepTold | None) -> None:
        told.append(end)

    made.step(StepWish(facts.complaints[0], ComplaintState.ACKNOWLEDGED, "受け付けた"), hear)
    for text in ("結果を伝える", "済んだ"):
        made.promise(call_id, FollowUpWish(FollowUpKind.CALLBACK, NOW + timedelta(hours=1), "sato", text))
    made.done(next(one.follow_up_id for one in desk.call().made.follow_ups if one.text == "済んだ"))
    desk.posted.run_until(lambda: told)
    saved: list[Any] = []
    desk.records.put(desk.call().id, call_rows.finished(desk.call(), "sato", NOW), saved.append, saved.append)
    desk.posted.run_until(lambda: saved)
    return told
