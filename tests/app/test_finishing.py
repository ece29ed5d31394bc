"""Finishing a call: what the site asks for is there, after-call work is timed, codes come from the settings."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.call import Note
from app.compose import place_of
from app.desk_memory import DeskMemory
from app.dispositions import DispositionFact
from app.errors import UserError
from app.finishing import Lack
from app.lines import Lines
from app.settings_layers import load_settings
from app.stop_clock import StopClock
from app.trace import Trace
from cti.events import EndCause
from db.dispositions import DispositionNode
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

WORKED = "SELECT after_call_ms FROM interaction WHERE call_id = ?"
TREE = (
    DispositionNode("ask", "問い合わせ", "Inquiry"),
    DispositionNode("ask.price", "価格", "Price", "ask"),
    DispositionNode("ask.other", "その他", "Other", "ask", needs_note=True),
)


def offers(desk: DeskAtWork) -> list[DispositionFact]:
    """The newest that the desk tells its windows."""
    told: list[list[DispositionFact]] = []
    desk.desk.dispositions.begin(lambda codes: told.append(list(codes)))
    desk.settle()
    return told[-1]


def test_nothing_is_asked_for_unless_the_site_does(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered())
    assert desk.desk.finish(desk.call().id) is None
    desk.settle()
    assert not desk.has("a")


def test_a_code_that_is_required_is_asked_for_and_nothing_is_lost(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(dispositions=TREE, disposition_required=True)
    offers(desk)
    desk.hear(offered(), answered())
    desk.type("途中まで書いた")
    call = desk.call()
    assert desk.desk.finish(call.id) is Lack.DISPOSITION
    desk.settle()
    assert (call.note.body, call.state, call.is_finishing) == ("途中まで書いた", "talking", False)
    desk.desk.put_aside(call.id)
    assert call.state == "later"
    desk.desk.write(call.id, Note("途中まで書いた", "", "ask.price"))
    assert desk.desk.finish(call.id) is None
    desk.settle()
    assert not desk.has("a")


def test_a_note_is_asked_for_only_with_chosen_codes(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(dispositions=TREE)
    offers(desk)
    desk.hear(offered(), answered())
    call = desk.call()
    for note, lack in (
        (Note("  ", "引き継ぎだけ", "ask.other"), Lack.NOTE), (Note("", "", "ask.price"), None),
    ):  # fmt: skip
        desk.desk.write(call.id, note)
        assert desk.desk.finish(call.id) is lack


def test_a_missed_call_needs_no_code(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(dispositions=TREE, disposition_required=True)
    desk.hear(offered(), ended())
    assert desk.desk.finish(desk.call().id) is None


def test_codes_of_the_settings_are_offered_at_once_and_reach_the_records(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(dispositions=TREE)
    told: list[list[str]] = []
    desk.desk.dispositions.begin(lambda codes: told.append([one.code for one in codes if one.is_offered]))
    assert told == [["ask.price", "ask.other"]]
    desk.settle()
    assert told[-1] == told[0]
    offered_codes = "SELECT code FROM disposition WHERE is_offered ORDER BY position"
    assert desk.rows(offered_codes) == [("ask",), ("ask.price",), ("ask.other",)]
    desk.hear(offered(), answered())
    desk.type("", disposition="ask.price")
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.settle()
    chosen = "SELECT d.code FROM interaction i JOIN disposition d ON d.id = i.disposition_id WHERE i.call_id = ?"
    assert desk.rows(chosen, call_id.hex) == [("ask.price",)]


def test_codes_that_the_settings_give_up_keep_their_words_for_old_calls(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(dispositions=TREE)
    old = {one.code: one.label("ja") for one in offers(desk) if not one.is_offered}
    assert old["inquiry.delivery"] == "問い合わせ › 配送"


def test_without_a_tree_in_the_settings_the_records_say_what_is_offered(desk: DeskAtWork) -> None:
    assert {"inquiry.delivery", "order.new"} <= {one.code for one in offers(desk) if one.is_offered}


def test_after_call_work_counts_from_the_end_of_the_call_until_it_is_finished(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), ended(why=EndCause.HUNG_UP))
    call = desk.call()
    assert call.after_call == StopClock(since=NOW + timedelta(seconds=90))
    desk.time.now = NOW + timedelta(seconds=150)
    desk.desk.finish(call.id)
    desk.settle()
    assert desk.rows(WORKED, call.id.hex) == [(60_000,)]


def test_the_clock_stands_while_a_call_is_put_aside(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), ended(why=EndCause.HUNG_UP))
    call = desk.call()
    for seconds, do in ((100, desk.desk.put_aside), (500, desk.desk.select), (530, desk.desk.finish)):
        desk.time.now = NOW + timedelta(seconds=seconds)
        do(call.id)
    desk.settle()
    assert desk.rows(WORKED, call.id.hex) == [(40_000,)]


def test_where_nobody_knows_the_end_no_after_call_work_is_told(desk: DeskAtWork) -> None:
    """The operator's own telephone answered: from there on talk and work can't be told apart."""
    desk.hear(offered(), answered())
    desk.time.now = NOW + timedelta(seconds=150)
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.settle()
    assert desk.rows(WORKED, call_id.hex) == [(None,)]


def test_the_clock_survives_a_crash_and_goes_on_when_the_call_is_opened_again(
    desk: DeskAtWork, desks: Callable[..., DeskAtWork]
) -> None:
    desk.hear(offered(), answered(), ended(why=EndCause.HUNG_UP))
    desk.type("x")
    desk.time.now = NOW + timedelta(seconds=100)
    call_id = desk.call().id
    desk.desk.put_aside(call_id)
    desk.wait_until_kept()
    desk.leave()
    again = desks()
    again.desk.restore(again.kept_drafts())
    again.time.now = NOW + timedelta(seconds=1000)
    again.desk.select(call_id)
    again.time.now = NOW + timedelta(seconds=1005)
    again.desk.finish(call_id)
    again.settle()
    assert again.rows(WORKED, call_id.hex) == [(15_000,)]


def test_a_finished_call_of_today_that_is_opened_again_adds_to_its_time_and_keeps_its_code(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(), ended(why=EndCause.HUNG_UP))
    desk.type("最初", disposition="inquiry.delivery")
    call_id = desk.call().id
    desk.time.now = NOW + timedelta(seconds=100)
    desk.desk.finish(call_id)
    desk.settle()
    desk.records.past_call(call_id, lambda call: desk.desk.reopen(call) if call else None, print)
    desk.settle()
    call = desk.call()
    assert (call.note.disposition, call.after_call.so_far) == ("inquiry.delivery", timedelta(seconds=10))
    desk.desk.write(call.id, Note("最初と追記", "", call.note.disposition))
    desk.time.now = NOW + timedelta(seconds=130)
    desk.desk.finish(call.id)
    desk.settle()
    assert desk.rows(WORKED, call_id.hex) == [(40_000,)]


SETTINGS = """
[desk]
disposition_required = true
[[disposition]]
code = "ask"
ja = "問い合わせ"
en = ""
[[disposition]]
code = "ask.price"
ja = ""
en = "Price"
parent = "ask"
needs_note = true
"""


def test_the_settings_say_the_tree_and_what_is_required(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(SETTINGS, "utf-8")
    settings = load_settings(file, tmp_path / "none", {})
    place = place_of(settings, Lines([]), Trace(print), lambda _ms, _fn: None, DeskMemory())
    assert place.disposition_required
    assert place.dispositions == (
        DispositionNode("ask", "問い合わせ", "問い合わせ"),
        DispositionNode("ask.price", "Price", "Price", "ask", needs_note=True),
    )


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ('code = "a"\nja = "あ"\nen = "A"\nparent = "b"', 'has parent = "b"'),
        ('code = ""\nja = "あ"\nen = "A"', 'has code = ""'),
        ('code = " a"\nja = "あ"\nen = "A"', 'has code = " a"'),
        ('code = "a"\nja = ""\nen = ""', "has no words"),
        ('code = "a"\nja = "あ"\nen = "A"\n[[disposition]]\ncode = "a"\nja = "い"\nen = "B"', 'have code = "a"'),
        ('code = "a"\nja = "あ"\nen = "A"\nparent = "a"', "in a group that is in itself"),
        ('code = "a"\nja = "あ"', 'has no "en"'),
    ],
)
def test_a_fault_in_the_tree_is_named(tmp_path: Path, tables: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"[[disposition]]\n{tables}\n", "utf-8")
    with pytest.raises(UserError, match=r"settings\.toml") as error:
        load_settings(file, tmp_path / "none", {})
    assert said in str(error.value)
