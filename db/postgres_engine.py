"""The team's database: PostgreSQL through psycopg 3, with time-outs that show a cut within seconds."""

from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from db.errors import DatabaseUnavailable, Trouble
from db.pace import Pace


class _Impatient(psycopg.Connection[Any]):
    """A connection that is given up when its server says nothing for `patience` seconds."""

    patience: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as error:
            if timeout is not None:
                raise
            self.close()
            raise psycopg.OperationalError("the server does not answer") from error


_CONNECTING: dict[str, Any] = {
    "connect_timeout": 3,
    "tcp_user_timeout": 4000,  # ms that sent bytes may stay unacknowledged; libpq's default blocked for over 30 s
    "keepalives_idle": 3,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "application_name": "omote",
    "autocommit": True,  # transactions are begun by db.engine
    "prepare_threshold": 1,  # the second ring finds its statement prepared
}
_LIMITS = {
    Pace.RING: {"statement_timeout": 1_000},  # after 300 ms the desk shows the number; a card that is late still counts
    Pace.DESK: {"statement_timeout": 15_000, "lock_timeout": 3_000, "idle_in_transaction_session_timeout": 60_000},
    Pace.UNHURRIED: {},
}
_PATIENCE_S = {Pace.RING: 2.0, Pace.DESK: 18.0, Pace.UNHURRIED: None}
"""A server that takes what we send and says nothing, not even that its own limit is over, has hung."""

_CONNECTIONS = {Pace.RING: 2, Pace.DESK: 2, Pace.UNHURRIED: 2}
_SPARE = 2  # opened when they are needed, closed afterwards


def open_server(url: str, password: Callable[[], str | None], pace: Pace) -> Engine:
    """The engine of `postgresql://host/name`. Connects only when it is asked something.

    The last connection that was used is used next: its statements are prepared. Raises DatabaseUnavailable for an
    address that is none.
    """
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable(Trouble.NOT_SUPPORTED, "postgresql://host/name") from error
    limits = " ".join(f"-c {name}={value}" for name, value in _LIMITS[pace].items())
    limits += " -c jit=off" if limits else ""  # compiling what somebody waits for takes 200 ms, answering it one
    engine = create_engine(
        address, connect_args=_CONNECTING | ({"options": limits} if limits else {}), pool_size=_CONNECTIONS[pace],
        max_overflow=_SPARE, pool_use_lifo=True,
    )  # fmt: skip

    def connect(_dialect: Any, _record: Any, _words: Any, settings: dict[str, Any]) -> Any:
        if "password" not in settings and (secret := password()):
            settings["password"] = secret
        made = _Impatient.connect(**settings)
        made.patience = _PATIENCE_S[pace]
        return made

    event.listen(engine, "do_connect", connect)
    return engine
