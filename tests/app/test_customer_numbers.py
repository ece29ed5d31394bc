"""Whose numbers are customers': real records, real threads, and a real flood over UDP with a customer's call inside."""

import asyncio
import queue
import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.compose import build_sources
from app.credentials import Credentials
from app.customer_numbers import CustomerNumbers, Owned
from app.lines import Lines
from app.pop import Trouble
from app.records import Records
from app.settings import LineSettings, Settings
from cti.events import CallEvent, CallOffered, NotOffered, NotOfferedBecause, SourceChanged, SourceHeard, SourceState
from cti.listener import Listener
from cti.sip.settings import SipSettings
from cti.sip.source import SipSource
from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME, open_engine
from tests.fakes.sip_peer import SipPeer, invite, new_call


def owned_in(engine: Engine) -> Owned:
    return Records(engine, lambda fn, *args: fn(*args)).owned_among


def among(customers: CustomerNumbers, numbers: Sequence[str], source: str = "trunk") -> set[str]:
    async def ask() -> set[str]:
        return await customers.of(source)(numbers)

    try:
        return asyncio.run(ask())
    finally:
        customers.stop()


@pytest.mark.parametrize("written", ["0335814111", "+81335814111", "184-03-3581-4111", "0081335814111"])
def test_number_of_a_customer_is_known_however_it_is_written(engine: Engine, written: str) -> None:
    asked = [written, "+810000000001", "201", "", "no number", "110"]
    assert among(CustomerNumbers(owned_in(engine), Lines([])), asked) == {written}


def test_lines_and_sources_say_how_a_number_is_to_be_read(engine: Engine) -> None:
    lines = Lines([LineSettings("0312345678", outside_prefix="0")], {"abroad": "FR"})
    assert among(CustomerNumbers(owned_in(engine), lines), ["00335814111"], "abroad") == {"00335814111"}
    assert among(CustomerNumbers(owned_in(engine), Lines([], {"abroad": "FR"})), ["0335814111"], "abroad") == set()


@pytest.mark.expected_log("nobody can say whose calls these are")
def test_records_that_cannot_be_read_know_nobody(tmp_path: Path, filled: Path) -> None:
    shutil.copy(filled, tmp_path / FILE_NAME)
    engine = open_engine("sqlite", tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"this is no database" * 1000)
    assert among(CustomerNumbers(owned_in(engine), Lines([])), ["0335814111"]) == set()
    engine.dispose()


@pytest.mark.expected_log("nobody can say whose calls these are")
def test_where_the_database_is_known_to_be_away_nobody_waits_for_it_and_it_is_said_once(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    records = Records(engine, lambda fn, *args: fn(*args))
    customers = CustomerNumbers(records.owned_among, Lines([]))
    records._way.is_watched, records._way.trouble = True, Trouble.UNREACHABLE
    assert [customers.among("trunk", [CUSTOMER_NUMBER]) for _ in range(3)] == [set()] * 3
    assert len(caplog.messages) == 1
    records._way.trouble = None
    assert customers.among("trunk", [CUSTOMER_NUMBER]) == {CUSTOMER_NUMBER}
    customers.stop()
    records.stop()


class Flooded:
    """A listener as the program builds it, with real records or none."""

    def __init__(self, engine: Engine | None) -> None:
        settings = Settings(sources=(SipSettings("trunk", register=False, allow=("127.0.0.1",), bind="127.0.0.1:0"),))
        self.customers = CustomerNumbers(owned_in(engine), Lines([])) if engine else None
        (self.source,) = build_sources(settings, Credentials(), None, self.customers)
        self.events: queue.Queue[CallEvent] = queue.Queue()
        self.listener = Listener([self.source], self.events.put)
        self.listener.start()
        while not (isinstance(event := self.next(), SourceChanged) and event.state is SourceState.LISTENING):
            pass

    @property
    def address(self) -> tuple[str, int]:
        assert isinstance(self.source, SipSource)
        assert self.source.bound_address is not None
        return self.source.bound_address

    def next(self) -> CallEvent:
        while isinstance(event := self.events.get(timeout=10), SourceHeard):
            pass
        return event

    def close(self) -> None:
        self.listener.stop()
        if self.customers is not None:
            self.customers.stop()


def test_customer_in_a_flood_of_unknown_callers_rings_and_they_are_counted(engine: Engine) -> None:
    with closing(Flooded(engine)) as desk, SipPeer(desk.address) as peer:
        for number in range(140):
            if number == 70:
                peer.send(invite("the customer", caller=f"<sip:{CUSTOMER_NUMBER}@pbx.example>", via_host=peer.address))
            peer.send(invite(new_call(), caller=f"<sip:+8100{number:08}@pbx.example>", via_host=peer.address))
        rang, told = [], None
        while "the customer" not in rang or told is None:
            event = desk.next()
            if isinstance(event, CallOffered):
                rang.append(event.source_id.partition(";")[0])
            elif isinstance(event, NotOffered):
                told = event
        assert (told.because, told.peer, told.count) == (NotOfferedBecause.FLOOD, "127.0.0.1", 1)
        assert len(rang) < 60
        answered = set()
        while len(answered) < 141:
            answered.add(peer.hear().field("Call-ID"))


def test_without_records_nobody_beyond_the_bounds_rings() -> None:
    with closing(Flooded(None)) as desk, SipPeer(desk.address) as peer:
        for number in range(41):
            peer.send(invite(new_call(), caller=f"<sip:+8100{number:08}@pbx.example>", via_host=peer.address))
            assert peer.hear().status == 100
        kinds = [type(desk.next()) for _ in range(41)]
    assert (kinds.count(CallOffered), kinds.count(NotOffered)) == (40, 1)
