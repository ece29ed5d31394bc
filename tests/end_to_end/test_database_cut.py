"""A database that is away while 50 notes are written and 50 calls pop: all there, once, in order; pops say so."""

from pathlib import Path

import psycopg
import pytest

from bench.network import why_none
from db.demo import CUSTOMER_NUMBER
from tests.end_to_end.away import KINDS
from tests.end_to_end.cut import ENTERED, NOTES, POPS, Outcome, filled_database, is_whole, once
from tests.end_to_end.running_program import Folder, RunningProgram, environment, wait_for
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer, server_programs

_REFUSED = pytest.mark.expected_log("the records do not take what is written here")


@pytest.mark.expected_log("the way to the records")
@pytest.mark.parametrize(
    "kind",
    # what a frozen server was asked it answers after all
    [pytest.param(kind, marks=() if kind == "frozen" else _REFUSED) for kind in KINDS],
)
def test_a_database_that_is_away_costs_nobody_a_note_and_pops_come_from_what_is_local(
    kind: str, programs: Path
) -> None:
    judge(once(kind, programs, pause_s=0.05))


def test_packets_that_get_lost_cost_nobody_a_note_either(programs: Path) -> None:
    if why := why_none():
        pytest.skip(f"NO NETWORK OF ITS OWN: lost packets were not tried: {why}")
    judge(once("dropped", programs, pause_s=0.05))


@pytest.fixture
def programs() -> Path:
    found = server_programs()
    if found is None:
        pytest.skip("NO POSTGRESQL SERVER HERE: the tests against it did not run (apt-get install postgresql)")
    return found


def judge(outcome: Outcome) -> None:
    assert is_whole(outcome), outcome.kept
    assert {number for _call, number, _text in outcome.kept} == {1}
    assert len(outcome.entered) == ENTERED
    unseen = ENTERED + 1
    assert (outcome.copied, outcome.unsayable) == (NOTES - unseen, unseen), "new callers and the last were never seen"
    assert outcome.copied >= POPS
    assert outcome.waited > 0
    assert outcome.refreshed == "opened anew"
    assert outcome.noticed_s is not None


def test_the_program_starts_without_its_server_and_sends_what_was_written_when_it_is_back(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    name = filled_database(postgres)
    with CuttableWay(postgres.port) as way:
        folder = Folder(tmp_path / "team", None, more=f'[database]\nurl = "{postgres.tcp_url(name, way.port)}"\n')
        way.cut()
        with RunningProgram(folder, environment(), module="tests.end_to_end.noter") as program:
            line = program.pop(CUSTOMER_NUMBER)
            assert (line["opened"], line["trouble"]) == (None, "unreachable")
            wait_for((folder.path / "finished.txt").exists, "acknowledged note")
            way.open()
            with psycopg.connect(postgres.url(name), autocommit=True) as beside:
                asked = "SELECT text FROM note_revision WHERE text LIKE 'メモ %'"
                assert wait_for(lambda: beside.execute(asked).fetchall(), "note in the records") == [
                    (f"メモ {CUSTOMER_NUMBER}",)
                ]
            assert wait_for(lambda: program.pop(CUSTOMER_NUMBER)["opened"], "card of a later call") == "C-000001"
            assert program.stop() == 0
    postgres.drop(name)
