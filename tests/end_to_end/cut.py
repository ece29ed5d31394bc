"""A desk whose database is cut while notes are written and calls pop: the same code for seconds and for ten minutes.

`./run soak outbox [--minutes N]` runs it by the clock; test_database_cut.py runs it with no pause between calls.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from app.entering import NewCustomer
from app.pop import SEARCHING, Pop, PopState
from db.demo import fill_demo
from db.engine import open_engine, writing
from db.local_cards import LocalCards
from db.migrate import bring_up_to_date
from db.pace import Pace
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer, running, server_programs

NOTES, POPS = 50, 20
ENTERED = 10
"""As many of the notes are of callers whom nobody knows: the operator enters them."""
_KNOWN = """SELECT p.e164, min(cp.customer_id) FROM phone_number p JOIN customer_phone cp ON cp.phone_number_id = p.id
    WHERE p.e164 IS NOT NULL AND NOT p.is_shared GROUP BY p.e164 HAVING count(*) = 1 ORDER BY p.e164 LIMIT 40"""
_WRITTEN = """SELECT c.source_id, r.number, r.text FROM call c JOIN note n ON n.call_id = c.id
    JOIN note_revision r ON r.note_id = n.id WHERE c.source_id LIKE 'cut %' ORDER BY c.offered_at, r.number"""
_ENTERED = """SELECT k.name, p.raw, r.text FROM customer k LEFT JOIN customer_phone o ON o.customer_id = k.id
    LEFT JOIN phone_number p ON p.id = o.phone_number_id LEFT JOIN note n ON n.customer_id = k.id
    LEFT JOIN note_revision r ON r.note_id = n.id WHERE k.name LIKE '新規 %' ORDER BY r.text"""


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    written: list[str] = field(default_factory=list)
    kept: list[tuple[str, int, str]] = field(default_factory=list)
    entered: list[tuple[str, str, str]] = field(default_factory=list)
    """New customers, their numbers and notes, as they should be; and `customers` as they are."""
    customers: list[tuple[str, str, str]] = field(default_factory=list)
    copied: int = 0
    unsayable: int = 0
    slowest_ms: float = 0
    interactions: int = 0
    waited: int = 0
    refreshed: str = ""
    back_s: float = 0


def cut_and_back(
    server: PostgresServer, name: str, folder: Path, cut: Callable[[CuttableWay], object], pause_s: float = 0
) -> Outcome:
    """Take calls, cut the way, take NOTES more of which POPS are asked who they are, and let the database come back."""
    outcome = Outcome()
    with CuttableWay(server.port) as way:
        url = server.tcp_url(name, way.port)
        engines = [open_engine(url, folder, pace=pace) for pace in (Pace.DESK, Pace.RING)]
        cards = LocalCards.open(folder / "copy", NOW)
        desk = DeskAtWork(engines[0], folder, cards=cards, rings=engines[1])
        with psycopg.connect(server.url(name), autocommit=True) as beside:
            known = [f"+{e164}" for e164, _customer in beside.execute(_KNOWN).fetchall()]
            for number in known[:POPS]:
                _take(desk, f"before {number}", number, "前のメモ")
            desk.settle()
            cut(way)
            for count in range(NOTES):
                is_new = count % (NOTES // ENTERED) == 1
                number = f"03999900{count:02}" if is_new else known[count % POPS] if count < NOTES - 1 else known[-1]
                new = NewCustomer(f"新規 {count}") if is_new else None
                pop, took_ms = _take(desk, f"cut {count}", number, f"メモ {count:02}", new)
                outcome.written.append(f"メモ {count:02}")
                outcome.entered += [(new.name, number, f"メモ {count:02}")] if new else []
                outcome.copied += pop.copied is not None
                outcome.unsayable += pop.state is PopState.FAILED
                outcome.slowest_ms = max(outcome.slowest_ms, took_ms)
                time.sleep(pause_s)
            _talks_on(desk, known[0])
            outcome.waited = max(status.waiting for status in desk.screen.statuses)
            began = time.monotonic()
            way.open()
            _until_sent(desk)
            outcome.back_s = time.monotonic() - began
            outcome.refreshed = desk.call("talks on").pop.state + ("" if desk.call("talks on").pop.copied else " anew")
            outcome.kept = beside.execute(_WRITTEN).fetchall()
            outcome.customers = beside.execute(_ENTERED).fetchall()
            asked = "SELECT count(*) FROM interaction i JOIN call c ON c.id = i.call_id WHERE c.source_id LIKE 'cut %'"
            row: Any = beside.execute(asked).fetchone()
            outcome.interactions = row[0]
        desk.leave()
    return outcome


def _take(
    desk: DeskAtWork, source_id: str, number: str, text: str, new: NewCustomer | None = None
) -> tuple[Pop, float]:
    """Ring, look, answer, enter a `new` customer, write, finish: what popped, and how long finishing took."""
    desk.time.now += timedelta(seconds=1)
    after = (desk.time.now - NOW).total_seconds()
    desk.desk.hear(offered(number, source_id, after=after))
    call = desk.call(source_id)
    desk.timers.pass_time(300)
    desk.posted.run_until(lambda: call.pop is not SEARCHING)
    popped = call.pop
    desk.desk.hear(answered(source_id))
    desk.desk.hear(ended(source_id))
    if new is not None:
        _enter(desk, source_id, new)
    desk.type(text, source_id)
    desk.timers.pass_time(100)
    began = time.monotonic()
    desk.desk.finish(call.id)
    desk.posted.run_until(lambda: not desk.has(source_id))
    return popped, (time.monotonic() - began) * 1000


def _enter(desk: DeskAtWork, source_id: str, new: NewCustomer) -> None:
    """The card opens when the records refuse him, or take too long."""
    call, before = desk.call(source_id), desk.timers.waiting
    desk.desk.entering.create(call, new)
    desk.posted.run_until(lambda: call.pop.facts or desk.timers.waiting > before)
    desk.timers.pass_time(300)
    desk.posted.run_until(lambda: call.pop.facts)


def _talks_on(desk: DeskAtWork, number: str) -> None:
    desk.desk.hear(offered(number, "talks on", after=1000))
    desk.timers.pass_time(300)
    desk.posted.run_until(lambda: desk.call("talks on").pop is not SEARCHING)
    desk.desk.hear(answered("talks on"))


def _until_sent(desk: DeskAtWork) -> None:
    """Until nothing waits, and the call that goes on has been asked about again."""
    desk.posted.run_until(lambda: desk.screen.statuses[-1].waiting == 0 and desk.call("talks on").pop.copied is None)
    desk.settle()


def hang(way: CuttableWay) -> None:
    """The server takes what is sent and says nothing."""
    way.hang()


def cut_off(way: CuttableWay) -> None:
    """The server can't be reached."""
    way.cut()


def main() -> int:
    """By the clock, both ways of being away."""
    asked = argparse.ArgumentParser(prog="./run soak outbox")
    asked.add_argument("--minutes", type=float, default=10, help="how long the database is away, each time")
    minutes = asked.parse_args().minutes
    programs = server_programs()
    if programs is None:
        print("NOTHING was tried: there is no PostgreSQL server here")  # noqa: T201
        return 1
    bad = 0
    with running(programs) as server:
        for way_to_go in (cut_off, hang):
            name = filled_database(server)
            with tempfile.TemporaryDirectory() as folder:
                outcome = cut_and_back(server, name, Path(folder), way_to_go, minutes * 60 / NOTES)
            is_whole = [text for _call, _number, text in outcome.kept] == outcome.written
            is_whole &= outcome.customers == outcome.entered
            bad += not is_whole
            print(  # noqa: T201
                f"{way_to_go.__name__:8} {minutes:g} min: {len(outcome.kept)} of {NOTES} notes there"
                f" ({'once, in order' if is_whole else 'WRONG'}), {len(outcome.customers)} of {ENTERED} new customers,"
                f" {outcome.copied} pops from the copy,"
                f" {outcome.unsayable} nobody could say, slowest finish {outcome.slowest_ms:.0f} ms,"
                f" all sent {outcome.back_s:.1f} s after the database was back",
                flush=True,
            )
    return 1 if bad else 0


def filled_database(server: PostgresServer) -> str:
    name = server.database()
    engine = open_engine(server.url(name), Path())
    bring_up_to_date(engine)
    with writing(engine) as connection:
        fill_demo(connection, datetime.now(UTC) - timedelta(days=1))
    engine.dispose()
    return name


if __name__ == "__main__":
    raise SystemExit(main())
