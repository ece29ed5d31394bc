"""A real PostgreSQL of the tests' own: a fresh cluster in a folder of its own, on a socket and a port of loopback."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg

_ORDINARY = ("postgres", "nobody")  # the server refuses to run as root
_ROOM = 2 << 30
# tests that are killed must not leave a server behind
_LEASH = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
_SETTINGS = {
    "listen_addresses": "127.0.0.1", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "shared_buffers": "64MB", "max_connections": "60", "autovacuum": "off", "wal_level": "minimal",
    "max_wal_senders": "0",
}  # fmt: skip


def server_programs() -> Path | None:
    """The folder of `initdb` and `postgres`; None where there is no server."""
    found = [Path(one).resolve().parent for one in (shutil.which("initdb"),) if one]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name, reverse=True)
    return next((one for one in found if (one / "initdb").exists()), None)


class PostgresServer:
    """Databases for tests: `url(name)` is a database's address, `database(template)` makes a new one."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self._names = (f"test_{number}" for number in count(1))

    def url(self, name: str) -> str:
        """Over the socket, as any user of this machine."""
        return f"postgresql://omote@/{name}?host={self.folder}&port={self.port}"

    def tcp_url(self, name: str, port: int | None = None) -> str:
        """Over TCP, or over a way to it that listens at `port`."""
        return f"postgresql://omote@127.0.0.1:{port or self.port}/{name}"

    def database(self, template: str = "template0") -> str:
        """A new database; `template` (to which nobody may be connected) is what it begins with."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def names(self) -> list[str]:
        """Of all databases."""
        with psycopg.connect(self.url("postgres")) as connection:
            return [str(name) for (name,) in connection.execute("SELECT datname FROM pg_database")]

    def empty(self, name: str) -> None:
        """Take every row out of a database and begin its keys anew: 50 times as fast as a new one."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            emptied = "".join(f'DELETE FROM "{table}";' for (table,) in tables if table != "alembic_version")
            connection.execute(f"SET session_replication_role = replica; {emptied}".encode())
            connection.execute("SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'")

    def drop(self, name: str) -> None:
        """Also while somebody is connected."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """As the server's administrator."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(programs: Path, port: int | None = None) -> Iterator[PostgresServer]:
    """Started in a new folder; stopped, and the folder removed, at the end."""
    folder = Path(tempfile.mkdtemp(prefix="omote-postgres-", dir=_fast_folder()))
    try:
        make_cluster(programs, folder)
        with started(programs, folder, port or free_port()) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: Path, folder: Path) -> None:
    """An empty cluster in `folder`, which is given to the user that the server runs as."""
    user = _ordinary_user()
    if user:
        shutil.chown(folder, user)
    words = ["--username=omote", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *words]
    subprocess.run(command, user=user, cwd=folder, check=True, capture_output=True)


@contextmanager
def started(
    programs: Path, folder: Path, port: int, changes: Mapping[str, str] | None = None
) -> Iterator[PostgresServer]:
    """The server of a cluster that is there already; `changes` stand over the tests' settings."""
    process = _launched(programs, folder, port, changes or {})
    try:
        server = PostgresServer(folder, port)
        _wait_until_up(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown
        process.wait(timeout=30)


class OwnServer(PostgresServer):
    """One that a test may ill-treat. `before` is put before its command, to run it elsewhere: at `address`."""

    def __init__(self, programs: Path, folder: Path, before: Sequence[str] = (), address: str = "127.0.0.1") -> None:
        super().__init__(folder, free_port())
        self.address = address
        self._programs, self._before = programs, before
        self.start()

    def tcp_url(self, name: str, port: int | None = None) -> str:
        return super().tcp_url(name, port).replace("127.0.0.1", self.address)

    def start(self) -> None:
        """Until it takes questions again."""
        there = {"listen_addresses": self.address, "synchronous_commit": "on"}  # what it has confirmed, it has
        self._process = _launched(self._programs, self.folder, self.port, there, self._before)
        _wait_until_up(self, self._process)

    def stop_at_once(self) -> None:
        """As `pg_ctl stop -m immediate`, which lets nobody finish."""
        self._signal(signal.SIGQUIT)
        self._process.wait(timeout=30)

    def freeze(self) -> None:
        """It and all who serve somebody: not a word from them, but their sockets take what is sent."""
        for pid in self._family():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """They go on where they were."""
        for pid in self._family():
            with suppress(ProcessLookupError):  # whom its asker has left goes as soon as it can
                os.kill(pid, signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        os.kill(self._process.pid, number)

    def _family(self) -> list[int]:
        """The first of them first: what is frozen makes no more."""
        parent = self._process.pid
        told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
        return [parent, *map(int, told.stdout.split())]


@contextmanager
def own_server(programs: Path, before: Sequence[str] = (), address: str = "127.0.0.1") -> Iterator[OwnServer]:
    """In a new folder; stopped, and the folder removed, at the end."""
    folder = Path(tempfile.mkdtemp(prefix="omote-postgres-", dir=_fast_folder()))
    try:
        make_cluster(programs, folder)
        with (folder / "data" / "pg_hba.conf").open("a") as who_may:
            who_may.write("host all all samenet trust\n")
        server = OwnServer(programs, folder, before, address)
        try:
            yield server
        finally:
            server.thaw()
            server.stop_at_once()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _launched(
    programs: Path, folder: Path, port: int, changes: Mapping[str, str], before: Sequence[str] = ()
) -> "subprocess.Popen[bytes]":
    wanted = {**_SETTINGS, **changes}
    settings = [word for name, value in wanted.items() for word in ("-c", f"{name}={value}")]
    where = ["-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
    user = _ordinary_user()
    as_user = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"] if user else []
    command = [*before, *as_user] if before else []  # it takes root to get there
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [*command, *_LEASH, str(programs / "postgres"), *where, *settings], user=None if before else user,
            cwd=folder, stdout=log, stderr=log, env={**os.environ, "LC_ALL": "C.UTF-8"}, start_new_session=True,
        )  # fmt: skip


def _wait_until_up(server: PostgresServer, process: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + 30
    while True:
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > give_up:
                raise AssertionError((server.folder / "log").read_text("utf-8")) from None
            time.sleep(0.05)
        else:
            return


def _ordinary_user() -> str | None:
    if os.getuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in _ORDINARY if name in known)


def _fast_folder() -> Path | None:
    """In memory, where there is room: a database is 300 small files, and a test has one of its own."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM else None


def free_port() -> int:
    """One that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
