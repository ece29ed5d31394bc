"""A supervisor looks for duplicates, compares two, makes them one, and thinks again: real records, two threads."""

import argparse
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from app.clock import Clock
from app.duplicate_commands import duplicates as command
from app.duplicate_words import choice_words, field_words, sign_words
from app.duplicates import SURE, Choice, Comparison, Duplicates, DuplicatesPlace, Field, Progress, Sign, Suspect
from app.errors import UserError
from app.importing.job import RecordsAddress
from app.paths import profile_at
from app.seat import Seat
from app.settings import Settings
from app.words import use_language
from db.engine import reading, writing
from db.models import audit_log, customer, customer_phone, merge_log, phone_number
from db.search_index import refresh_tokens
from tests.app.desk_at_work import Posted

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)


class Supervisor:
    """Asks, and waits until the answer has come to the desk's thread."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.posted = Posted()
        self.heard: list[Progress] = []
        self.work = Duplicates(
            engine,
            DuplicatesPlace(Seat("sato"), lambda: address(engine, folder)),
            self.posted.post,
            Clock(now=lambda: NOW),
        )

    def ask(self, question: Callable[..., object], *about: Any) -> Any:
        came: list[Any] = []
        question(*about, came.append, came.append)
        self.posted.run_until(lambda: came)
        return came[0]

    def look(self) -> tuple[Suspect, ...]:
        came: list[Any] = []
        self.work.look(came.append, came.append, self.heard.append)
        self.posted.run_until(lambda: came)
        found: tuple[Suspect, ...] = came[0]
        return found

    def compare(self) -> Comparison:
        found: Comparison = self.ask(self.work.compare, 9001, 9002)
        return found


def address(engine: Engine, folder: Path) -> RecordsAddress:
    url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    return RecordsAddress("sqlite" if engine.dialect.name == "sqlite" else url, folder)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """The demo's customers, and one who was written down twice."""
    with writing(engine) as connection:
        for key in (9001, 9002):
            row = {"id": key, "customer_no": f"X-{key}", "kind": "person", "name": "一口 鷹也", "created_at": NOW}
            connection.execute(insert(customer).values(**row, reading="イモアライ タカヤ", lifecycle_stage="active"))
        connection.execute(insert(phone_number).values(id=9001, e164=819099990001, raw="090-9999-0001", kind="mobile"))
        for key in (9001, 9002):
            row = {"customer_id": key, "phone_number_id": 9001, "label": "mobile", "confidence": "known"}
            connection.execute(insert(customer_phone).values(row))
        refresh_tokens(connection, [9001, 9002])
    return engine


@pytest.fixture
def supervisor(engine: Engine, tmp_path: Path) -> Iterator[Supervisor]:
    one = Supervisor(engine, tmp_path)
    yield one
    one.work.stop()


def test_the_likeliest_pair_comes_first_and_the_scan_tells_how_far_it_is(supervisor: Supervisor) -> None:
    first = supervisor.look()[0]
    assert (first.first_no, first.second_no) == ("X-9001", "X-9002")
    assert first.score >= SURE
    assert supervisor.heard


def test_two_become_one_and_two_again(supervisor: Supervisor, engine: Engine) -> None:
    seen = supervisor.compare()
    number = supervisor.ask(supervisor.work.merge, seen, {Field.RANK: Choice.MERGED})
    assert supervisor.ask(supervisor.work.compare, 9001, 9002) is None
    assert "X-9002" not in {one.second_no for one in supervisor.look()}
    (past,) = supervisor.ask(supervisor.work.past_merges)
    assert (past.merge_id, past.merged_no, past.at) == (number, "X-9002", NOW)
    assert supervisor.ask(supervisor.work.undo, number).merged_id == 9002
    assert supervisor.compare().right.customer_no == "X-9002"
    with reading(engine) as connection:
        assert connection.execute(select(merge_log.c.undone_at)).scalar_one() == NOW


def test_not_the_same_is_not_offered_until_it_is_taken_back(supervisor: Supervisor) -> None:
    def is_offered() -> bool:
        return any(one.first_id == 9001 for one in supervisor.look())

    supervisor.ask(supervisor.work.not_the_same, 9001, 9002)
    assert not is_offered()
    supervisor.ask(supervisor.work.ask_again, 9001, 9002)
    assert is_offered()


def test_whoever_was_slower_is_told_in_a_sentence(supervisor: Supervisor, engine: Engine) -> None:
    use_language("en")
    seen = supervisor.compare()
    with writing(engine) as connection:
        faster = update(customer).where(customer.c.id == 9002)
        connection.execute(faster.values(rank="VIP", version_id=2))
    error = supervisor.ask(supervisor.work.merge, seen, {})
    assert isinstance(error, UserError)
    assert str(error) == "X-9002 was changed by somebody else meanwhile. Compare the two again."
    assert str(supervisor.ask(supervisor.work.undo, 4711)).startswith("There is no such record any more.")


def test_a_scan_that_was_given_up_ends_with_what_it_has(supervisor: Supervisor) -> None:
    came: list[Any] = []
    supervisor.work.look(came.append, came.append, lambda _progress: None)
    supervisor.work.give_up()
    supervisor.posted.run_until(lambda: came)
    assert isinstance(came[0], tuple)


def test_a_scan_that_is_killed_says_so_and_the_next_one_comes_to_its_end(supervisor: Supervisor) -> None:
    use_language("en")
    came: list[Any] = []
    supervisor.work.look(came.append, came.append, lambda _progress: None)
    while not (scans := [one for one in active_children() if one.name == "duplicates"]):
        time.sleep(0.01)
    scans[0].kill()
    supervisor.posted.run_until(lambda: came)
    assert str(came[0]) == "The search for duplicates ended before its time. Try again."
    assert supervisor.look()


def test_a_scan_of_records_that_are_gone_says_why(supervisor: Supervisor, tmp_path: Path) -> None:
    use_language("en")
    supervisor.work._records = lambda: RecordsAddress("postgresql://omote@127.0.0.1:1/none", tmp_path)
    came: list[Any] = []
    supervisor.work.look(came.append, came.append, lambda _progress: None)
    supervisor.posted.run_until(lambda: came)
    assert str(came[0]).startswith("The database server cannot be reached.")


def test_the_end_of_the_program_does_not_wait_for_a_scan(supervisor: Supervisor) -> None:
    supervisor.work.look(lambda _found: None, lambda _error: None, lambda _progress: None)
    supervisor.work.stop()
    assert not [one for one in active_children() if one.name == "duplicates"]


def test_every_sign_field_and_choice_has_words(engine: Engine) -> None:
    for words, kinds in ((sign_words, Sign), (field_words, Field), (choice_words, Choice)):
        for language in ("en", "ja"):
            use_language(language)
            told = [words(one) for one in kinds]  # type: ignore[operator]  # each with its own
            assert len(set(told)) == len(told)
            assert all(told)


@pytest.mark.usefixtures("engine")
def test_the_command_tells_the_pairs_with_their_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    use_language("en")
    args = argparse.Namespace(limit=1, json=False)
    assert command(args, profile_at(tmp_path), Settings()) == 0
    told = capsys.readouterr().out
    assert told == " 83%  X-9001 一口 鷹也 = X-9002 一口 鷹也  (same name, read alike, same number)\n"
    args.json = True
    assert command(args, profile_at(tmp_path), Settings()) == 0
    assert json.loads(capsys.readouterr().out)["signs"] == ["same_name", "same_reading", "same_number"]


def test_seeing_merging_and_undoing_are_in_the_audit_log(engine: Engine, tmp_path: Path) -> None:
    supervisor = Supervisor(engine, tmp_path)
    merge_id = supervisor.ask(supervisor.work.merge, supervisor.compare(), {})
    supervisor.ask(supervisor.work.undo, merge_id)
    supervisor.work.stop()
    with reading(engine) as connection:
        columns = audit_log.c.action, audit_log.c.record, audit_log.c.operator
        found = connection.execute(select(*columns).order_by(audit_log.c.number)).all()
    expected = [(action, key) for action in ("card_opened", "merged", "merge_undone") for key in ("9001", "9002")]
    assert [tuple(row) for row in found] == [(*one, "sato") for one in expected]


def test_a_merge_that_is_refused_is_not_in_the_audit_log(engine: Engine, tmp_path: Path) -> None:
    supervisor = Supervisor(engine, tmp_path)
    seen = supervisor.compare()
    supervisor.ask(supervisor.work.merge, seen, {})
    assert isinstance(supervisor.ask(supervisor.work.merge, seen, {}), UserError)
    supervisor.work.stop()
    with reading(engine) as connection:
        merges = connection.execute(select(audit_log.c.id).where(audit_log.c.action == "merged")).all()
    assert len(merges) == 2
