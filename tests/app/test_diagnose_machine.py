"""What `omote diagnose` says of this PC, looked at for real: files, folders, a server, keyrings that fail."""

import json
import os
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError
from sqlalchemy import text

from app.diagnosis.finding import Level
from app.diagnosis.looking import look_at_machine
from app.diagnosis.machine import LITTLE, TOO_LITTLE, Machine, check_machine
from app.keyring_patience import Keyring
from app.main import main
from app.paths import Profile, profile_at
from app.settings import DatabaseSettings, Settings
from app.words import use_language
from cti.sip.settings import SipSettings
from db.engine import open_engine, writing
from db.migrate import bring_up_to_date
from tests.postgres_server import PostgresServer


class Store:
    """A keyring that fails as it is told; None: it answers."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def get_password(self, _service: str, _username: str) -> str | None:
        if self._error is not None:
            raise self._error
        return None

    def set_password(self, _service: str, _username: str, _password: str) -> None:
        raise AssertionError("diagnose changes nothing")

    def delete_password(self, _service: str, _username: str) -> None:
        raise AssertionError("diagnose changes nothing")


class SilentStore(Store):
    """One that asks somebody who is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, _service: str, _username: str) -> str | None:
        self.answered.wait(30)
        return None


NEEDS_KEYRING = Settings(sources=(SipSettings("desk phone", "pbx.example.jp"),))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    tmp_path.chmod(0o700)
    return profile_at(tmp_path)


def seen(profile: Profile, settings: Settings = NEEDS_KEYRING, store: Store | None = None, **environ: str) -> Machine:
    return look_at_machine(profile, settings, lambda: datetime.now(UTC), lambda: store or Store(), environ)


def told(machine: Machine, name: str) -> tuple[Level, str, str]:
    (found,) = [one.finding for one in check_machine(machine) if one.name == name]
    return found.level, found.text, found.todo


def fill(profile: Profile) -> None:
    engine = open_engine("sqlite", profile.database_folder)
    bring_up_to_date(engine)
    engine.dispose()


def write_revision(profile: Profile, revision: str) -> None:
    engine = open_engine("sqlite", profile.database_folder)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})
    engine.dispose()


def test_records_that_are_not_there_are_not_made(profile: Profile) -> None:
    level, words, _todo = told(seen(profile), "records")
    assert (level, "do not exist yet" in words) == (Level.OK, True)
    assert not (profile.database_folder / "omote.db").exists()


@pytest.mark.parametrize(
    ("revision", "level", "part"),
    [("", Level.OK, "as this program wants them"), ("0001", Level.ATTENTION, "older"), ("9999", Level.FAULT, "newer")],
)
def test_records_say_who_made_them(profile: Profile, revision: str, level: Level, part: str) -> None:
    fill(profile)
    if revision:
        write_revision(profile, revision)
    found, words, todo = told(seen(profile), "records")
    assert (found, part in words, "SQLite 3." in words) == (level, True, True)
    assert bool(todo) == (level is not Level.OK)


def test_a_file_that_is_no_database_is_a_fault(profile: Profile) -> None:
    (profile.database_folder / "omote.db").write_bytes(b"no database at all" * 400)
    assert told(seen(profile), "records")[:1] == (Level.FAULT,)


def test_a_server_tells_its_version_and_its_clock(profile: Profile, postgres: PostgresServer) -> None:
    settings = Settings(database=DatabaseSettings(postgres.url(postgres.database())))
    engine = open_engine(settings.database.url, profile.database_folder)
    bring_up_to_date(engine)
    engine.dispose()
    level, words, _todo = told(seen(profile, settings), "records")
    assert (level, "PostgreSQL 1" in words) == (Level.OK, True)
    assert told(seen(profile, settings), "time")[0] is Level.OK
    late = look_at_machine(profile, settings, lambda: datetime.now(UTC) - timedelta(minutes=2), Store, {})
    level, words, _todo = told(late, "time")
    assert (level, "1" in words) == (Level.ATTENTION, True)


def test_a_server_that_is_not_there_is_a_fault_in_words(profile: Profile) -> None:
    settings = Settings(database=DatabaseSettings("postgresql://omote@127.0.0.1:1/omote"))
    level, words, _todo = told(seen(profile, settings), "records")
    assert (level, "cannot be reached" in words) == (Level.FAULT, True)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (None, Keyring.WORKS),
        (NoKeyringError("no backend"), Keyring.NONE),
        (InitError("no bus"), Keyring.NONE),
        (KeyringLocked("locked"), Keyring.LOCKED),
        (KeyringError("denied"), Keyring.REFUSED),
    ],
)
def test_each_way_in_which_a_keyring_fails_has_words_of_its_own(
    profile: Profile, error: Exception | None, kind: Keyring
) -> None:
    machine = seen(profile, store=Store(error))
    assert machine.keyring is kind
    level, _words, todo = told(machine, "keyring")
    assert (level is Level.OK, todo == "") == (kind is Keyring.WORKS, kind is Keyring.WORKS)


def test_a_keyring_that_asks_nobody_is_waited_for_no_longer_than_two_seconds(profile: Profile) -> None:
    silent = SilentStore()
    try:
        assert seen(profile, store=silent).keyring is Keyring.SILENT
    finally:
        silent.answered.set()


def test_a_keyring_that_nothing_needs_is_no_trouble(profile: Profile) -> None:
    files = Settings(sources=(SipSettings("desk phone", "pbx.example.jp", password_file="/etc/omote/password"),))
    for settings in (Settings(), files):
        assert told(seen(profile, settings, Store(NoKeyringError("none"))), "keyring")[0] is Level.OK


@pytest.fixture
def in_sight() -> Iterator[Profile]:
    """A profile that no folder above it hides, as the tests' own are hidden."""
    with tempfile.TemporaryDirectory() as folder:
        yield profile_at(Path(folder))


def test_folders_that_others_can_read_are_told_with_what_to_type(in_sight: Profile) -> None:
    assert told(seen(in_sight), "folders")[0] is Level.OK
    in_sight.data.chmod(0o755)
    level, words, todo = told(seen(in_sight), "folders")
    assert (level, todo) == (Level.ATTENTION, f"Type: chmod 700 {in_sight.data}")
    assert str(in_sight.data) in words


def test_a_folder_that_lies_in_one_of_the_users_own_is_no_trouble(in_sight: Profile) -> None:
    inside = in_sight.data / "inside"
    inside.mkdir(mode=0o755)
    inside.chmod(0o755)
    assert told(seen(profile_at(inside)), "folders")[0] is Level.OK


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_fault(profile: Profile) -> None:
    profile.data.chmod(0o500)
    assert told(seen(profile), "folders")[0] is Level.FAULT


@pytest.mark.parametrize(
    ("free", "level"), [(TOO_LITTLE - 1, Level.FAULT), (LITTLE - 1, Level.ATTENTION), (LITTLE, Level.OK)]
)
def test_a_disk_that_fills_up_is_told_in_time(free: int, level: Level) -> None:
    assert told(Machine(free=free), "disk")[0] is level


def test_without_a_japanese_font_it_says_what_one_would_see() -> None:
    assert told(Machine(has_japanese_font=False), "font")[0] is Level.FAULT


def test_an_input_method_is_looked_for_where_japanese_is_typed(profile: Profile) -> None:
    assert seen(profile, DISPLAY=":0", XMODIFIERS="@im=fcitx").input_method == "fcitx"
    assert seen(profile, DISPLAY=":0").input_method is None
    use_language("ja")
    machine = seen(profile, DISPLAY=":0")
    use_language("en")
    assert told(machine, "input_method")[0] is Level.ATTENTION
    assert seen(profile, XMODIFIERS="@im=fcitx").input_method is None


def test_a_bundle_for_support_holds_no_person_and_no_secret(
    profile: Profile, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.main._ask_running", lambda *_args: None)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    password = profile.config / "password"
    password.write_text("CANARY-secret\n")
    password.chmod(0o600)
    (profile.config / "settings.toml").write_text(
        '[desk]\noperator = "CANARY-operator"\n[[source]]\nname = "crm"\nkind = "push"\nusers = ["CANARY-user"]\n'
        f'password_file = "{password}"\n[[template]]\nname = "late"\ntext = "CANARY-words"\n',
        "utf-8",
    )
    profile.log_file.parent.mkdir(parents=True)
    profile.log_file.write_text("a line of the log\n", "utf-8")
    profile.log_file.with_name("omote.log.1").write_text("an older one\n", "utf-8")
    target = profile.data / "support.zip"
    main(["diagnose", "--profile", str(profile.data), "--language", "en", "--bundle", str(target)])
    printed = capsys.readouterr()
    with zipfile.ZipFile(target) as bundle:
        names = bundle.namelist()
        inside = "".join(bundle.read(one).decode("utf-8") for one in names)
    assert names == ["findings.json", "settings.json", "versions.json", "logs/omote.log", "logs/omote.log.1"]
    assert "CANARY" not in inside + printed.out + printed.err
    assert all(name in printed.err for name in names), "whoever sends it sees what is in it"
    findings = json.loads(zipfile.ZipFile(target).read("findings.json"))
    assert {"settings", "records", "disk"} <= {one["check"] for one in findings}
    assert main(["diagnose", "--profile", str(profile.data), "--language", "en", "--bundle", str(target)]) == 1
    assert "is there already" in capsys.readouterr().err
