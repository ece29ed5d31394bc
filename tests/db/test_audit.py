"""The audit log is one chain that only grows, whoever writes at the same time, and a break in it is found."""

import hashlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import DBAPIError

from db.audit.chain import START, AuditAction, AuditEntry, append, hash_of
from db.audit.listing import PAGE, Wanted, entries, operators
from db.audit.seen import Seen
from db.audit.verify import Fault, Verdict, verify
from db.engine import open_engine, reading, writing
from db.models import call
from tests.db.conftest import ONLY_SQLITE

AT = datetime(2026, 11, 22, 5, 3, 22, 125, tzinfo=UTC)


def entry(number: int, **more: str) -> AuditEntry:
    told = {"operator": "sato", "desk": "desk-7", "action": AuditAction.CARD_OPENED, "subject": "customer"}
    told |= {"record": "12", "details": '{"from":"list"}'} | more
    return AuditEntry(UUID(int=number), AT + timedelta(minutes=number), **told)


def fill(engine: Engine, count: int) -> None:
    with writing(engine) as connection:
        for number in range(1, count + 1):
            append(connection, entry(number))


def verdict(engine: Engine, seen: Seen | None = None) -> Verdict:
    with reading(engine) as connection:
        return verify(connection, seen)


def without_triggers(engine: Engine, statement: str, *, is_first: bool = True) -> None:
    """As somebody does who has all rights on the database."""
    if engine.dialect.name == "sqlite":
        names = ("changed", "removed", "follows") if is_first else ()
        statements = [f"DROP TRIGGER audit_log_{name}" for name in names] + [statement]
    else:
        statements = ["SET session_replication_role = replica", statement]
    with writing(engine) as connection:
        for one in statements:
            connection.execute(text(one))


def test_the_canonical_form_is_the_one_that_is_documented() -> None:
    one = AuditEntry(UUID(int=7), AT, "佐藤", "desk-7", "card_opened", "customer", "12", '{"from":"list"}')
    form = (
        '["omote audit 1",1,"00000000-0000-0000-0000-000000000007","2026-11-22T05:03:22.000125+00:00","佐藤","desk-7",'
        f'"card_opened","customer","12","{{\\"from\\":\\"list\\"}}","{START}"]'
    )
    assert hash_of(1, one, START) == hashlib.sha256(form.encode()).hexdigest()


def test_an_empty_log_holds(engine: Engine) -> None:
    assert verdict(engine) == Verdict()


def test_a_chain_of_entries_holds(engine: Engine) -> None:
    fill(engine, 12)
    found = verdict(engine)
    assert (found.entries, found.fault) == (12, None)
    assert (found.first_at, found.last_at) == (entry(1).at, entry(12).at)


def test_an_entry_written_again_adds_nothing(engine: Engine) -> None:
    fill(engine, 3)
    fill(engine, 4)
    assert verdict(engine).entries == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET operator = 'nobody' WHERE number = 2",
        "DELETE FROM audit_log WHERE number = 3",
        "DELETE FROM audit_log",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry(engine: Engine, statement: str) -> None:
    fill(engine, 3)
    with pytest.raises(DBAPIError, match="audit_log only grows"), writing(engine) as connection:
        connection.execute(text(statement))
    assert (verdict(engine).entries, verdict(engine).fault) == (3, None)


def test_a_server_refuses_to_empty_the_log(postgres_engine: Engine) -> None:
    fill(postgres_engine, 3)
    with pytest.raises(DBAPIError, match="audit_log only grows"), writing(postgres_engine) as connection:
        connection.execute(text("TRUNCATE audit_log"))


@ONLY_SQLITE
def test_a_file_refuses_what_replaces_an_entry_or_leaves_a_gap(engine: Engine) -> None:
    fill(engine, 3)
    copied = "SELECT {} , id, at, operator, desk, action, subject, record, details, previous_hash, hash FROM audit_log"
    for number in ("number", "9"):
        with pytest.raises(DBAPIError, match="audit_log only grows"), writing(engine) as connection:
            connection.execute(text(f"INSERT OR REPLACE INTO audit_log {copied.format(number)} WHERE number = 3"))
    assert (verdict(engine).entries, verdict(engine).fault) == (3, None)


@pytest.mark.parametrize(
    ("statement", "fault", "broken_at"),
    [
        ("UPDATE audit_log SET operator = 'nobody' WHERE number = 4", Fault.ALTERED, 4),
        ("UPDATE audit_log SET details = '' WHERE number = 1", Fault.ALTERED, 1),
        ("DELETE FROM audit_log WHERE number = 3", Fault.MISSING, 3),
        ("DELETE FROM audit_log WHERE number = 1", Fault.MISSING, 1),
        ("UPDATE audit_log SET previous_hash = 'x' WHERE number = 5", Fault.CUT, 5),
    ],
)
def test_a_break_is_found_where_it_is(own_engine: Engine, statement: str, fault: Fault, broken_at: int) -> None:
    fill(own_engine, 6)
    without_triggers(own_engine, statement)
    found = verdict(own_engine)
    assert (found.fault, found.broken_at, found.entries) == (fault, broken_at, broken_at - 1)


FORGED = """INSERT INTO audit_log SELECT 4, {new}, at, 'nobody', desk, action, subject, record, details, {before}, hash
FROM audit_log WHERE number = 3"""
ORDERS = {
    "reordered": (
        [f"UPDATE audit_log SET number = {now} WHERE number = {was}" for was, now in ((3, 99), (4, 3), (99, 4))],
        Fault.CUT, 3,
    ),
    "inserted": (["UPDATE audit_log SET number = number + 10 WHERE number > 3", FORGED], Fault.CUT, 4),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "fault", "broken_at"), ORDERS.values(), ids=ORDERS)
def test_entries_in_another_order_and_one_put_between_are_found(
    own_engine: Engine, statements: list[str], fault: Fault, broken_at: int
) -> None:
    fill(own_engine, 6)
    for number, statement in enumerate(statements):
        new = "'" + (UUID(int=77).hex if own_engine.dialect.name == "sqlite" else str(UUID(int=77))) + "'"
        spelled = statement.format(new=new, before="'not the one before'")
        without_triggers(own_engine, spelled, is_first=number == 0)
    found = verdict(own_engine)
    assert (found.fault, found.broken_at, found.entries) == (fault, broken_at, broken_at - 1)


def test_entries_taken_from_the_end_show_where_the_last_one_was_noted_down(own_engine: Engine) -> None:
    fill(own_engine, 6)
    noted = Seen(6, verdict(own_engine).last_hash[:12])
    assert verdict(own_engine, noted).fault is None
    assert verdict(own_engine, Seen(6, "0000")).fault is Fault.OTHER
    without_triggers(own_engine, "DELETE FROM audit_log WHERE number > 4")
    assert verdict(own_engine).fault is None  # nothing in the chain itself tells
    assert verdict(own_engine, noted).fault is Fault.SHORT


def test_desks_that_write_at_the_same_time_keep_one_chain(engine: Engine, reopened: Callable[[], Engine]) -> None:
    """Each with connections of its own, as programs have."""
    errors: list[Exception] = []

    def write(desk: int) -> None:
        mine = reopened()
        try:
            for number in range(25):
                with writing(mine) as connection:
                    append(connection, entry(desk * 1000 + number, desk=f"desk-{desk}"))
        except Exception as error:  # noqa: BLE001 -- told in the test's own thread
            errors.append(error)
        finally:
            mine.dispose()

    threads = [threading.Thread(target=write, args=(desk,)) for desk in range(1, 5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
    assert (verdict(engine).entries, verdict(engine).fault) == (100, None)


@pytest.fixture
def reopened(engine: Engine, tmp_path: object) -> Callable[[], Engine]:
    """Opens the same database once more."""
    url = "sqlite" if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=False)
    plain = url.replace("+psycopg", "")
    return lambda: open_engine(plain, tmp_path)  # type: ignore[arg-type]


def test_pages_follow_each_other_without_a_gap(engine: Engine) -> None:
    fill(engine, PAGE + 7)
    with reading(engine) as connection:
        first = entries(connection, Wanted())
        second = entries(connection, Wanted(), first[-1])
        third = entries(connection, Wanted(), second[-1])
    assert [one.number for one in (*first, *second)] == list(range(PAGE + 7, 0, -1))
    assert third == ()


def test_entries_are_found_by_who_what_when_and_about_whom(demo: Engine) -> None:
    with writing(demo) as connection:
        customer_id, number = connection.execute(text("SELECT id, customer_no FROM customer LIMIT 1")).one()
        row = {"source": "pbx", "source_id": "7", "direction": "in", "offered_at": AT, "outcome": "missed"}
        connection.execute(insert(call).values(id=UUID(int=70), **row))
        append(connection, entry(1, record=str(customer_id)))
        append(connection, entry(2, operator="suzuki", action=AuditAction.EXPORT_BEGUN, subject="", record=""))
        append(connection, entry(3, action=AuditAction.CALL_OPENED, subject="call", record=str(UUID(int=70))))

    def numbers(wanted: Wanted) -> list[int]:
        with reading(demo) as connection:
            return [one.number for one in entries(connection, wanted)]

    assert numbers(Wanted()) == [3, 2, 1]
    assert numbers(Wanted(operator="suzuki")) == [2]
    assert numbers(Wanted(action=AuditAction.CALL_OPENED)) == [3]
    assert numbers(Wanted(customer_no=number)) == [1]
    assert numbers(Wanted(customer_no="nobody's")) == []
    assert numbers(Wanted(since=entry(2).at)) == [3, 2]
    assert numbers(Wanted(until=entry(2).at)) == [1]
    with reading(demo) as connection:
        assert operators(connection) == ("sato", "suzuki")
        last = entries(connection, Wanted())
    assert last[2].about == number
    assert last[0].about == AT
