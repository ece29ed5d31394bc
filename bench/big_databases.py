"""The benchmarks' big databases: made once, kept in a cache folder outside the checkout, opened again and again."""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import platformdirs
from sqlalchemy import Engine

from bench.big_customers import Tell
from db.engine import open_engine
from db.migrate import HEAD, bring_up_to_date
from tests.postgres_server import PostgresServer, free_port, make_cluster, server_programs, started

_MADE_BY = 4  # count up when what is filled in changes
_SERVER = {
    "shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "1h", "max_parallel_workers_per_gather": "0",
}  # fmt: skip
_PUBLIC = Path("/var/tmp/omote-bench")  # root's own home is hidden from the user whom the server runs as


class Named(Protocol):
    """What a database is to hold; its name tells it from others."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)
Fill = Callable[[Engine, T, Tell], None]


def cache_folder() -> Path:
    """OMOTE_BENCH_CACHE, or this user's cache."""
    told = os.environ.get("OMOTE_BENCH_CACHE")
    if told:
        return Path(told)
    is_root = hasattr(os, "getuid") and os.getuid() == 0
    return _PUBLIC if is_root else platformdirs.user_cache_path("Omote") / "bench"


def sqlite_database(extent: T, fill: Fill[T]) -> Engine:
    """The embedded database of this extent; `fill` makes it if it is not there yet."""
    made = cache_folder() / f"sqlite-{_name(extent)}"
    if not made.exists():
        growing = made.with_suffix(".part")
        shutil.rmtree(growing, ignore_errors=True)
        older = _older(extent, sorted(one.name for one in cache_folder().glob(f"sqlite-{extent.name}_*")))
        for one in cache_folder().glob(f"sqlite-{extent.name}_*"):
            if one.name == older:
                one.rename(growing)
            else:
                shutil.rmtree(one)
        growing.mkdir(parents=True, exist_ok=True)
        _make(open_engine("sqlite", growing), extent, None if older else fill)
        shutil.rmtree(growing / "backups", ignore_errors=True)
        growing.rename(made)
    return open_engine("sqlite", made)


@contextmanager
def postgres_server() -> Iterator[PostgresServer | None]:
    """The benchmarks' own server, as long as it is needed; None where no PostgreSQL is installed."""
    programs = server_programs()
    if programs is None:
        yield None
        return
    folder = cache_folder() / f"postgres-{programs.parent.name}"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), ExitStack() as stack:
        if not (folder / "data").exists():
            make_cluster(programs, folder)
        yield stack.enter_context(started(programs, folder, free_port(), _SERVER))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other benchmark runs that server."""
    import fcntl  # noqa: PLC0415 -- where there is none, there is no server either

    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def postgres_database(server: PostgresServer, extent: T, fill: Fill[T]) -> Engine:
    """The server's database of this extent; `fill` makes it if it is not there yet."""
    name = f"big_{_name(extent)}"
    there = server.names()
    if name not in there:
        server.drop("growing")
        olds = [one for one in there if one.startswith(f"big_{extent.name}_")]
        older = _older(extent, sorted(olds))
        server.run(
            f"ALTER DATABASE {older} RENAME TO growing" if older else "CREATE DATABASE growing TEMPLATE template0"
        )
        for one in olds:
            server.drop(one)
        _make(open_engine(server.url("growing"), cache_folder()), extent, None if older else fill)
        server.run(f"ALTER DATABASE growing RENAME TO {name}")
    return open_engine(server.url(name), cache_folder())


def _make(engine: Engine, extent: T, fill: Fill[T] | None) -> None:
    """`fill` is None where an earlier schema's is upgraded: that takes seconds instead of minutes."""
    bring_up_to_date(engine)
    if fill is not None:
        fill(engine, extent, _tell)
    else:
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("VACUUM (ANALYZE)" if engine.dialect.name == "postgresql" else "ANALYZE")
    engine.dispose()


def _older(extent: Named, names: Sequence[str]) -> str | None:
    """The newest of these that holds the same under an earlier schema."""
    found = [one for one in names if re.fullmatch(rf".*{extent.name}_\d{{4}}_{_MADE_BY}", one)]
    return found[-1] if found else None


def _name(extent: Named) -> str:
    """A new schema wants a new database."""
    return f"{extent.name}_{HEAD}_{_MADE_BY}"


def _tell(what: str) -> None:
    """Minutes go by: on a terminal the line is written over, in a file nothing is told."""
    if sys.stderr.isatty():
        print(f"\r\033[Kmaking a big database: {what}", end="", file=sys.stderr, flush=True)
