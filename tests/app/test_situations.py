"""Every situation of the table, through the same way that a call takes, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from app.call import Call
from app.clock import Clock
from app.lines import Lines
from app.look_up import asks_more, look_up, with_guesses
from app.pop import Pop, PopState
from app.ringing import Ringing
from cti.events import Caller, CallOffered, Direction
from db.engine import open_engine, writing
from db.migrate import bring_up_to_date
from db.search_index import refresh_tokens
from tests.app.records_of import NOW, Records
from tests.app.situations import SITUATIONS, Situation
from tests.postgres_server import PostgresServer

DIALLED = "0312345678"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Empty records, migrated once: each situation takes back what it has written."""
    folder: Path = tmp_path_factory.mktemp("situations")
    url = "sqlite"
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.url(server.database())
    engine = open_engine(url, folder)
    bring_up_to_date(engine)
    yield engine
    engine.dispose()


class _TakenBackError(Exception):
    """Ends a transaction of which nothing is to stay."""


@pytest.fixture
def connection(both: Engine) -> Iterator[Connection]:
    with suppress(_TakenBackError), writing(both) as opened:
        yield opened
        raise _TakenBackError


def ring(one: Situation) -> Call:
    """The call as the desk makes it from what the source offers."""
    lines = Lines([one.line] if one.line else [], {"pbx": one.region}, site=one.site)
    caller = Caller(one.number, one.caller, one.withheld, verstat=one.verstat)
    event = CallOffered("pbx", "id", caller, DIALLED, "", "", Direction.IN, NOW, 1, 2)
    return Ringing(lines, Clock()).call_of(lines.seen_from_here(event))


def pop_of(connection: Connection, one: Situation) -> Pop:
    """What the desk shows in the end."""
    records = Records(connection)
    for step in one.records:
        step(records)
    refresh_tokens(connection, records.keys.values())
    call = ring(one)
    if not call.ring.can_be_sought:
        return call.pop
    known = look_up(connection, call.ring)
    return with_guesses(connection, call.ring, known) if asks_more(call.ring, known) else known


@pytest.mark.parametrize("one", SITUATIONS, ids=lambda one: one.name)
def test_the_right_one_stands_first_and_only_a_sure_one_opens(connection: Connection, one: Situation) -> None:
    pop = pop_of(connection, one)
    best = next(iter(pop.candidates), None)
    first = None if best is None else (best.name, best.reason)
    assert first == one.first
    opened = None if pop.facts is None else pop.facts.customer.name
    assert opened == (one.first[0] if one.opens and one.first else None)
    assert (pop.state is PopState.OPENED) == one.opens


def test_the_table_is_long_and_names_each_situation_once() -> None:
    names = [one.name for one in SITUATIONS]
    assert len(names) == len(set(names)) >= 200
