"""One call that several see: by two sources of one desk, and by three desks on one PostgreSQL. Whole programs."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db.engine import FILE_NAME
from tests.end_to_end.cut import filled_database
from tests.end_to_end.running_program import RunningProgram, environment, wait_for
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.carrier import Carrier, Identity
from tests.pbx.desk_phone import DeskPhone
from tests.pbx.figures import Figures
from tests.pbx.program import SourcesFolder, documented, reader_block, watcher_block
from tests.postgres_server import PostgresServer

QUEUE, GROUP = "0120000600", "0120000721"
NOBODY = ""
Won = tuple[str, str, str, int]
OPERATORS = {"201": "sato", "202": "suzuki", "203": "tanaka"}
_ROWS = "SELECT number, outcome, coalesce(answered_by, '') FROM call WHERE number LIKE '0355%'"
_TEAM = (
    "SELECT number, outcome, coalesce(answered_by, ''), coalesce(login, ''), (SELECT count(DISTINCT who) FROM call_leg "
    "WHERE call_id = call.id) FROM call LEFT JOIN operator ON operator.id = operator_id WHERE number LIKE '0355%'"
)


def number(call: int) -> str:
    """Another caller each time."""
    return f"0355{call:06}"


def without_id(block: str) -> str:
    """A PBX that sends no id of the whole call."""
    return block.replace("linked_header", "# linked_header")


def place(call: int, to: str, takes: str, carrier: Carrier, phones: Mapping[str, DeskPhone]) -> None:
    """Until it is over: who `takes` it answers, once every phone rings that it goes to."""
    for phone in phones.values():
        phone.forget()
    if not takes:
        carrier.gives_up(Identity(number(call)), to, rings=0.6).wait()
        return
    placed = carrier.talks(Identity(number(call)), to, seconds=0.3)
    for extension, phone in phones.items():
        if extension != takes:
            phone.wait_for_ring()
    phones[takes].answer()
    placed.wait()


def settle(look: Callable[[], Mapping[str, Any]], expected: Mapping[str, Any]) -> None:
    """Until the last words are written."""
    with suppress(AssertionError):
        wait_for(lambda: look() == expected, "right end of every call")
    assert look() == expected


def wait_for_readers(asterisk: Asterisk, readers: int) -> None:
    """Until so many are logged in at the manager interface."""
    wait_until(lambda: asterisk.cli("manager show connected").count("omote") == readers, f"{readers} readers")


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("adapt", [str, without_id], ids=["by id", "by number"])
def test_queue_calls_that_two_sources_see_are_one_card_and_one_row_each(
    *, asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], tmp_path: Path, records: Path,
    how_many: Callable[[int, int], int], figures: Figures, adapt: Callable[[str], str],
) -> None:  # fmt: skip
    calls, ways = how_many(9, 100), ("201", "202", NOBODY)
    folder = SourcesFolder(
        tmp_path / "profile", records, adapt(documented(asterisk, "udp")), reader_block(asterisk, "201")
    )
    members = {one: phones[one] for one in ("201", "202")}
    with RunningProgram(folder, environment(), "--offscreen") as program:
        asterisk.wait_for_contact("1201")
        wait_for_readers(asterisk, 1)
        for call in range(calls):
            place(call, QUEUE, ways[call % 3], carrier, members)
        expected = {number(call): EXPECTED_AT_201[ways[call % 3]] for call in range(calls)}
        settle(lambda: dict(rows_of(folder)), expected)
        assert program.stop() == 0
        assert program.errors == ""
    rows, pops = rows_of(folder), folder.trace("pop")
    witnesses = {line["call"]: {leg["source"] for leg in line["legs"]} for line in every_line(folder)}
    both = sum(told == {"desk phone", "pbx"} for told in witnesses.values())
    figures.add(
        f"queue calls seen by SIP and AMI, {'one' if adapt is str else 'no'} id in the INVITE",
        f"{calls} calls, {len(pops)} cards, {len(rows)} rows, {both} of them told by both", "all",
    )  # fmt: skip
    assert (len(rows), len(pops), len({line["call"] for line in pops})) == (calls, calls, calls)
    assert both == calls


EXPECTED_AT_201 = {"201": ("answered", "201"), "202": ("elsewhere", "202"), NOBODY: ("missed", "")}


def rows_of(folder: SourcesFolder) -> list[tuple[str, tuple[str, str]]]:
    with closing(sqlite3.connect(folder.path / FILE_NAME)) as connection:
        return [(who, (outcome, by)) for who, outcome, by in connection.execute(_ROWS)]


def every_line(folder: SourcesFolder) -> Iterator[dict[str, Any]]:
    """The last line of a call tells most of it."""
    for kind in ("offered", "pop", "answered", "ended"):
        yield from folder.trace(kind)


@pytest.fixture
def team(postgres: PostgresServer) -> Iterator[str]:
    """A database that several desks share."""
    name = filled_database(postgres)
    yield name
    postgres.drop(name)


def sources_of(kinds: str, asterisk: Asterisk) -> list[str]:
    blocks = {"sip": documented(asterisk, "udp"), "sip-dialog": watcher_block(asterisk), "ami": reader_block(asterisk)}
    return [blocks[kind] for kind in kinds.split("+")]


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("kinds", ["sip+ami", "ami", "sip", "sip-dialog"])
def test_a_call_to_the_ring_group_of_three_desks_is_one_row_with_one_winner(
    *, asterisk: Asterisk, carrier: Carrier, phones: dict[str, DeskPhone], tmp_path: Path, postgres: PostgresServer,
    team: str, how_many: Callable[[int, int], int], figures: Figures, kinds: str,
) -> None:  # fmt: skip
    """The desks of 202 and 203 read the PBX's events; that of 201 hears by `kinds`."""
    calls, ways = how_many(8, 100), ("201", "202", "203", NOBODY)
    told = {"201": sources_of(kinds, asterisk), **{one: [reader_block(asterisk, one)] for one in ("202", "203")}}
    folders = {
        one: SourcesFolder(tmp_path / one, None, *blocks, operator=OPERATORS[one], database=postgres.tcp_url(team))
        for one, blocks in told.items()
    }
    with ExitStack() as stack:
        programs = [
            stack.enter_context(RunningProgram(folder, environment(), "--offscreen")) for folder in folders.values()
        ]
        wait_for_readers(asterisk, 3 if "ami" in kinds else 2)
        wait_until_heard_by(kinds, asterisk)
        for call in range(calls):
            place(call, GROUP, ways[call % 4], carrier, phones)
        known = as_by_sip if kinds == "sip" else dict
        expected = {number(call): expected_of(ways[call % 4]) for call in range(calls)}
        settle(lambda: known(shared_rows(postgres, team)), known(expected.items()))
        assert [program.stop() for program in programs] == [0, 0, 0]
        assert [program.errors for program in programs] == ["", "", ""]
    rows = shared_rows(postgres, team)
    pops = [len({line["call"] for line in folder.trace("pop")}) for folder in folders.values()]
    figures.add(
        f"ring group of three desks on one PostgreSQL, 201 by {kinds}",
        f"{calls} calls, {len(rows)} rows, {len(dict(rows))} winners or missed by all; cards: {pops}", "all",
    )  # fmt: skip
    assert len(rows) == calls
    assert pops == [calls, calls, calls]


def expected_of(takes: str) -> Won:
    """Outcome, who answered, whose call it is, and how many desks have a leg of it."""
    return ("answered", takes, OPERATORS[takes], 3) if takes else ("missed", "", "", 3)


def as_by_sip(rows: Iterable[tuple[str, Won]]) -> dict[str, Won]:
    """A second phone beside 201 can't tell that 201 is the one beside it: whose call it was may stand open then."""
    return {who: (outcome, by, "" if by == "201" else login, desks) for who, (outcome, by, login, desks) in rows}


def shared_rows(postgres: PostgresServer, name: str) -> list[tuple[str, Won]]:
    with psycopg.connect(postgres.url(name)) as connection:
        return [(who, (outcome, by, login, desks)) for who, outcome, by, login, desks in connection.execute(_TEAM)]


def wait_until_heard_by(kinds: str, asterisk: Asterisk) -> None:
    if "sip-dialog" in kinds:
        wait_until(lambda: "201/dialog" in asterisk.cli("pjsip show subscriptions inbound"), "subscription to 201")
    elif "sip" in kinds:
        asterisk.wait_for_contact("1201")
