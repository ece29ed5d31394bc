"""Whoever nobody has is asked about apart: while that hangs, known callers pop as ever, and strangers end as nobody."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, event

from app.guesses import MOST_WAITING
from app.pop import SEARCHING, Pop, PopState, Trouble
from app.who_is_it import GUESS_MS, LIMIT_MS
from app.why import story
from db.demo import CUSTOMER_NUMBER, ENGLISH_NUMBER, UNKNOWN_NUMBER
from db.engine import FILE_NAME, open_engine, writing
from db.kinds import NoteKind
from db.local_cards import LocalCards
from db.notes import NoteText, save_note
from db.pace import Pace
from tests.app.desk_at_work import NOW, DeskAtWork, offered
from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import PostgresServer

ENDS_ALIKE = "+493035814111"  # as the number of a customer, by its last eight digits


class Notes(Protocol):
    """The notes of a desk's records: from `hang` to `go_on` no question about them is answered."""

    def hang(self) -> None: ...
    def wait_until_asked(self) -> None: ...
    def go_on(self) -> None: ...


class NotesOnServer:
    """Another session holds the table."""

    def __init__(self, url: str) -> None:
        self._other = psycopg.connect(url)

    def hang(self) -> None:
        self._other.execute("LOCK TABLE note_search IN ACCESS EXCLUSIVE MODE")

    def wait_until_asked(self) -> None:
        waiting = "SELECT 1 FROM pg_locks WHERE relation = 'note_search'::regclass AND NOT granted"
        while not self._other.execute(waiting).fetchall():
            pass

    def go_on(self) -> None:
        self._other.rollback()

    def close(self) -> None:
        self._other.close()


class NotesInFile:
    """In place of the table the file has a view, which calls a function that takes its time."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._path = path
        self._goes_on, self._is_asked = threading.Event(), threading.Event()
        self.times_asked = 0
        event.listen(engine, "connect", self._teach)

    def hang(self) -> None:
        with closing(sqlite3.connect(self._path)) as other:
            other.execute("ALTER TABLE note_search RENAME TO kept")
            other.execute("CREATE VIEW note_search AS SELECT * FROM kept WHERE takes_its_time()")

    def wait_until_asked(self) -> None:
        assert self._is_asked.wait(20)

    def go_on(self) -> None:
        self._goes_on.set()

    def _teach(self, driver: Any, _record: object) -> None:
        driver.create_function("takes_its_time", 0, self._take_time)

    def _take_time(self) -> bool:
        self.times_asked += 1
        self._is_asked.set()
        return self._goes_on.wait(60)


class Team:
    """A desk with a local copy and the notes of its records. A note says the number of a caller whom nobody has."""

    def __init__(self, desk: DeskAtWork, notes: Notes) -> None:
        self.desk, self.notes = desk, notes

    def pop_of(self, source_id: str) -> Pop:
        return self.desk.call(source_id).pop

    def until_answered(self, source_id: str) -> Pop:
        self.desk.posted.run_until(lambda: self.pop_of(source_id) is not SEARCHING)
        return self.pop_of(source_id)

    def ring_a_stranger(self, source_id: str = "stranger", number: str = UNKNOWN_NUMBER) -> None:
        """And wait until the notes are being asked, in vain."""
        self.desk.desk.hear(offered(number, source_id))
        self.desk.posted.run_until(lambda: self.desk.records._guesses._is_asking)
        self.notes.wait_until_asked()

    def told(self, source_id: str = "stranger") -> list[str]:
        return story([line for line in self.desk.traced if line.get("source_id") == source_id])

    def says_the_records_work(self) -> bool:
        """And never said anything else."""
        never_away = all(status.database is None for status in self.desk.screen.statuses)
        return never_away and not self.desk.records.is_doubtful


def write_note(engine: Engine) -> None:
    with writing(engine) as connection:
        text = f"奥様の携帯は{UNKNOWN_NUMBER}とのこと。"
        save_note(connection, NoteText(UUID(int=1), None, 2, NoteKind.BODY, text, "sato", NOW))


@pytest.fixture
def cards(tmp_path: Path) -> LocalCards:
    return LocalCards.open(tmp_path / "copy", NOW)


@pytest.fixture
def in_file(engine: Engine, tmp_path: Path, cards: LocalCards) -> Iterator[Team]:
    write_note(engine)
    notes = NotesInFile(engine, tmp_path / FILE_NAME)
    engine.dispose()
    desk = DeskAtWork(engine, tmp_path, cards=cards)
    yield Team(desk, notes)
    notes.go_on()
    desk.leave()


def on_server(stack: ExitStack, urls: tuple[str, str], folder: Path, cards: LocalCards, pace: Pace) -> Team:
    """`urls`: the desk's way to the server and the straight one; rings take as long as `pace` allows."""
    engines = [open_engine(urls[0], folder, pace=one) for one in (Pace.DESK, pace)]
    stack.callback(lambda: [one.dispose() for one in engines])
    write_note(engines[0])
    notes = NotesOnServer(urls[1])
    desk = DeskAtWork(engines[0], folder, cards=cards, rings=engines[1])
    stack.callback(desk.leave)
    stack.callback(notes.close)
    return Team(desk, notes)


@pytest.fixture(params=["sqlite", "postgres"])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Team]:
    """On a server a question may hang for as long as the test likes."""
    if request.param == "sqlite":
        yield request.getfixturevalue("in_file")
        return
    server, name, cards = (request.getfixturevalue(one) for one in ("postgres", "database", "cards"))
    with ExitStack() as stack:
        yield on_server(stack, (server.url(name), server.url(name)), tmp_path, cards, Pace.UNHURRIED)


def test_a_stranger_whom_a_note_mentions_is_offered_with_it(team: Team) -> None:
    team.desk.hear(offered(UNKNOWN_NUMBER))
    assert [(one.customer_no, one.reason) for one in team.pop_of("a").candidates] == [("C-000002", "mentioned")]
    assert team.pop_of("a").unsearched is None
    assert "unsearched" not in team.desk.trace("offered")[0]


def test_a_known_caller_pops_from_the_records_while_a_stranger_is_asked_about_in_vain(team: Team) -> None:
    team.notes.hang()
    team.ring_a_stranger()
    team.desk.timers.pass_time(LIMIT_MS)
    for number, source_id in ((CUSTOMER_NUMBER, "known"), (ENGLISH_NUMBER, "known too")):
        team.desk.desk.hear(offered(number, source_id))
        pop = team.until_answered(source_id)
        assert (pop.state, pop.copied) == ("opened", None)
    assert team.pop_of("stranger") is SEARCHING, "still being asked about"
    assert team.says_the_records_work()


def test_what_the_operator_chooses_opens_while_a_stranger_is_asked_about_in_vain(team: Team) -> None:
    team.notes.hang()
    team.ring_a_stranger()
    team.desk.desk.choose(team.desk.call("stranger").id, 3)
    assert team.until_answered("stranger").opened_no == "C-000003"
    team.desk.timers.pass_time(GUESS_MS)
    assert team.pop_of("stranger").opened_no == "C-000003"


def test_a_stranger_about_whom_no_answer_comes_ends_as_nobody_with_the_reason(team: Team) -> None:
    team.notes.hang()
    team.ring_a_stranger()
    team.desk.timers.pass_time(GUESS_MS)
    assert team.pop_of("stranger") == Pop(PopState.NOBODY, unsearched=Trouble.LOCKED)
    assert team.says_the_records_work()
    (line,) = team.desk.trace("offered")
    assert (line["unsearched"], line["candidates"], line.get("trouble")) == ("locked", [], None)
    assert team.told()[1:3] == ["No customer has this number.", "Notes and names could not be searched."]
    team.notes.go_on()
    team.desk.settle()
    assert team.pop_of("stranger").state is PopState.NOBODY, "what comes late takes nothing off the screen"
    team.desk.desk.look_again(team.desk.call("stranger").id)
    team.desk.settle()
    assert [one.reason for one in team.pop_of("stranger").candidates] == ["mentioned"]


def test_a_stranger_whose_number_ends_as_a_customers_is_offered_that_one_without_more(team: Team) -> None:
    team.desk.hear(offered(ENDS_ALIKE, "before"))
    assert [one.reason for one in team.pop_of("before").candidates] == ["suffix"]
    team.notes.hang()
    team.ring_a_stranger()
    team.desk.desk.hear(offered(ENDS_ALIKE, "after"))
    team.desk.posted.run_until(lambda: team.desk.records._guesses._waiting)
    team.desk.timers.pass_time(GUESS_MS)
    assert team.pop_of("after").candidates == team.pop_of("before").candidates
    assert team.pop_of("after").unsearched is Trouble.LOCKED


def test_of_many_strangers_at_once_the_oldest_that_wait_give_way_and_nobody_is_asked_about_in_vain(
    in_file: Team,
) -> None:
    team, notes = in_file, in_file.notes
    notes.hang()
    team.ring_a_stranger("first")
    for count in range(MOST_WAITING + 4):
        team.desk.desk.hear(offered(UNKNOWN_NUMBER, f"next {count}"))
    team.until_answered("next 3")
    waiting = [f"next {count}" for count in range(4, MOST_WAITING + 4)]
    assert all(team.pop_of(one) is SEARCHING for one in ("first", *waiting))
    assert {team.pop_of(f"next {count}").unsearched for count in range(4)} == {Trouble.LOCKED}
    team.desk.timers.pass_time(GUESS_MS)
    assert {team.pop_of(one).unsearched for one in ("first", *waiting)} == {Trouble.LOCKED}
    notes.go_on()
    team.desk.settle()
    assert isinstance(notes, NotesInFile)
    assert notes.times_asked == 1
    team.desk.hear(offered(UNKNOWN_NUMBER, "last"))
    assert team.pop_of("last").state is PopState.CHOICE


def test_those_who_wait_are_asked_about_in_the_order_of_their_calls(in_file: Team) -> None:
    team, order = in_file, [str(count) for count in range(6)]
    team.notes.hang()
    team.ring_a_stranger(order[0])
    for source_id in order[1:]:
        team.desk.desk.hear(offered(UNKNOWN_NUMBER, source_id))
    team.desk.posted.run_until(lambda: len(team.desk.records._guesses._waiting) == 5)
    team.notes.go_on()
    team.desk.settle()
    assert [line["source_id"] for line in team.desk.trace("offered")] == order
    assert {team.pop_of(one).state for one in order} == {PopState.CHOICE}


def test_a_bug_in_a_question_about_strangers_surfaces_and_the_caller_is_shown(in_file: Team) -> None:
    with closing(sqlite3.connect(in_file.desk.folder / FILE_NAME)) as other:
        other.execute("ALTER TABLE note_search RENAME TO gone")
    in_file.desk.desk.hear(offered(UNKNOWN_NUMBER))
    with pytest.raises(Exception, match="no such table"):
        in_file.desk.settle()
    assert in_file.pop_of("a") == Pop(PopState.NOBODY, unsearched=Trouble.LOCKED)
    in_file.desk.hear(offered(CUSTOMER_NUMBER, "b"))
    assert in_file.pop_of("b").state is PopState.OPENED


def test_warming_up_waits_for_no_notes_and_all_threads_end(team: Team) -> None:
    cards: list[Pop] = []
    team.notes.hang()
    team.desk.records.warm_up(cards.append)
    team.desk.posted.run_until(lambda: cards)
    assert cards[0].opened_no == "C-000001"
    assert "guess_0" in {thread.name for thread in threading.enumerate()}
    team.notes.go_on()
    team.desk.leave()
    assert not {"guess_0", "pop_0"} & {thread.name for thread in threading.enumerate()}


def test_a_server_ends_what_takes_too_long_and_stays_in_use(
    postgres: PostgresServer, database: str, tmp_path: Path, cards: LocalCards
) -> None:
    with ExitStack() as stack:
        url = postgres.url(database)
        team = on_server(stack, (url, url), tmp_path, cards, Pace.RING)
        team.notes.hang()
        team.desk.desk.hear(offered(UNKNOWN_NUMBER, "stranger"))
        assert team.until_answered("stranger") == Pop(PopState.NOBODY, unsearched=Trouble.LOCKED)
        team.desk.hear(offered(CUSTOMER_NUMBER, "known"))
        assert (team.pop_of("known").state, team.pop_of("known").copied) == (PopState.OPENED, None)
        assert team.says_the_records_work()


@pytest.mark.expected_log("the records do not take what is written here")
@pytest.mark.expected_log("the way to the records: unreachable")
def test_a_server_that_goes_while_a_stranger_is_asked_about_is_noticed_and_asked_again_when_it_is_back(
    postgres: PostgresServer, database: str, tmp_path: Path, cards: LocalCards
) -> None:
    with ExitStack() as stack, CuttableWay(postgres.port) as way:
        urls = postgres.tcp_url(database, way.port), postgres.url(database)
        team = on_server(stack, urls, tmp_path, cards, Pace.UNHURRIED)
        team.notes.hang()
        team.ring_a_stranger()
        way.cut()
        assert team.until_answered("stranger") == Pop(PopState.NOBODY, unsearched=Trouble.UNREACHABLE)
        team.desk.posted.run_until(
            lambda: any(one.database is Trouble.UNREACHABLE for one in team.desk.screen.statuses)
        )
        team.notes.go_on()
        way.open()
        team.desk.posted.run_until(lambda: team.pop_of("stranger").unsearched is None)
        assert [one.reason for one in team.pop_of("stranger").candidates] == ["mentioned"]
