"""A password put in every place where somebody may put one stands afterwards in nothing that the program has written.

The real program and its real commands, servers that take the passwords and servers that refuse them, a fall in every
thread. Looked through are settings, log (at its most talkative), traces, databases, crash reports, bundles for support,
what is printed, and the command line and environment of every process.
"""

import json
import os
import pty
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from db.engine import open_engine
from db.migrate import bring_up_to_date
from tests.end_to_end.canary import as_bytes, files_below, forms, ha1s, leaks, processes_below
from tests.end_to_end.running_program import ROOT, Folder, RunningProgram, environment, free_port, omote, wait_for
from tests.fakes.ami_server import AmiServer
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar
from tests.postgres_server import PostgresServer, running, server_programs

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc"),
]
SIP, AMI, DATABASE, TYPED, FALLS = (f"C4n4ry {one}/9%é" for one in ("sip", "ami", "database", "typed", "falls"))
PUSH = "C4n4ry-push-9f3b27a1"  # part of a URL
REALM = "lab"  # of the fake registrar
MOST_TALKATIVE = "--talkative"


@dataclass
class Written:
    """All that has been seen of the program, by where."""

    folder: Folder
    keyring: Path
    seen: dict[str, bytes] = field(default_factory=dict)

    def environ(self) -> dict[str, str]:
        return environment(
            PYTHON_KEYRING_BACKEND="tests.fakes.file_keyring.FileKeyring", OMOTE_TEST_KEYRING=str(self.keyring)
        )

    def run(self, *words: str | Path, typed: str | None = None) -> int:
        """A command to its end; what it printed is kept, and what its processes looked like."""
        command = [sys.executable, "-m", "app", *map(str, words), "--profile", str(self.folder.path)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environ(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with ThreadPoolExecutor(1) as talking:
            told = talking.submit(process.communicate, (typed or "").encode() + b"\n", timeout=90)
            while not told.done():
                self.seen |= processes_below(process.pid)
                time.sleep(0.01)
        out, err = told.result()
        self.seen |= {f"out of {words}": out, f"err of {words}": err}
        return process.returncode

    def all(self) -> dict[str, bytes]:
        return self.seen | files_below(self.folder.path)


@dataclass(frozen=True)
class Servers:
    """What the desk speaks with."""

    pbx: PbxOnUdp
    ami: AmiServer
    push: int
    database: str


@pytest.fixture
def guarded() -> Iterator[PostgresServer]:
    """A server that asks for a password over TCP."""
    programs = server_programs()
    if programs is None:
        pytest.skip("NO POSTGRESQL SERVER HERE: the canary was not looked for (apt-get install postgresql)")
    with running(programs) as server:
        hba = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        (server.folder / "data" / "pg_hba.conf").write_text(hba)
        server.run(f"ALTER ROLE omote PASSWORD '{DATABASE}'")
        server.run("SELECT pg_reload_conf()")
        yield server


@pytest.fixture
def servers(guarded: PostgresServer) -> Iterator[Servers]:
    name = guarded.database()
    engine = open_engine(guarded.url(name), Path("/nowhere"))
    bring_up_to_date(engine)
    engine.dispose()
    pbx, ami = PbxOnUdp(FakeRegistrar(SIP)), AmiServer(AMI)
    yield Servers(pbx, ami, free_port(), guarded.tcp_url(name))
    pbx.close()
    ami.close()


@pytest.fixture
def written(servers: Servers, tmp_path: Path) -> Written:
    """A desk with a source of every kind, its passwords still to be entered."""
    password_file = tmp_path / "outside" / "ami"
    password_file.parent.mkdir()
    password_file.write_text(AMI + "\n", "utf-8")
    password_file.chmod(0o600)
    more = (
        f'[[source]]\nname = "phone"\nserver = "{servers.pbx.server}"\nusername = "201"\nbind = "127.0.0.1:0"\n'
        f'[[source]]\nname = "pbx"\nkind = "ami"\nwatch = "201"\nserver = "{servers.ami.server}"\nusername = "omote"\n'
        f'password_file = "{password_file}"\n'
        f'[[source]]\nname = "crm"\nkind = "push"\nlisten = "127.0.0.1:{servers.push}"\n'
        f'[database]\nurl = "{servers.database}"\n[trace]\nwire = true\n'
    )
    return Written(Folder(tmp_path / "profile", None, more=more), tmp_path / "outside" / "keyring")


def type_in(written: Written, source: str, secret: str) -> None:
    """At a terminal, as people do; what the terminal shows is kept."""
    words = [sys.executable, "-m", "app", "secret", "set", source, "--profile", str(written.folder.path)]
    ours, theirs = pty.openpty()
    process = subprocess.Popen(words, cwd=ROOT, env=written.environ(), stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # the terminal is gone when the program is
        while b":" not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, secret.encode() + b"\n")
        while chunk := os.read(ours, 4096):
            shown += chunk
    os.close(ours)
    assert process.wait(60) == 0, shown
    written.seen[f"terminal of {source}"] = shown


def push(servers: Servers, path: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{servers.push}{path}", b"event=newCall&from=0335814111&to=0312345678&direction=in&callId=c-1"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except urllib.error.URLError:
        return 0  # it does not listen yet


def wanted() -> dict[str, Mapping[str, bytes]]:
    """Every password with all its forms."""
    secrets = {"SIP": SIP, "AMI": AMI, "push": PUSH, "database": DATABASE, "typed": TYPED, "in a fall": FALLS}
    return {name: forms(one) for name, one in secrets.items()} | {"SIP's HA1": ha1s("201", REALM, SIP)}


def go_through_a_day(written: Written, servers: Servers, falls: Path) -> None:
    """Every server lets us in, each then refuses, and the program falls in each of its threads."""
    marker = falls.with_name("type now")
    words = (
        "--fall",
        "main,worker,cti,task,thread",
        "--secret",
        str(falls),
        MOST_TALKATIVE,
        "--type-when",
        str(marker),
    )
    with RunningProgram(
        written.folder, written.environ(), *map(str, words), module="tests.end_to_end.faller"
    ) as program:
        wait_for(lambda: servers.pbx.registrar.bindings, "registration")
        wait_for(lambda: True in servers.ami.logins, "login at the manager interface")
        wait_for(lambda: push(servers, f"/api/v1/cti/{urllib.parse.quote(PUSH, safe='')}") == 200, "push")
        push(servers, f"/api/v1/cti/{urllib.parse.quote(PUSH, safe='')}x")
        push(servers, f"/?password={urllib.parse.quote(PUSH)}")
        written.seen |= processes_below(program.process.pid)
        program.pop("0398765432")  # another caller than the push told of
        servers.pbx.registrar.password = servers.ami.password = "another"
        servers.pbx.registrar.bindings.clear()
        assert written.run("secret", "set", "phone", typed=TYPED) == 0
        servers.ami.cut()
        wait_for(lambda: False in servers.ami.logins, "refusal at the manager interface")
        wait_for(lambda: len(list((written.folder.path / "crashes").glob("crash-*"))) >= 4, "crash reports")
        marker.touch()
        wait_for(lambda: "typed into" in written.folder.log(), "typing into the windows")
        written.run("diagnose", "--json", "--bundle", written.folder.path / "while-it-runs.zip")
        written.run("ring-me")
        time.sleep(1)
        assert program.stop() == 0
        written.seen["the program's stderr"] = as_bytes(program.errors)


def keyring_of(written: Written) -> list[str]:
    return list(json.loads(written.keyring.read_text("utf-8")).values())


def test_a_password_is_found_in_nothing_that_was_written(written: Written, servers: Servers, tmp_path: Path) -> None:
    falls = tmp_path / "outside" / "falls"
    falls.write_text(FALLS, "utf-8")
    type_in(written, "phone", SIP)
    assert written.run("secret", "set", "crm", typed=PUSH) == 0
    assert written.run("secret", "set", "database", typed=DATABASE) == 0
    go_through_a_day(written, servers, falls)
    for words in (("config", "show"), ("config", "show", "--json"), ("secret", "check", "phone"), ("db", "stats")):
        assert written.run(*words) == 0
    assert written.run("db", "backup", written.folder.path / "copy.dump") == 0
    assert [place for place, data in written.seen.items() if "cmdline" in place and b"pg_dump" in data], "it was seen"
    written.run("diagnose", "--bundle", written.folder.path / "support.zip")
    with RunningProgram(written.folder, written.environ(), "--fall", "segv", "--secret", str(falls),
                        module="tests.end_to_end.faller") as program:  # fmt: skip
        assert program.process.wait(60) != 0
        written.seen["stderr of the fall"] = as_bytes(program.errors)
    desks = tmp_path / "outside" / "desks.toml"
    desks.write_text('[desk]\ntheme = "dark"\n')
    for_phone = ("--secret-from-stdin", "--secret-for", "phone")
    assert written.run("provision", desks, *for_phone, "--json", typed=TYPED) == 0
    assert TYPED in keyring_of(written)
    desks.write_text(f'[desk]\ntheme = "dark"\n[database]\npassword = "{TYPED}"\n', "utf-8")
    assert written.run("provision", desks) == 1
    written.run("secret", "remove", "phone")
    written.run("diagnose", "--json", "--bundle", written.folder.path / "afterwards.zip")
    everything = written.all()
    for part in (
        "logs/omote.log",
        "traces/wire.jsonl",
        "crashes/",
        "support.zip/settings.json",
        "/environ",
        "copy.dump",
    ):
        assert [place for place in everything if part in place], f"{part} was looked at"
    assert b"DEBUG" in everything["logs/omote.log"]
    assert [line for line in written.folder.log().splitlines() if re.search("typed into [1-9]", line)]
    assert FALLS in keyring_of(written), "what was typed into a window was kept, and where it belongs"
    assert leaks(wanted(), everything) == []


def test_servers_that_refuse_the_database_password_or_its_tls(
    written: Written, servers: Servers, guarded: PostgresServer
) -> None:
    assert written.run("secret", "set", "database", typed=DATABASE) == 0
    guarded.run("ALTER ROLE omote PASSWORD 'another'")
    settings = written.folder.path / "settings.toml"
    for url in (
        guarded.tcp_url("postgres"),
        guarded.tcp_url("postgres") + "?sslmode=verify-full",
        "postgresql://omote@127.0.0.1:1/omote",
        "postgresql://omote@no such host/omote",
    ):
        settings.write_text(f'[database]\nurl = "{url}"\n', "utf-8")
        for words in (("db", "stats"), ("db", "check", "--json"), ("db", "upgrade"), ("diagnose",)):
            assert written.run(*words) == 1
        written.run("db", "backup", written.folder.path / f"{len(url)}.dump")
    assert [place for place, data in written.seen.items() if b"password" in data], "the server did refuse"
    assert leaks(wanted(), written.all()) == []


@pytest.mark.parametrize("form", sorted(forms(SIP) | ha1s("201", REALM, SIP)))
def test_what_is_looked_for_is_found_where_it_is(form: str, tmp_path: Path) -> None:
    for user in ("", "2", "20", "201"):
        (tmp_path / "leak").write_bytes(b"before " + (forms(SIP) | ha1s("201", REALM, SIP))[form] + b" after")
        assert leaks(wanted(), files_below(tmp_path)), user


def test_a_password_in_basic_authentication_is_found(tmp_path: Path) -> None:
    import base64

    for user in ("", "2", "20", "201"):
        (tmp_path / "leak").write_bytes(b"Basic " + base64.b64encode(f"{user}:{SIP}".encode()))
        assert leaks(wanted(), files_below(tmp_path))


def test_a_child_of_a_command_is_looked_at_too() -> None:
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()', {TYPED!r}])"
    parent = subprocess.Popen([sys.executable, "-c", child], stdin=subprocess.PIPE)
    try:
        wait_for(lambda: leaks(wanted(), processes_below(parent.pid)), "the child's command line")
    finally:
        parent.communicate(b"\n", timeout=20)


def test_the_keyring_of_this_test_is_one(written: Written) -> None:
    assert written.run("secret", "set", "crm", typed=PUSH) == 0
    assert keyring_of(written) == [PUSH]
    assert omote("secret", "check", "crm", "--profile", written.folder.path, env=written.environ()).returncode == 0
