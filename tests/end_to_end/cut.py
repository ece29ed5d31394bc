"""A desk whose database is cut while notes are written and calls pop: the same code for seconds and for ten minutes.

`./run soak outbox [--minutes N] [--only KIND]` runs it by the clock; test_database_cut.py runs it for seconds.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from app.entering import NewCustomer
from app.pop import SEARCHING, Pop, PopState
from bench.network import PBX, private_network, why_none
from db.demo import fill_demo
from db.engine import open_engine, writing
from db.local_cards import LocalCards
from db.migrate import bring_up_to_date
from db.pace import Pace
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered
from tests.end_to_end.away import KINDS, Away, away_by
from tests.postgres_server import PostgresServer, own_server, server_programs

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
    kept: list[Any] = field(default_factory=list)
    entered: list[Any] = field(default_factory=list)
    """New customers, their numbers and notes, as they should be; and `customers` as they are."""
    customers: list[Any] = field(default_factory=list)
    copied: int = 0
    unsayable: int = 0
    slowest_ms: float = 0
    interactions: int = 0
    waited: int = 0
    refreshed: str = ""
    noticed_s: float | None = None
    seen_s: float | None = None
    sent_s: float | None = None
    given_up_s: dict[str, float] = field(default_factory=dict)


def cut_and_back(away: Away, name: str, folder: Path, pause_s: float = 0) -> Outcome:
    """Take calls, take the database away, take NOTES more, and let it come back."""
    outcome, url = Outcome(), away.url(name)
    engines = [open_engine(url, folder, pace=pace) for pace in (Pace.DESK, Pace.RING)]
    desk = DeskAtWork(engines[0], folder, cards=LocalCards.open(folder / "copy", NOW), rings=engines[1])
    known = [f"+{e164}" for e164, _customer in _asked(away, name, _KNOWN)]
    for number in known[:POPS]:
        _take(desk, f"before {number}", number, "前のメモ")
    desk.settle()
    way = desk.records._way
    away.begin()
    with _timing(lambda: way.trouble is not None) as noticed:
        for count in range(NOTES):
            _note(desk, count, known, outcome)
            time.sleep(pause_s)
        _talks_on(desk, known[0])
    outcome.noticed_s = noticed()
    outcome.waited = max(status.waiting for status in desk.screen.statuses)
    away.end()
    with _timing(lambda: way.trouble is None) as seen, _timing(lambda: not desk.outbox_file.waiting().jobs) as sent:
        _until_sent(desk)
    outcome.seen_s, outcome.sent_s = seen(), sent()
    outcome.refreshed = desk.call("talks on").pop.state + ("" if desk.call("talks on").pop.copied else " anew")
    outcome.kept = _asked(away, name, _WRITTEN)
    outcome.customers = _asked(away, name, _ENTERED)
    asked = "SELECT count(*) FROM interaction i JOIN call c ON c.id = i.call_id WHERE c.source_id LIKE 'cut %'"
    outcome.interactions = _asked(away, name, asked)[0][0]
    desk.leave()
    return outcome


def _asked(away: Away, name: str, question: LiteralString) -> list[Any]:
    """By somebody who is beside the server, and knows nothing of us."""
    with psycopg.connect(away.server.url(name), autocommit=True) as beside:
        return beside.execute(question).fetchall()


@contextmanager
def _timing(is_so: Callable[[], bool]) -> Iterator[Callable[[], float | None]]:
    """Gives what tells, afterwards, how many seconds it took until that was so; None: it never was."""
    began, took, is_over = time.monotonic(), [], threading.Event()

    def look() -> None:
        while not is_so():
            if is_over.wait(0.02):
                return
        took.append(time.monotonic() - began)

    watcher = threading.Thread(target=look)
    watcher.start()
    yield lambda: took[0] if took else None
    is_over.set()
    watcher.join()


def _note(desk: DeskAtWork, count: int, known: Sequence[str], outcome: Outcome) -> None:
    """Every fifth caller is new, the last one is known but was never seen at this desk."""
    is_new = count % (NOTES // ENTERED) == 1
    number = f"03999900{count:02}" if is_new else known[count % POPS] if count < NOTES - 1 else known[-1]
    new = NewCustomer(f"新規 {count}") if is_new else None
    pop, took_ms = _take(desk, f"cut {count}", number, f"メモ {count:02}", new)
    outcome.written.append(f"メモ {count:02}")
    outcome.entered += [(new.name, number, f"メモ {count:02}")] if new else []
    outcome.copied += pop.copied is not None
    outcome.unsayable += pop.state is PopState.FAILED
    outcome.slowest_ms = max(outcome.slowest_ms, took_ms)


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


def is_whole(outcome: Outcome) -> bool:
    """Every note is there, once and in order, with one contact each, and each new customer with number and note."""
    texts = [text for _call, _number, text in outcome.kept]
    is_there = texts == outcome.written and len(texts) == outcome.interactions == NOTES
    return is_there and list(map(tuple, outcome.customers)) == list(map(tuple, outcome.entered))


def main() -> int:
    """By the clock, every way of being away that is possible here."""
    asked = argparse.ArgumentParser(prog="./run soak outbox")
    asked.add_argument("--minutes", type=float, default=10, help="how long the database is away, each time")
    asked.add_argument("--only", choices=(*KINDS, "dropped"), help="one way of being away")
    args = asked.parse_args()
    programs = server_programs()
    if programs is None:
        print("NOTHING was tried: there is no PostgreSQL server here")  # noqa: T201
        return 1
    bad = 0
    for kind in [args.only] if args.only else (*KINDS, "dropped"):
        if kind == "dropped" and (why := why_none()):
            print(f"dropped  NOT TRIED: {why}")  # noqa: T201
            continue
        outcome = once(kind, programs, args.minutes * 60 / NOTES)
        bad += not is_whole(outcome)
        print(_line(kind, args.minutes, outcome), flush=True)  # noqa: T201
    return 1 if bad else 0


def once(kind: str, programs: Path, pause_s: float) -> Outcome:
    """With a server and a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "dropped":
            return _in_network(programs, Path(folder), pause_s)
        with away_by(kind, programs) as away:
            return cut_and_back(away, filled_database(away.server), Path(folder), pause_s)


def _in_network(programs: Path, folder: Path, pause_s: float) -> Outcome:
    """The desk is a process of its own on one end of a cable, the server on the other."""
    with private_network() as network, own_server(programs, network.at_pbx, PBX) as server:
        words = [str(server.folder), str(server.port), filled_database(server), str(folder), str(pause_s)]
        command = [*network.at_desk, sys.executable, "-m", "tests.end_to_end.cut_in_network"]
        told = subprocess.run(
            [*command, *words, *network.at_pbx], capture_output=True, text=True, check=False, timeout=3600
        )
        assert told.returncode == 0, told.stderr
        return Outcome(**json.loads(told.stdout))


def _line(kind: str, minutes: float, outcome: Outcome) -> str:
    return (
        f"{kind:8} {minutes:g} min: {len(outcome.kept)} of {NOTES} notes there"
        f" ({'once, in order' if is_whole(outcome) else 'WRONG'}), {len(outcome.customers)} of {ENTERED} new customers,"
        f" {outcome.copied} pops from the copy,"
        f" {outcome.unsayable} nobody could say, slowest finish {outcome.slowest_ms:.0f} ms,"
        f" noticed after {outcome.noticed_s or -1:.1f} s; back: seen after {outcome.seen_s or -1:.1f} s,"
        f" all sent after {outcome.sent_s or -1:.1f} s"
        + "".join(f", {name} given up after {seconds:.1f} s" for name, seconds in outcome.given_up_s.items())
    )


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
