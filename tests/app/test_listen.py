"""`omote listen` as it is used: a process of its own, a real INVITE over UDP, JSON lines, one line on failure."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME
from tests.fakes.sip_peer import Heard, SipPeer, invite, new_call

ROOT = Path(__file__).resolve().parents[2]
CALLER = f'"T. Ichiro" <sip:{CUSTOMER_NUMBER}@pbx.example>'
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")


def free_port() -> int:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(profile: Path, port: int, more: str = "") -> None:
    (profile / "settings.toml").write_text(
        f'[[source]]\nname = "trunk"\nregister = false\nallow = ["127.0.0.1"]\nbind = "127.0.0.1:{port}"\n{more}',
        "utf-8",
    )


def command(profile: Path) -> list[str]:
    return [sys.executable, "-m", "app", "listen", "--profile", str(profile), "--language", "en"]


@contextmanager
def listening(profile: Path) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    process = subprocess.Popen(command(profile), cwd=ROOT, stdout=pipe, stderr=pipe, encoding="utf-8")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def fails(profile: Path) -> str:
    """Its one line on standard error, after it ended with 1."""
    done = subprocess.run(
        command(profile), cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("omote: ")
    return done.stderr


def next_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    read: dict[str, Any] = json.loads(line)
    return read


def ring(peer: SipPeer, call: str, **facts: Any) -> Heard:
    """Send the INVITE again, as a telephone system does, until it is heard of."""
    peer.socket.settimeout(0.5)
    for _ in range(100):
        peer.send(invite(call, via_host=peer.address, **facts))
        try:
            return peer.hear()
        except TimeoutError:
            continue
    raise AssertionError("nobody listens")


def everything(database: Path) -> dict[str, list[Any]]:
    """All rows of all tables, read by SQLite itself."""
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.fixture
def profile(filled: Path, tmp_path: Path) -> Path:
    shutil.copy(filled, tmp_path / FILE_NAME)
    return tmp_path


@needs_signals
def test_a_real_call_gives_a_line_when_offered_and_one_when_ended_and_writes_nothing(profile: Path) -> None:
    port, call = free_port(), new_call()
    settings(profile, port, '[[line]]\ndialled = "0312345678"\nname = "Main shop"\n')
    before = everything(profile / FILE_NAME)
    with listening(profile) as process, SipPeer(("127.0.0.1", port)) as peer:
        assert ring(peer, call, caller=CALLER, user="0312345678").status == 100
        offered = next_line(process)
        peer.send(invite(call, via_host=peer.address, caller=CALLER, user="0312345678", method="CANCEL"))
        ended = next_line(process)
        process.send_signal(signal.SIGTERM)
        out, error = process.communicate(timeout=30)
    assert (offered["type"], ended["type"], ended["why"]) == ("offered", "ended", "cancelled")
    assert (offered["number"], offered["opened"]) == ("+81335814111", "C-000001")
    assert offered["candidates"] == [{"customer": "C-000001", "reason": "exact"}]
    assert (offered["source"], offered["name"], offered["line"]) == ("trunk", "T. Ichiro", "Main shop")
    assert (offered["identity_from"], offered["why_no_pop"]) == ("from", "no_window")
    stamps = offered["stamps_us"]
    assert (stamps["received"], stamps["shown"], stamps["painted"]) == (0, None, None)
    assert 0 < stamps["parsed"] < stamps["matched"]
    assert offered["call"] == ended["call"]
    assert (process.returncode, out, error) == (0, "", "")
    assert everything(profile / FILE_NAME) == before
    files = {path.name for path in profile.iterdir()}
    assert files - {f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"} == {FILE_NAME, "settings.toml", "crashes"}
    assert list((profile / "crashes").iterdir()) == []


@needs_signals
def test_a_call_that_somebody_answered_gives_a_line_by_nobody_known(profile: Path) -> None:
    port, call = free_port(), new_call()
    settings(profile, port, "[trace]\nmask_numbers = true\n")
    with listening(profile) as process, SipPeer(("127.0.0.1", port)) as peer:
        ring(peer, call, caller=CALLER)
        offered = next_line(process)
        elsewhere = 'Reason: SIP;cause=200;text="Call completed elsewhere"\r\nReason: Q.850;cause=26\r\n'
        peer.send(invite(call, via_host=peer.address, caller=CALLER, method="CANCEL", extra=elsewhere))
        answered = next_line(process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert (answered["type"], answered["by"]) == ("answered", None)
    assert offered["number"] == "+81*******11"
    assert process.returncode == 0


def test_a_port_in_use_ends_with_one_line_that_names_it(profile: Path) -> None:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as other:
        other.bind(("127.0.0.1", 0))
        port = int(other.getsockname()[1])
        settings(profile, port)
        line = fails(profile)
    assert f"127.0.0.1:{port}" in line
    assert "trunk" in line


def test_without_a_source_it_says_where_to_write_one(tmp_path: Path) -> None:
    line = fails(tmp_path)
    assert "[[source]]" in line
    assert str(tmp_path / "settings.toml") in line


def test_a_mistake_in_the_settings_is_one_line(tmp_path: Path) -> None:
    settings(tmp_path, free_port(), "[desk]\ncolour = 'red'\n")
    assert "colour" in fails(tmp_path)


def test_a_file_in_place_of_the_database_folder_is_one_line(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.write_text("not a folder")
    assert str(profile) in fails(profile)


def test_a_folder_in_place_of_the_database_is_one_line(tmp_path: Path) -> None:
    settings(tmp_path, free_port())
    (tmp_path / FILE_NAME).mkdir()
    assert "records" in fails(tmp_path)


def test_a_database_that_is_none_is_one_line(tmp_path: Path) -> None:
    settings(tmp_path, free_port())
    (tmp_path / FILE_NAME).write_bytes(b"this is not a database, whatever its name may say" * 100)
    assert "damaged" in fails(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    settings(tmp_path, free_port())
    tmp_path.chmod(0o500)
    line = fails(tmp_path)
    tmp_path.chmod(0o700)
    assert "writable" in line


def test_a_kind_of_database_that_is_not_known_is_one_line(tmp_path: Path) -> None:
    settings(tmp_path, free_port(), '[database]\nurl = "oracle://x:c4n4ry@host/db"\n')
    line = fails(tmp_path)
    assert "[database]" in line
    assert "c4n4ry" not in line


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_an_open_password_file_is_one_line(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("c4n4ry")
    secret.chmod(0o644)
    (tmp_path / "settings.toml").write_text(
        f'[[source]]\nname = "p"\nserver = "127.0.0.1"\npassword_file = "{secret.as_posix()}"\n', "utf-8"
    )
    line = fails(tmp_path)
    assert "chmod 600" in line
    assert "c4n4ry" not in line


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    done = subprocess.run([*command(tmp_path), "--nonsense"], cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
