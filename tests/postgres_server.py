"""A real PostgreSQL of the tests' own: a fresh cluster in a folder of its own, on a socket and a port of loopback."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    wanted = {**_SETTINGS, **(changes or {})}
    settings = [word for name, value in wanted.items() for word in ("-c", f"{name}={value}")]
    where = ["-D", str(folder / "data"), "-p", str(port), "-k", str(folder)]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [*_LEASH, str(programs / "postgres"), *where, *settings], user=_ordinary_user(), cwd=folder,
            stdout=log, stderr=log, env={**os.environ, "LC_ALL": "C.UTF-8"}, start_new_session=True,
        )  # fmt: skip
    try:
        server = PostgresServer(folder, port)
        _wait_until_up(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown
        process.wait(timeout=30)


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
