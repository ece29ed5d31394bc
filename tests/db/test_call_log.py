"""The call log is in step whatever is written; every filter and order gives what a plain look at all calls gives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from db.call_log.by_notes import calls_with_notes
from db.call_log.by_people import calls_of_people
from db.call_log.choices import choices
from db.call_log.counting import count_calls
from db.call_log.filters import LogFilter, milliseconds
from db.call_log.kept import wrong_lines
from db.call_log.lines import lines_of
from db.call_log.pages import Behind, Order, Sorted, page, place_of
from db.call_log.story import story_of
from db.call_log.views import SavedView, forget_view, save_view, saved_views
from db.calls import CallRow, CandidateRow, LegRow, attach, change_caller, save_call, save_candidates, save_leg
from db.engine import reading, writing
from db.health import Look, look_at
from db.kinds import Direction, EndCause, Outcome, Reason, Withheld
from db.models import call, call_kind, caller_number, customer, follow_up, interaction, logged_call, note
from db.models.call_log import Used
from db.search import words_of
from db.search_index import refresh_tokens
from db.uuid7 import uuid7
from db.wrap_up import WrapUp, finish_call, interaction_id_of

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PEOPLE = {1: ("髙橋 一郎", "タカハシ イチロウ"), 2: ("田中 誠", "タナカ マコト"), 3: ("佐藤 花子", "サトウ ハナコ")}
SAID = ("配送の日時を変更。再配達は明日の午前中。", "請求書を再発行する。", "羽毛布団の返品、来週集荷。伝票 1234567")
PAGE = 7
KIND = {
    "direction": "", "outcome": "", "withheld": "", "line": "", "queue": "", "operator_id": 0, "disposition_id": 0,
}  # fmt: skip


def _made(chance: Random, number: int) -> tuple[CallRow, WrapUp | None]:
    at = NOON - timedelta(minutes=number // 2 * 7)  # two calls at the same moment: the key tells them apart
    withheld = chance.choice([None, None, None, Withheld.ANONYMOUS, Withheld.PAYPHONE])
    is_answered = chance.random() < 0.7
    answered = at + timedelta(seconds=chance.randrange(1, 60)) if is_answered else None
    digits = chance.choice([312345678, 9012345678, 425211234])
    row = CallRow(
        uuid7(at, chance.getrandbits), "desk phone", f"{number}@pbx", chance.choice([Direction.IN, Direction.OUT]), at,
        Outcome.ANSWERED if is_answered else Outcome.MISSED,
        "" if withheld else f"0{digits}", None if withheld else 81 * 10 ** len(str(digits)) + digits,
        withheld=withheld, dialled="0312345678", line=chance.choice(["本店", "採用", ""]),
        queue=chance.choice(["", "sales"]), answered_at=answered,
        ended_at=(answered or at) + timedelta(seconds=chance.choice([0, 5, 60, 600])), end_cause=EndCause.HUNG_UP,
        customer_id=None if withheld else chance.choice([None, 1, 2]), operator=chance.choice(["sato", "suzuki"]),
    )  # fmt: skip
    code = chance.choice(["inquiry.delivery", "order.new", ""])
    done = WrapUp(row.id, row.customer_id, row.operator, at + timedelta(minutes=2), chance.choice(SAID), "", code)
    return row, done if is_answered else None


@pytest.fixture
def log(engine: Engine) -> Engine:
    """Three customers and 70 calls."""
    chance = Random(7)
    with writing(engine) as connection:
        for key, (name, reading_) in PEOPLE.items():
            row = {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": name, "reading": reading_}
            connection.execute(insert(customer), row | {"lifecycle_stage": "active", "created_at": NOON})
        refresh_tokens(connection, PEOPLE)
        for number in reversed(range(70)):
            row_, done = _made(chance, number)
            save_call(connection, row_)
            if done is not None:
                finish_call(connection, done)
    return engine


def _plainly(connection: Connection) -> dict[UUID, dict[str, Any]]:
    """Every call as its own row says, counted here and not by the database."""
    wrapped: dict[Any, Any] = {}
    for one in connection.execute(select(interaction).order_by(interaction.c.started_at, interaction.c.id)):
        if one.disposition_id is not None:
            wrapped[one.call_id] = one.disposition_id
    told: dict[UUID, dict[str, Any]] = {}
    used = _used(connection)
    for row in connection.execute(select(call)):
        talk = row.ended_at - row.answered_at if row.ended_at and row.answered_at else timedelta()
        until = row.answered_at or row.ended_at
        wait = until - (row.waiting_since or row.offered_at) if until else timedelta()
        told[row.id] = {
            "at": milliseconds(row.offered_at), "call_id": row.id, "direction": row.direction, "outcome": row.outcome,
            "withheld": row.withheld, "line": row.line or row.dialled, "queue": row.queue, "e164": row.e164,
            "operator_id": row.operator_id, "customer_id": row.customer_id, "disposition_id": wrapped.get(row.id),
            "wait_s": max(0, int(wait.total_seconds())), "talk_s": max(0, int(talk.total_seconds())),
            **_counted(row), "used": sum(used.get(row.id, ())),
        }  # fmt: skip
        told[row.id]["kind"] = tuple(told[row.id][name] or blank for name, blank in KIND.items())
    return told


def _counted(row: Any) -> dict[str, Any]:
    """What reports take a call's times for."""
    is_answered = row.outcome in (Outcome.ANSWERED, Outcome.ELSEWHERE)
    is_over = is_answered and row.answered_at and row.ended_at
    is_timed = row.answered_at if is_answered else row.ended_at
    waited = (row.answered_at or row.ended_at) - (row.waiting_since or row.offered_at) if is_timed else None
    talked = row.ended_at - row.answered_at - timedelta(milliseconds=row.hold_ms or 0) if is_over else None
    milli = timedelta(milliseconds=1)
    return {
        "waited_ms": None if waited is None else round(waited / milli),
        "talked_ms": None if talked is None else round(talked / milli),
        "held_ms": row.hold_ms if is_over else None,
    }


def _used(connection: Connection) -> dict[Any, set[int]]:
    found: dict[Any, set[int]] = {}
    for one in connection.execute(select(note.c.call_id, note.c.kind)):
        found.setdefault(one.call_id, set()).add(Used.NOTED if one.kind == "body" else Used.HANDED_OVER)
    for key in connection.execute(select(follow_up.c.call_id)).scalars():
        found.setdefault(key, set()).add(Used.PROMISED)
    return found


def _kept(connection: Connection) -> dict[UUID, dict[str, Any]]:
    """The key of its kind told as what the kind is."""
    kinds = {row.id: tuple(row._mapping[name] for name in KIND) for row in connection.execute(select(call_kind))}
    assert len(set(kinds.values())) == len(kinds), "no kind is there twice"
    rows = [dict(row._mapping) for row in connection.execute(select(logged_call))]
    return {row["call_id"]: row | {"kind": kinds[row.pop("kind_id")]} for row in rows}


def test_the_narrow_rows_say_what_the_calls_say(log: Engine) -> None:
    with reading(log) as connection:
        assert _kept(connection) == _plainly(connection)
        assert len(_kept(connection)) == 70


def test_whatever_is_written_later_they_stay_in_step(log: Engine) -> None:
    chance = Random(3)
    with writing(log) as connection:
        keys = list(connection.execute(select(call.c.id)).scalars())
        attach(connection, keys[0], 3)
        attach(connection, keys[1], None)
        connection.execute(update(call).where(call.c.id == keys[2]).values(offered_at=NOON, waiting_since=NOON))
        connection.execute(update(call).where(call.c.id == keys[3]).values(ended_at=None, line=None, dialled=None))
        connection.execute(update(call).where(call.c.id.in_(keys[7:20])).values(hold_ms=2500, answered_at=None))
        connection.execute(update(call).where(call.c.id.in_(keys[15:30])).values(outcome=Outcome.ELSEWHERE, queue="x"))
        for key in chance.sample(keys, 20):
            finish_call(connection, WrapUp(key, None, "kato", NOON, "", "折り返す", "complaint.quality"))
        notes = list(connection.execute(select(note.c.id, note.c.call_id)))
        connection.execute(update(note).where(note.c.id.in_([one.id for one in notes[:4]])).values(kind="handover"))
        connection.execute(update(note).where(note.c.id.in_([one.id for one in notes[4:8]])).values(call_id=keys[1]))
        gone = UUID(int=99)
        row = {"id": gone, "call_id": keys[40], "kind": "handover", "created_at": NOON}
        connection.execute(insert(note), row)
        connection.execute(delete(note).where(note.c.id == gone))
        promised = {"kind": "callback", "due_at": NOON, "created_at": NOON}
        rows = [promised | {"id": UUID(int=number), "call_id": key} for number, key in enumerate(keys[:9], start=1)]
        connection.execute(insert(follow_up), rows)
        connection.execute(update(follow_up).where(follow_up.c.id == UUID(int=1)).values(call_id=keys[30]))
        connection.execute(delete(follow_up).where(follow_up.c.id == UUID(int=2)))
        assert wrong_lines(connection, 20) == ()
        connection.execute(update(interaction).where(interaction.c.call_id == keys[5]).values(disposition_id=None))
        connection.execute(delete(interaction).where(interaction.c.id == interaction_id_of(keys[6])))
    with reading(log) as connection:
        assert _kept(connection) == _plainly(connection)


def test_a_number_that_turns_out_to_be_withheld_is_kept_nowhere(engine: Engine) -> None:
    row, _done = _made(Random(1), 0)
    shown = replace(row, number="0399990000", e164=81399990000, withheld=None, customer_id=None)
    with writing(engine) as connection:
        save_call(connection, shown)
        assert connection.execute(select(caller_number)).all() == [(81399990000, "0399990000 81399990000")]
        change_caller(connection, replace(shown, number="", e164=None, withheld=Withheld.ANONYMOUS))
        assert connection.execute(select(caller_number)).all() == []
        assert connection.execute(select(logged_call.c.e164, logged_call.c.withheld)).all() == [(None, "anonymous")]


def test_a_call_that_is_deleted_leaves_no_row_and_no_number(engine: Engine) -> None:
    row, _done = _made(Random(2), 0)
    with writing(engine) as connection:
        save_call(connection, replace(row, withheld=None, number="0399990000", e164=81399990000, customer_id=None))
        connection.execute(delete(call))
        assert connection.execute(select(logged_call)).all() == connection.execute(select(caller_number)).all() == []


FILTERS: dict[str, tuple[LogFilter, Callable[[dict[str, Any]], bool]]] = {
    "all": (LogFilter(), lambda one: True),
    "a line": (LogFilter(lines=("本店",)), lambda one: one["line"] == "本店"),
    "a dialled number": (LogFilter(lines=("0312345678",)), lambda one: one["line"] == "0312345678"),
    "two lines": (LogFilter(lines=("本店", "採用")), lambda one: one["line"] in ("本店", "採用")),
    "a queue": (LogFilter(queues=("sales",)), lambda one: one["queue"] == "sales"),
    "missed": (LogFilter(outcomes=(Outcome.MISSED,)), lambda one: one["outcome"] == "missed"),
    "outgoing": (LogFilter(directions=(Direction.OUT,)), lambda one: one["direction"] == "out"),
    "withheld": (LogFilter(withheld=tuple(Withheld)), lambda one: one["withheld"] is not None),
    "a payphone": (LogFilter(withheld=(Withheld.PAYPHONE,)), lambda one: one["withheld"] == "payphone"),
    "a customer": (LogFilter(customer_id=2), lambda one: one["customer_id"] == 2),
    "a length": (LogFilter(talk_from=5, talk_to=60), lambda one: 5 <= one["talk_s"] <= 60),
    "a period": (
        LogFilter(NOON - timedelta(hours=3), NOON - timedelta(hours=1)),
        lambda one: milliseconds(NOON) - 3 * 3600_000 <= one["at"] < milliseconds(NOON) - 3600_000,
    ),
    "several": (
        LogFilter(outcomes=(Outcome.ANSWERED,), lines=("採用",), queues=("sales",), talk_from=60),
        lambda one: (
            one["outcome"] == "answered" and one["line"] == "採用" and one["queue"] == "sales" and one["talk_s"] >= 60
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_and_order_gives_all_calls_once_page_by_page(log: Engine, name: str) -> None:
    wanted, lets_through = FILTERS[name]
    with reading(log) as connection:
        everything = [one for one in _plainly(connection).values() if lets_through(one)]
        assert everything, "a filter that lets nothing through shows nothing"
        for order in (Sorted(by, is_rising) for by in Order for is_rising in (False, True)):
            column = {Order.TIME: "at", Order.TALK: "talk_s", Order.WAIT: "wait_s"}[order.by]
            expected = sorted(
                everything, key=lambda one: (one[column], one["at"], one["call_id"].hex), reverse=not order.is_rising
            )
            assert _paged(connection, wanted, order) == [one["call_id"] for one in expected]


def test_calls_are_counted_no_further_than_is_asked(log: Engine) -> None:
    filters = (LogFilter(), LogFilter(lines=("本店",)), LogFilter(lines=("本店", "採用"), outcomes=(Outcome.ANSWERED,)))
    with reading(log) as connection:
        for wanted in filters:
            there = len(page(connection, wanted, Sorted(), None, 1000))
            assert there > 5
            assert [count_calls(connection, wanted, most) for most in (5, 1000)] == [5, there]


def test_many_calls_are_put_in_order_by_the_database_as_few_are_here(
    log: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(log) as connection:
        for order in (Sorted(Order.TALK), Sorted(Order.WAIT, is_rising=True)):
            here = _paged(connection, LogFilter(), order)
            with monkeypatch.context() as patched:
                patched.setattr("db.call_log.by_kinds._AT_ONCE", 10)
                assert _paged(connection, LogFilter(), order) == here


def _paged(connection: Connection, wanted: LogFilter, order: Sorted) -> list[UUID]:
    found: list[UUID] = []
    behind: Behind | None = None
    while rows := page(connection, wanted, order, behind, PAGE):
        found += [one.call_id for one in rows]
        behind = place_of(rows[-1], order)
    return found


def test_operators_and_dispositions_are_offered_and_filter(log: Engine) -> None:
    with reading(log) as connection:
        offered = choices(connection)
        assert offered.lines == ("0312345678", "採用", "本店")
        assert offered.queues == ("sales",)
        sato = next(one.operator_id for one in offered.operators if one.login == "sato")
        delivery = next(one.disposition_id for one in offered.dispositions if one.path_en == ("Inquiry", "Delivery"))
        wanted = LogFilter(operators=(sato,), dispositions=(delivery,))
        everything = _plainly(connection).values()
        theirs = {
            one["call_id"] for one in everything if (one["operator_id"], one["disposition_id"]) == (sato, delivery)
        }
        assert theirs
        assert set(_paged(connection, wanted, Sorted())) == theirs


@pytest.mark.parametrize("typed", ["髙橋", "高橋", "たかはし", "一郎 タカハシ", "C-1"])
def test_calls_are_found_by_the_customers_name_reading_or_number(log: Engine, typed: str) -> None:
    with reading(log) as connection:
        expected = {one["call_id"] for one in _plainly(connection).values() if one["customer_id"] == 1}
        found = calls_of_people(connection, words_of(typed), (LogFilter(), Sorted(), None), 500)
        assert expected
        assert {one.call_id for one in found.rows} == expected
        assert found.behind is None


@pytest.mark.parametrize("typed", ["2345678", "03-1234-5678", "0312", "+81 3 1234 5678", "1234"])
def test_calls_are_found_by_a_part_of_the_number_whoevers_it_is(log: Engine, typed: str) -> None:
    (digits,) = words_of(typed)
    with reading(log) as connection:
        rows = _plainly(connection).values()
        spelt = {one["call_id"]: f"0{str(one['e164'])[2:]} {one['e164']}" for one in rows if one["e164"] is not None}
        expected = {key for key, numbers in spelt.items() if digits in numbers}
        found = calls_of_people(connection, [digits], (LogFilter(), Sorted(), None), 500)
        assert expected
        assert {one.call_id for one in found.rows} == expected


def test_a_name_that_very_many_have_is_met_on_a_walk_that_finds_the_same(
    log: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(log) as connection:
        asked = (LogFilter(outcomes=(Outcome.ANSWERED,)), Sorted(), None)
        named = calls_of_people(connection, ["田中"], asked, 500).rows
        monkeypatch.setattr("db.call_log.by_people.MOST_KNOWN", 0)
        assert named
        assert calls_of_people(connection, ["田中"], asked, 500).rows == named


def test_a_walk_that_stops_half_way_says_so_and_goes_on_from_there(
    log: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.call_log.by_people.LOOKED_AT", 10)
    monkeypatch.setattr("db.call_log.by_people._NEAR", 10)
    with reading(log) as connection:
        whole = {one["call_id"] for one in _plainly(connection).values() if one["customer_id"] == 2}
        found, behind, stops = set(), None, 0
        while True:  # one kana: no index has it
            some = calls_of_people(connection, ["な"], (LogFilter(), Sorted(), behind), 500)
            found |= {one.call_id for one in some.rows}
            stops += some.is_unfinished
            if some.behind is None:
                break
            assert isinstance(some.behind, Behind)
            behind = some.behind
        assert found == whole
        assert stops >= 6


@pytest.mark.parametrize(("typed", "text_"), [("配送", 0), ("再配達 午前中", 0), ("請求書", 1), ("1234567", 2)])
def test_calls_are_found_by_what_their_notes_say(log: Engine, typed: str, text_: int) -> None:
    with reading(log) as connection:
        said = select(call.c.id).join_from(call, interaction, interaction.c.call_id == call.c.id)
        expected = set(connection.execute(said.where(interaction.c.excerpt == SAID[text_])).scalars())
        found = calls_with_notes(connection, words_of(typed), LogFilter(), None, 500)
        assert expected
        assert {one.call_id for one in found.rows} == expected
        assert found.behind is None


@pytest.mark.parametrize("few", [0, 500])
def test_notes_are_read_backwards_page_by_page_and_through_any_filter(
    log: Engine, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Whether the notes that have the words are read on, or those of the few calls that are let through."""
    monkeypatch.setattr("db.call_log.by_notes._AT_A_TIME", (3, 5))
    monkeypatch.setattr("db.call_log.by_notes._FEW_CALLS", few)
    wanted = LogFilter(lines=("本店",))
    with reading(log) as connection:
        whole = calls_with_notes(connection, ["配送"], LogFilter(), None, 500)
        assert whole.is_unfinished
        paged: list[UUID] = []
        before: int | None = None
        while True:
            some = calls_with_notes(connection, ["配送"], wanted, before, 4)
            paged += [one.call_id for one in some.rows]
            if some.behind is None:
                break
            assert isinstance(some.behind, int)
            before = some.behind
        monkeypatch.setattr("db.call_log.by_notes._AT_A_TIME", (500,))
        everything = calls_with_notes(connection, ["配送"], wanted, None, 500).rows
        assert paged == [one.call_id for one in everything]
        assert len(paged) > 4


def test_a_note_that_was_changed_is_found_by_its_newest_text(log: Engine) -> None:
    with writing(log) as connection:
        key = calls_with_notes(connection, ["請求書"], LogFilter(), None, 1).rows[0].call_id
        finish_call(connection, WrapUp(key, None, "sato", NOON, "金木犀の香り", "", ""))
    with reading(log) as connection:
        assert [one.call_id for one in calls_with_notes(connection, ["金木犀"], LogFilter(), None, 9).rows] == [key]
        before = calls_with_notes(connection, ["請求書"], LogFilter(), None, 500).rows
        assert key not in {one.call_id for one in before}


def test_a_line_and_its_story_tell_all_that_is_known(engine: Engine) -> None:
    at = NOON - timedelta(hours=1)
    row = CallRow(
        uuid7(at, lambda bits: 5), "desk phone", "abc@pbx", Direction.IN, at, Outcome.ANSWERED, "0422511234",
        81422511234, name="TANAKA", dialled="0312345678", line="本店", queue="sales", linked_id="L1",
        answered_at=at + timedelta(seconds=9), ended_at=at + timedelta(seconds=69), end_cause=EndCause.HUNG_UP,
        operator="sato", customer_id=2, hold_ms=3000,
    )  # fmt: skip
    with writing(engine) as connection:
        for key, (name, reading_) in PEOPLE.items():
            told = {"id": key, "customer_no": f"C-{key}", "kind": "person", "name": name, "reading": reading_}
            connection.execute(insert(customer), told | {"lifecycle_stage": "active", "created_at": NOON})
        save_call(connection, row)
        for number, (who, outcome) in enumerate((("201", Outcome.ELSEWHERE), ("sato", Outcome.ANSWERED))):
            save_leg(connection, LegRow(UUID(int=number + 1), row.id, who, at, outcome=outcome))
        shown = (CandidateRow(1, Reason.HOUSEHOLD), CandidateRow(2, Reason.EXACT, is_chosen=True))
        save_candidates(connection, row.id, shown)
        for text_ in ("配送の件", "配送の件。折り返す"):
            finish_call(connection, WrapUp(row.id, 2, "sato", NOON, text_, "携帯へ", "inquiry.delivery", 4000))
    with reading(engine) as connection:
        (line,) = lines_of(connection, page(connection, LogFilter(), Sorted(), None))
        assert (line.customer, line.reading, line.operator, line.line) == ("田中 誠", "タナカ マコト", "sato", "本店")
        assert (line.wait_s, line.talk_s, line.queue, line.excerpt) == (9, 60, "sales", "配送の件。折り返す")
        story = story_of(connection, row.id)
    assert story is not None
    assert line.disposition_id == story.wrapped[0].disposition_id is not None
    assert [(leg.who, leg.outcome) for leg in story.legs] == [("201", "elsewhere"), ("sato", "answered")]
    assert [(one.name, one.reason, one.is_chosen) for one in story.shown] == [
        ("髙橋 一郎", "household", False),
        ("田中 誠", "exact", True),
    ]
    assert sorted((one.kind, one.number) for one in story.versions) == [("body", 1), ("body", 2), ("handover", 1)]
    assert (story.hold_ms, story.linked_id, story.wrapped[0].after_call_ms) == (3000, "L1", 4000)


def test_the_check_finds_each_row_that_is_not_what_its_call_says(log: Engine) -> None:
    with writing(log) as connection:
        assert wrong_lines(connection, 20) == ()
        first, second, third, fourth, fifth = connection.execute(select(logged_call.c.call_id).limit(5)).scalars()
        connection.execute(update(logged_call).where(logged_call.c.call_id == fourth).values(kind_id=9999))
        connection.execute(update(logged_call).where(logged_call.c.call_id == fifth).values(used=64))
        connection.execute(update(logged_call).where(logged_call.c.call_id == first).values(talk_s=9999))
        connection.execute(delete(logged_call).where(logged_call.c.call_id == second))
        gone = UUID(int=7)
        connection.execute(update(logged_call).where(logged_call.c.call_id == third).values(call_id=gone))
        connection.execute(delete(caller_number))
        numbers = len(set(connection.execute(select(call.c.e164).where(call.c.e164.is_not(None))).scalars()))
    (found,) = [found.wrong for found in look_at(log) if found.look is Look.CALL_LOG]
    rows = [f"logged_call {key}" for key in sorted(map(str, (first, second, third, fourth, fifth, gone)))]
    assert found == (*rows, f"caller_number: {numbers}")


def test_the_check_finds_nothing_wrong_with_calls_of_any_millisecond(log: Engine) -> None:
    odd = NOON.replace(microsecond=964_922)
    ended = odd + timedelta(minutes=3, milliseconds=199)
    with writing(log) as connection:
        connection.execute(update(call).values(offered_at=odd, answered_at=odd, ended_at=ended))
        assert wrong_lines(connection, 20) == ()


def test_no_call_has_no_story(engine: Engine) -> None:
    with reading(engine) as connection:
        assert story_of(connection, UUID(int=9)) is None


def test_saved_views_are_the_operators_own_and_the_same_name_replaces(engine: Engine) -> None:
    with writing(engine) as connection:
        save_view(connection, "sato", "calls", SavedView("不在", '{"a": 1}'))
        save_view(connection, "sato", "calls", SavedView("不在", '{"a": 2}'))
        save_view(connection, "suzuki", "calls", SavedView("長い", "{}"))
        assert saved_views(connection, "sato", "calls") == (SavedView("不在", '{"a": 2}'),)
        forget_view(connection, "suzuki", "calls", "不在")
        forget_view(connection, "sato", "calls", "不在")
        assert saved_views(connection, "sato", "calls") == ()
        assert len(saved_views(connection, "suzuki", "calls")) == 1


def test_a_page_is_read_along_an_index_and_never_sorted(log: Engine) -> None:
    if log.dialect.name != "sqlite":
        pytest.skip("a server's plan depends on how many rows there are")
    from db.call_log.pages import page_statement

    with reading(log) as connection:
        for wanted in (LogFilter(), LogFilter(lines=("本店",)), LogFilter(customer_id=2)):
            statement = page_statement(wanted, Sorted(), Behind(0, milliseconds(NOON), UUID(int=1)), 50)
            asked = str(statement.compile(log, compile_kwargs={"literal_binds": True}))
            plan = " ".join(str(row[-1]) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")))
            assert "B-TREE" not in plan
            assert "OFFSET" not in asked.replace("OFFSET 0", "")
