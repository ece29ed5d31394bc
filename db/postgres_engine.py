"""The team's database: PostgreSQL through psycopg 3, with time-outs that show a cut within seconds."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url

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
_CONNECTIONS = 4  # pop, records, flood, and one to spare


def open_server(url: str, password: Callable[[], str | None]) -> Engine:
    """The engine of `postgresql://host/name`. Connects only when it is asked something."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"), connect_args=_CONNECTING, pool_size=_CONNECTIONS,
        max_overflow=_CONNECTIONS,
    )  # fmt: skip

    def with_password(_dialect: Any, _record: Any, _words: Any, settings: dict[str, Any]) -> None:
        if "password" not in settings and (secret := password()):
            settings["password"] = secret

    event.listen(engine, "do_connect", with_password)
    return engine
