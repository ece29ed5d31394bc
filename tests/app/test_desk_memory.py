"""What a desk remembers over a restart: who sat here last, and whom to remind later of what."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app.compose import memory_of, place_of
from app.desk_memory import DeskMemory
from app.kept_json import KeptJson
from app.lines import Lines
from app.paths import profile_at
from app.place import Place
from app.settings import DeskSettings, Settings
from app.trace import Trace
from tests.app.desk_at_work import NOW, DeskAtWork

A_WHILE = timedelta(minutes=15)


def started(folder: Path, usual: str = "sato", at_start: str = "last") -> Place:
    """The place of a program that has just been started."""
    settings = Settings(desk=DeskSettings(operator=usual, operator_at_start=at_start))  # type: ignore[arg-type]
    return place_of(settings, Lines([]), Trace(print), lambda _ms, _fn: None, memory_of(profile_at(folder)))


def test_whoever_sat_here_last_sits_here_after_a_start(tmp_path: Path) -> None:
    assert started(tmp_path).operator == "sato"
    started(tmp_path).memory.sits("suzuki", "sato")
    assert started(tmp_path).operator == "suzuki"


@pytest.mark.parametrize("at_start", ["usual", "ask"])
def test_a_site_may_want_the_usual_operator_or_ask(tmp_path: Path, at_start: str) -> None:
    started(tmp_path).memory.sits("suzuki", "sato")
    place = started(tmp_path, at_start=at_start)
    assert (place.operator, place.asks_operator) == ("sato", at_start == "ask")


def test_another_usual_operator_counts_for_more_than_who_sat_here(tmp_path: Path) -> None:
    started(tmp_path).memory.sits("suzuki", "sato")
    assert started(tmp_path, usual="tanaka").operator == "tanaka"


def test_whom_to_remind_later_is_kept_per_operator_and_forgotten_when_it_is_past(tmp_path: Path) -> None:
    early, late = uuid4(), uuid4()
    memory = started(tmp_path).memory
    memory.put_off("sato", early, NOW + A_WHILE, NOW)
    memory.put_off("suzuki", late, NOW + A_WHILE, NOW)
    assert started(tmp_path).memory.later("sato") == {early: NOW + A_WHILE}
    memory.put_off("sato", late, NOW + 3 * A_WHILE, NOW + 2 * A_WHILE)
    assert started(tmp_path).memory.later("sato") == {late: NOW + 3 * A_WHILE}


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"operator": 1}', '{"operator": "a", "usual": "sato", "later": {"a": 3}}']
)
def test_a_file_that_makes_no_sense_costs_what_is_in_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "desk.json").write_text(text, "utf-8")
    assert started(tmp_path).operator == "sato"


def test_a_folder_that_takes_nothing_costs_the_memory_alone(tmp_path: Path) -> None:
    memory = DeskMemory(KeptJson(tmp_path / "not there" / "desk.json", "what the desk remembers"))
    memory.sits("suzuki", "sato")
    assert memory.operator("sato") == "suzuki"


def test_a_shift_is_remembered_and_answers_the_question_of_a_start(desks: Callable[..., DeskAtWork]) -> None:
    memory = DeskMemory()
    desk = desks(memory=memory, asks_operator=True)
    desk.desk.shift.begin()
    assert desk.desk.board.status.unnamed == "sato"
    desk.desk.shift.change("sato")
    assert (desk.desk.board.status.unnamed, memory.operator("sato")) == ("", "sato")
    desk.desk.shift.change("suzuki")
    assert memory.operator("sato") == "suzuki"


def test_a_site_that_does_not_ask_says_nothing(desk: DeskAtWork) -> None:
    desk.desk.shift.begin()
    assert desk.desk.board.status.unnamed == ""
