"""Two desks on one server: who is erased at one of them goes from the files of the other, which nobody tells."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.audit.signature import Signature
from app.by_hand import ByHand
from app.call import Note
from app.paths import Profile, profile_at
from app.person import own_files
from app.person.data import PersonalData
from app.person.here import clean_here
from app.person.own_files import OwnFiles
from db.demo import CUSTOMER_NUMBER
from db.engine import open_engine
from db.local_cards import LocalCards, Seen
from db.pace import Pace
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer

NO, CANARY, OTHERS = "C-000001", "秘密の合言葉", "another's words"


@dataclass
class Other:
    """The desk at which nobody erases, with its own files."""

    desk: DeskAtWork
    files: OwnFiles
    profile: Profile
    engine: Any
    cards: LocalCards

    def look(self) -> None:
        """The minute is over, and the records have answered; until it has cleaned, and its journal has written."""
        self.files._due_at = 0.0
        self.files.look()
        self.desk.posted.run_until(lambda: not self.files._is_looking)

    def leave(self) -> None:
        self.files.stop()
        self.desk.leave()
        self.engine.dispose()


def sit_down(url: str, folder: Path) -> Other:
    folder.mkdir(exist_ok=True)
    engine, profile = open_engine(url, folder, pace=Pace.DESK), profile_at(folder)
    cards = LocalCards.open(profile.copy_folder, NOW)
    desk = DeskAtWork(engine, folder, operator="mori", cards=cards)
    files = OwnFiles(engine, profile, desk.posted.post)
    files.kept_by(desk.desk)
    return Other(desk, files, profile, engine, cards)


def erase(url: str, folder: Path) -> None:
    """At another desk."""
    folder.mkdir(exist_ok=True)
    engine, profile = open_engine(url, folder), profile_at(folder)
    PersonalData(engine, profile, partial(Signature, "it"), partial(clean_here, profile)).erase(NO, "request 7")
    engine.dispose()


def files_with(folder: Path, *words: str) -> list[str]:
    files = [one for one in sorted(folder.rglob("*")) if one.is_file()]
    return [one.name for one in files if any(word.encode() in one.read_bytes() for word in words)]


def asked(url: str, statement: str) -> list[Any]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchall()


def test_the_other_desk_forgets_at_its_next_contact(postgres: PostgresServer, database: str, tmp_path: Path) -> None:
    url = postgres.url(database)
    other = sit_down(url, tmp_path / "other")
    other.desk.hear(offered(CUSTOMER_NUMBER), ended())
    other.desk.settle()
    drafted = other.desk.desk.by_hand.open(1, ByHand())
    other.desk.desk.write(drafted.id, Note(CANARY))
    other.desk.desk.put_aside(drafted.id)
    kept = other.desk.desk.by_hand.open(2, ByHand())
    other.desk.desk.write(kept.id, Note(OTHERS))
    other.desk.settle()
    for key in (1, 2):
        facts = json.dumps({"customer": {"customer_id": key, "name": CANARY if key == 1 else OTHERS}})
        other.cards.keep_card(key, Seen(NOW, facts))
    other.profile.wire_file.write_text(CANARY, encoding="utf-8")
    other.look()
    assert files_with(other.profile.drafts_folder, CANARY), "nobody was erased yet"
    assert files_with(other.profile.trace_file.parent, CUSTOMER_NUMBER[1:]) == ["calls.jsonl"]
    erase(url, tmp_path / "erasing")
    other.look()
    other.desk.settle()
    other.look()
    assert other.cards.card(1) is None
    assert other.cards.card(2) is not None
    assert not [one for one in files_with(other.profile.drafts_folder, CUSTOMER_NUMBER[1:]) if "outbox" in one]
    assert [call.opened_id for call in other.desk.desk.calls if call.by_hand is not None] == [2]
    other.leave()
    assert files_with(tmp_path / "other", CANARY, CUSTOMER_NUMBER, CUSTOMER_NUMBER[1:], "髙橋") == []
    assert files_with(tmp_path / "other", OTHERS) == ["drafts.db"]


def test_it_looks_through_its_files_only_when_somebody_was_erased_since(
    postgres: PostgresServer, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = list[Profile]()
    kept_here = own_files.kept_here
    monkeypatch.setattr(own_files, "kept_here", lambda profile: (looked.append(profile), kept_here(profile))[1])
    url = postgres.url(database)
    other = sit_down(url, tmp_path / "other")
    other.look()
    assert looked == []
    erase(url, tmp_path / "erasing")
    other.look()
    other.look()
    assert looked == [other.profile]
    other.leave()
    again = sit_down(url, tmp_path / "other")
    again.look()
    assert looked == [other.profile]
    again.leave()


@pytest.mark.expected_log("the records do not take what is written here")
@pytest.mark.expected_log("the way to the records: unreachable")
def test_what_a_desk_wrote_while_it_was_cut_off_comes_without_its_words(
    postgres: PostgresServer, database: str, tmp_path: Path
) -> None:
    """Its note was finished before it could know: it is counted, and says nothing of whoever was erased."""
    url = postgres.url(database)
    with CuttableWay(postgres.port) as way:
        other = sit_down(postgres.tcp_url(database, way.port), tmp_path / "other")
        other.desk.hear(offered(CUSTOMER_NUMBER), answered())
        other.desk.settle()
        call = other.desk.call()
        way.cut()
        other.desk.desk.write(call.id, Note(CANARY, disposition="resolved"))
        other.desk.hear(ended())
        other.desk.desk.finish(call.id)
        other.desk.posted.run_until(lambda: other.desk.outbox_file.waiting().notes)
        erase(url, tmp_path / "erasing")
        way.open()
        other.desk.posted.run_until(lambda: not other.desk.outbox_file.waiting().jobs)
        other.look()
        other.leave()
    assert asked(url, f"SELECT customer_id, number, name FROM call WHERE id = '{call.id}'") == [(1, None, None)]
    ((notes, worded),) = asked(
        url, "SELECT count(*), count(*) FILTER (WHERE text <> '') FROM note_revision r JOIN note n ON n.id = r.note_id"
        f" WHERE n.call_id = '{call.id}'",
    )  # fmt: skip
    assert (notes > 0, worded) == (True, 0)
    dump = "\n".join(map(str, (one for table in ("interaction", "note_revision", "note_search", "call_event")
                               for one in asked(url, f"SELECT * FROM {table}"))))  # fmt: skip
    assert CANARY not in dump
    assert files_with(tmp_path / "other", CANARY, CUSTOMER_NUMBER[1:]) == []
