"""What people see and do with personal data stands in the audit log, also after a cut; what a ring opens does not."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, select

from app.audit.exports import audited
from app.audit.signature import AuditAction, Signature
from app.by_hand import ByHand
from app.call import Note
from app.demo import prepare
from app.exporting.writers import Written
from app.paths import profile_at
from app.settings import Settings
from db.audit.verify import verify
from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME, open_engine, reading
from db.errors import DatabaseUnavailable, Trouble
from db.local_cards import LocalCards
from db.models import audit_log
from db.pace import Pace
from tests.app.command_line import omote
from tests.app.desk_at_work import NOW, DeskAtWork, ended, offered
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer


def entries(engine: Engine) -> list[tuple[str, str, str, str]]:
    columns = audit_log.c.operator, audit_log.c.action, audit_log.c.subject, audit_log.c.record
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit_log.c.number))]


def details(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        told = connection.execute(select(audit_log.c.details).order_by(audit_log.c.number)).scalars()
        return [json.loads(one) if one else {} for one in told]


def test_a_card_that_is_opened_by_hand_is_written_down_once(engine: Engine, tmp_path: Path) -> None:
    desk = DeskAtWork(engine, tmp_path)
    call = desk.desk.by_hand.open(2, ByHand())
    desk.desk.write(call.id, Note("折り返す"))
    assert desk.desk.by_hand.open(2, ByHand()) is call  # it stands there still
    desk.leave()
    assert entries(engine) == [("sato", "card_opened", "customer", "2")]
    assert details(engine) == [{"how": "list"}]


def test_a_ring_writes_nothing_and_a_choice_on_its_card_does(engine: Engine, tmp_path: Path) -> None:
    desk = DeskAtWork(engine, tmp_path)
    desk.hear(offered(CUSTOMER_NUMBER))
    desk.settle()
    call = desk.call()
    desk.desk.choose(call.id, 3)
    desk.leave()
    assert entries(engine) == [("sato", "card_opened", "customer", "3")]
    assert details(engine) == [{"call": str(call.id), "how": "chosen"}]


def test_a_past_call_that_is_opened_again_is_written_down(engine: Engine, tmp_path: Path) -> None:
    desk = DeskAtWork(engine, tmp_path)
    desk.hear(offered(CUSTOMER_NUMBER), ended())
    desk.settle()
    call = desk.call()
    desk.desk.let_go(call)
    desk.desk.reopen(call)
    desk.leave()
    assert entries(engine) == [("sato", "call_opened", "call", str(call.id))]


@pytest.mark.expected_log("the records do not take what is written here")
@pytest.mark.expected_log("the way to the records: unreachable")
def test_what_is_seen_while_the_server_is_away_is_in_the_log_once_afterwards(
    postgres: PostgresServer, database: str, tmp_path: Path
) -> None:
    with CuttableWay(postgres.port) as way:
        url = postgres.tcp_url(database, way.port)
        engines = [open_engine(url, tmp_path, pace=pace) for pace in (Pace.DESK, Pace.RING)]
        desk = DeskAtWork(engines[0], tmp_path, cards=LocalCards.open(tmp_path / "copy", NOW), rings=engines[1])
        way.cut()
        for customer_id in (1, 2, 3):
            desk.desk.views.card(customer_id, "list")
        desk.posted.run_until(lambda: desk.outbox_file.waiting().jobs == 3)
        way.open()
        desk.posted.run_until(lambda: not desk.outbox_file.waiting().jobs)
        desk.leave()
        for engine in engines:
            engine.dispose()
    with psycopg.connect(postgres.url(database)) as connection:
        found = connection.execute("SELECT number, record FROM audit_log ORDER BY number").fetchall()
    assert found == [(1, "1"), (2, "2"), (3, "3")]


def test_nothing_is_exported_without_its_entry(engine: Engine) -> None:
    begun = Signature("sato").entry(AuditAction.EXPORT_BEGUN, what="calls", file="calls.xlsx")
    seen: list[int] = []

    def export() -> Written:
        seen.append(len(entries(engine)))
        return Written(12, {}, 0)

    audited(engine, begun, export)
    assert seen == [1], "the entry was there before the first row was read"
    assert [one[1] for one in entries(engine)] == ["export_begun", "export_ended"]
    assert details(engine)[1] == {"begun": str(begun.id), "rows": 12}


def test_an_export_whose_entry_cannot_be_written_does_not_begin(engine: Engine, monkeypatch: Any) -> None:
    def refuse(*_args: object) -> None:
        raise DatabaseUnavailable(Trouble.READ_ONLY)

    monkeypatch.setattr("app.audit.exports.append", refuse)
    with pytest.raises(DatabaseUnavailable):
        audited(engine, Signature("sato").entry(AuditAction.EXPORT_BEGUN), lambda: pytest.fail("it was exported"))


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    prepare(profile_at(tmp_path / "demo"), Settings())
    return tmp_path / "demo"


def rows(profile: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(profile_at(profile).database_folder / FILE_NAME)) as connection:
        found = connection.execute(statement).fetchall()
        connection.commit()
        return found


def test_exports_and_imports_taken_back_by_command_are_in_the_log(profile: Path, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("customer_no,name\nC-9001,山田\n", encoding="utf-8")
    assert omote(profile, "import", "customers", str(tmp_path / "in.csv")).returncode == 0
    (listed,) = json.loads(omote(profile, "import", "list", "--json").stdout)
    assert omote(profile, "import", "undo", listed["batch_no"]).returncode == 0
    assert omote(profile, "export", "calls", str(tmp_path / "calls.csv"), "--from", "2026-11-01").returncode == 0
    found = rows(profile, "SELECT action, record, details FROM audit_log ORDER BY number")
    assert [one[:2] for one in found] == [
        ("imported", listed["batch_no"]), ("import_undone", listed["batch_no"]), ("export_begun", ""),
        ("export_ended", ""),
    ]  # fmt: skip
    assert json.loads(found[2][2]) == {"what": "calls", "file": "calls.csv", "first": "2026-11-01"}


def test_the_command_says_that_the_log_holds_or_where_it_breaks(profile: Path, tmp_path: Path) -> None:
    assert omote(profile, "audit", "verify") == (0, "The audit log is empty.\n", "")
    for number in range(3):
        omote(profile, "export", "customers", str(tmp_path / f"{number}.csv"))
    whole = omote(profile, "audit", "verify")
    assert whole.returncode == 0
    assert whole.stdout.startswith("The audit log holds: 6 entries from ")
    noted = whole.stdout.split()[-1]
    assert omote(profile, "audit", "verify", "--noted", noted).returncode == 0
    told = json.loads(omote(profile, "audit", "verify", "--json").stdout)
    assert (told["holds"], told["entries"], told["fault"]) == (True, 6, None)

    for name in ("changed", "removed"):
        rows(profile, f"DROP TRIGGER audit_log_{name}")
    rows(profile, "DELETE FROM audit_log WHERE number = 6")
    assert omote(profile, "audit", "verify").returncode == 0  # a chain can't say that its end is gone
    assert omote(profile, "audit", "verify", "--noted", noted).returncode == 1
    rows(profile, "UPDATE audit_log SET operator = 'nobody' WHERE number = 2")
    broken = omote(profile, "audit", "verify")
    assert broken.returncode == 1
    assert broken.stdout == "The audit log is broken at entry 2: it has been altered. 1 entries before it hold.\n"
    told = json.loads(omote(profile, "audit", "verify", "--json").stdout)
    assert (told["holds"], told["fault"], told["broken_at"]) == (False, "altered", 2)


def test_a_note_that_is_no_entry_is_wrong_usage(profile: Path) -> None:
    assert omote(profile, "audit", "verify", "--noted", "yesterday").returncode == 2


def test_the_log_never_holds_whom_it_is_about(profile: Path, tmp_path: Path) -> None:
    omote(profile, "export", "customer", "C-000001", str(tmp_path / "one.xlsx"))
    text = json.dumps(rows(profile, "SELECT * FROM audit_log"), ensure_ascii=False, default=str)
    names = rows(profile, "SELECT name, reading FROM customer UNION SELECT raw, raw FROM phone_number")
    assert not [one for pair in names for one in pair if one and one in text]


def test_desks_and_commands_keep_one_chain(engine: Engine, tmp_path: Path) -> None:
    desk = DeskAtWork(engine, tmp_path)
    for customer_id in range(1, 6):
        desk.desk.views.card(customer_id, "list")
    desk.leave()
    with reading(engine) as connection:
        assert (verify(connection).entries, verify(connection).fault) == (5, None)


def test_the_export_of_one_customer_is_found_under_that_customer(profile: Path, tmp_path: Path) -> None:
    omote(profile, "export", "customer", "C-000002", str(tmp_path / "one.xlsx"))
    assert rows(profile, "SELECT subject, record FROM audit_log") == [("customer", "2"), ("customer", "2")]
