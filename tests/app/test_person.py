"""`omote person`: a copy of all that is kept, and erasing until no file of the profile names anybody; unless held."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from app.demo import prepare
from app.paths import Profile, profile_at
from app.settings import Settings
from db.audit.verify import verify
from db.drafts import Draft, DraftFile
from db.engine import FILE_NAME, open_engine, reading, writing
from db.local_cards import LocalCards, Seen
from db.models import note, note_revision
from db.outbox import OutboxFile
from db.search_index import index_note
from tests.app.command_line import omote

NO, AT = "C-000001", datetime(2026, 11, 22, 5, tzinfo=UTC)
CALL = UUID(int=77)
CANARY = "秘密の合言葉"
NUMBER = "+81335814111"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepare(profile_at(tmp_path / "demo"), Settings())
    return tmp_path / "demo"


@pytest.fixture
def profile(folder: Path) -> Profile:
    """With a draft, a trace and a copy about the customer."""
    profile = profile_at(folder)
    drafts = DraftFile.open(profile.drafts_folder, AT)
    for key, opened in ((CALL, 1), (UUID(int=78), 2), (UUID(int=79), "")):
        drafts.put(Draft(key, "sato", 1, CANARY if opened == 1 else "another", "", "", AT, {"opened_id": str(opened)}))
    drafts.close()
    profile.trace_file.parent.mkdir(parents=True, exist_ok=True)
    line = {"v": 1, "type": "offered", "call": "a", "number": NUMBER, "name": CANARY, "candidates": [], "opened": NO}
    other = {**line, "call": "b", "number": "+81312345678", "name": "another"}
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (line, other))
    profile.trace_file.write_text(lines, encoding="utf-8")
    profile.wire_file.write_text(CANARY, encoding="utf-8")
    cards = LocalCards.open(profile.copy_folder, AT)
    cards.keep_card(1, Seen(AT, CANARY, None))
    cards.close()
    return profile


def rows(profile: Profile, statement: str) -> list[Any]:
    with closing(sqlite3.connect(profile.database_folder / FILE_NAME)) as connection:
        found = connection.execute(statement).fetchall()
        connection.commit()
        return found


def write_canary(profile: Profile) -> None:
    """In the customer's card, where it is found again only by reading the file."""
    rows(profile, f"UPDATE customer SET memo = '{CANARY}' WHERE id = 1")


def files_with(folder: Path, text: str) -> list[str]:
    return [one.name for one in sorted(folder.rglob("*")) if one.is_file() and text.encode() in one.read_bytes()]


def test_a_copy_for_programs_holds_every_row_and_no_operator(folder: Path, tmp_path: Path) -> None:
    done = omote(folder, "person", "export", NO, str(tmp_path / "one.json"))
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert (told["form"], told["customer_no"]) == ("omote-person-1", NO)
    assert told["tables"]["customer"][0]["name"] == "髙橋 一郎"
    assert f"{sum(map(len, told['tables'].values())):,} rows" in done.stdout
    assert not [name for rows in told["tables"].values() for row in rows for name in row if "operator" in name]
    assert (tmp_path / "one.json").stat().st_mode & 0o077 == 0


def test_a_copy_for_people_is_a_workbook(folder: Path, tmp_path: Path) -> None:
    assert omote(folder, "person", "export", NO, str(tmp_path / "one.xlsx")).returncode == 0
    assert load_workbook(tmp_path / "one.xlsx")["customers"].max_row == 2


def test_handing_out_is_in_the_audit_log_under_the_customer(folder: Path, tmp_path: Path) -> None:
    omote(folder, "person", "export", NO, str(tmp_path / "one.json"))
    found = rows(profile_at(folder), "SELECT action, subject, record FROM audit_log ORDER BY number")
    assert found == [("export_begun", "customer", "1"), ("export_ended", "customer", "1")]


def test_a_file_that_is_called_after_him_is_not_named_in_the_audit_log(folder: Path, tmp_path: Path) -> None:
    for words in (("person", "export", NO), ("export", "customer", NO)):
        assert omote(folder, *words, str(tmp_path / "髙橋一郎.xlsx")).returncode == 0
    found = rows(profile_at(folder), "SELECT details FROM audit_log")
    assert [one for (one,) in found if "髙橋" in one] == []
    assert [json.loads(one)["file"] for (one,) in found if "file" in one] == [".xlsx", ".xlsx"]


def test_a_reason_that_names_him_is_refused(folder: Path) -> None:
    done = omote(folder, "person", "erase", NO, "--reason", "髙橋一郎様のご依頼", "--yes")
    assert (done.returncode, "The reason names the person" in done.stderr) == (1, True)


def test_holds_are_in_the_audit_log(folder: Path) -> None:
    omote(folder, "person", "hold", NO, "--reason", "訴訟中")
    omote(folder, "person", "release", NO)
    omote(folder, "person", "release", NO)
    found = rows(profile_at(folder), "SELECT action, record, details FROM audit_log ORDER BY number")
    assert found == [("held", "1", ""), ("released", "1", '{"holds": 1}')]


def test_without_yes_nothing_is_done(folder: Path, profile: Profile) -> None:
    done = omote(folder, "person", "erase", NO, "--reason", "asked")
    assert done.returncode == 0
    assert "would be erased (nothing was done; --yes does it)" in done.stdout
    assert rows(profile, "SELECT name FROM customer WHERE id = 1") == [("髙橋 一郎",)]
    assert rows(profile, "SELECT count(*) FROM audit_log") == [(0,)]
    assert files_with(profile.drafts_folder, CANARY)


def test_after_erasing_no_file_of_the_profile_has_a_word_of_him(folder: Path, profile: Profile) -> None:
    write_canary(profile)
    assert len(files_with(folder, CANARY)) >= 4
    done = omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    assert done.returncode == 0, done.stderr
    assert "C-000001 was erased." in done.stdout
    assert files_with(folder, CANARY) == []
    left = [json.loads(one) for one in profile.trace_file.read_text("utf-8").splitlines()]
    assert [(one["number"], one["name"]) for one in left] == [("", ""), ("+81312345678", "another")]
    drafts = DraftFile.open(profile.drafts_folder, AT)
    assert [one.body for one in drafts.everybodys()] == ["another", "another"]
    drafts.close()


def test_the_index_of_the_search_keeps_nothing_either(folder: Path, profile: Profile) -> None:
    """FTS5 keeps the words of what it was told to forget, until its parts are made one."""
    engine, number = open_engine("sqlite", profile.database_folder), "0977665544"
    with writing(engine) as connection:
        written = {"id": CALL, "customer_id": 1, "kind": "body", "created_at": AT}
        connection.execute(insert(note).values(written))
        said = {"id": CALL, "note_id": CALL, "number": 1, "text": f"{number}へ", "at": AT}
        connection.execute(insert(note_revision).values(said))
        index_note(connection, CALL)
    engine.dispose()
    assert files_with(folder, number) == [FILE_NAME]
    before = (profile.database_folder / FILE_NAME).read_bytes().count(number.encode())
    assert before > 1, "in the note, and in the index"
    assert omote(folder, "person", "erase", NO, "--reason", "asked", "--yes").returncode == 0
    assert files_with(folder, number) == []


def test_erasing_is_in_the_audit_log_and_its_chain_holds(folder: Path) -> None:
    omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    profile = profile_at(folder)
    assert rows(profile, "SELECT action, record FROM audit_log") == [("erased", "1")]
    engine = open_engine("sqlite", profile.database_folder)
    with reading(engine) as connection:
        assert verify(connection).fault is None
    engine.dispose()
    again = omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    assert (again.returncode, "was erased already" in again.stderr) == (1, True)


def test_an_import_does_not_bring_him_back(folder: Path, tmp_path: Path) -> None:
    omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    text = f"customer_no,name,phones\n{NO},髙橋 一郎,03-3581-4111\nX-1,髙橋 一郎,03-3581-4111\nX-2,田中,03-1111-2222\n"
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    done = json.loads(omote(folder, "import", "customers", str(tmp_path / "in.csv"), "--json").stdout.splitlines()[-1])
    assert (done["created"], done["refused"]) == (1, 2)


def test_who_is_held_is_not_erased_until_released(folder: Path) -> None:
    assert omote(folder, "person", "hold", NO, "--reason", "訴訟中").returncode == 0
    held = omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    assert (held.returncode, "訴訟中" in held.stderr) == (1, True)
    assert "1 hold on C-000001 was lifted." in omote(folder, "person", "release", NO).stdout
    assert omote(folder, "person", "erase", NO, "--reason", "asked", "--yes").returncode == 0


def test_what_waits_to_be_sent_comes_first(folder: Path) -> None:
    outbox = OutboxFile.open(profile_at(folder).drafts_folder, AT)
    outbox.put(CALL, '{"version": 1, "parts": []}', 1, AT)
    outbox.close()
    done = omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    assert (done.returncode, "1 entry waits here to be sent" in done.stderr) == (1, True)


def test_another_desk_cleans_itself_of_whoever_was_erased(folder: Path, profile: Profile) -> None:
    """As on a PC that shares the records: they are erased, its own files are not."""
    rows(profile, f"UPDATE customer SET erased_at = '{AT.isoformat(' ', 'microseconds')}', name = '' WHERE id = 1")
    done = omote(folder, "person", "clean")
    assert done.returncode == 0
    assert "1 drafts, 0 trace lines and 1 copied cards" in done.stdout
    assert files_with(profile.drafts_folder, CANARY) == files_with(profile.copy_folder, CANARY) == []


def test_an_operators_profile_may_not(folder: Path) -> None:
    (folder / "settings.toml").write_text('[desk]\nrole = "supervisor"\n', encoding="utf-8")
    done = omote(folder, "person", "erase", NO, "--reason", "asked", "--yes")
    assert (done.returncode, "is for administrators" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", ["one.csv", "one"])
def test_other_kinds_of_files_are_refused(folder: Path, tmp_path: Path, name: str) -> None:
    done = omote(folder, "person", "export", NO, str(tmp_path / name))
    assert (done.returncode, "neither .json nor .xlsx" in done.stderr) == (1, True)
    assert rows(profile_at(folder), "SELECT count(*) FROM audit_log") == [(0,)]


def test_retention_says_what_is_due_and_removes_it_only_when_told(folder: Path) -> None:
    profile = profile_at(folder)
    assert "There are no rules" in omote(folder, "retention", "run").stdout
    old, key = "'2020-01-01 00:00:00.000000+00:00'", f"'{CALL.hex}'"
    rows(profile, f"INSERT INTO note (id, kind, created_at, version_id) VALUES ({key}, 'body', {old}, 1)")
    words = f"({key}, {key}, 1, '{CANARY}', {old})"
    rows(profile, f"INSERT INTO note_revision (id, note_id, number, text, at) VALUES {words}")
    assert omote(folder, "retention", "set", "notes", "1095", "--reason", "policy").returncode == 0
    dry = omote(folder, "retention", "run")
    assert "Words of notes and contacts: kept for 1,095 days (policy). 1 is due." in dry.stdout
    assert rows(profile, f"SELECT text FROM note_revision WHERE id = {key}") == [(CANARY,)]
    done = omote(folder, "retention", "run", "--yes")
    assert (done.returncode, "1 removed" in done.stdout) == (0, True), done
    assert rows(profile, f"SELECT text FROM note_revision WHERE id = {key}") == [("",)]
    ruled, entry = rows(profile, "SELECT action, details FROM audit_log ORDER BY number")
    assert (ruled[0], json.loads(ruled[1])) == ("rule_changed", {"what": "notes", "days": 1095})
    assert (entry[0], json.loads(entry[1])) == ("retention", {"what": "notes", "rows": 1, "days": 1095})


def test_retention_erases_whoever_was_not_heard_of(folder: Path) -> None:
    profile = profile_at(folder)
    row = "'C-9', 'person', 'Nobody Heard', 'active', '2020-01-01 00:00:00.000000+00:00'"
    rows(profile, f"INSERT INTO customer (customer_no, kind, name, lifecycle_stage, created_at) VALUES ({row})")
    assert omote(folder, "retention", "set", "customers", "1500").returncode == 0
    due = int(omote(folder, "retention", "run").stdout.split(". ")[1].split()[0])
    assert 0 < due < 10
    before = rows(profile, "SELECT count(*) FROM customer WHERE erased_at IS NULL")[0][0]
    done = omote(folder, "retention", "run", "--yes")
    assert done.returncode == 0, done
    assert rows(profile, "SELECT name FROM customer WHERE customer_no = 'C-9'") == [("",)]
    assert rows(profile, "SELECT count(*) FROM customer WHERE erased_at IS NULL") == [(before - due,)]
    assert omote(folder, "retention", "drop", "customers").returncode == 0
    actions = [one[0] for one in rows(profile, "SELECT action FROM audit_log ORDER BY number")]
    assert actions == ["rule_changed", *["erased"] * due, "rule_changed"]
