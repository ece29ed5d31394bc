"""The desk of a cut on one end of a cable whose packets are dropped: prints its Outcome as JSON."""

import dataclasses
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Any

from sqlalchemy import text

from bench.network import PBX
from db.engine import open_engine, reading
from db.errors import DatabaseUnavailable, Trouble
from tests.end_to_end.away import Away, dropped
from tests.end_to_end.cut import cut_and_back
from tests.postgres_server import PostgresServer

_DROPS_AFTER_S = 0.5


def given_up_after(away: Away, name: str, question: str, at_once: Callable[[], object] | None = None) -> float:
    """Seconds until a connection without any patience of ours says so: what the system's own time-outs are worth."""
    engine = open_engine(away.url(name), Path())
    timer = Timer(_DROPS_AFTER_S, away.begin)
    try:
        with reading(engine) as connection:
            if at_once is None:
                timer.start()
                began = time.monotonic() + _DROPS_AFTER_S
            else:
                at_once()
                began = time.monotonic()
            connection.execute(text(question))
    except DatabaseUnavailable as error:
        if error.reason is not Trouble.UNREACHABLE:
            raise
        return time.monotonic() - began
    finally:
        timer.join() if at_once is None else None
        away.end()
        engine.dispose()
    raise AssertionError("it answered all the same")


def main(folder: str, port: str, name: str, desk: str, pause_s: str, *there: str) -> None:
    away = dropped(PostgresServer(Path(folder), int(port)), PBX, there)
    outcome: Any = cut_and_back(away, name, Path(desk), float(pause_s))
    outcome.given_up_s["a question that is being answered"] = given_up_after(away, name, "SELECT pg_sleep(60)")
    outcome.given_up_s["a question that is being sent"] = given_up_after(away, name, "SELECT 1", away.begin)
    print(json.dumps(dataclasses.asdict(outcome)))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
