"""The trace's lines as scripts rely on them: names, order, shapes, stamps, and what is masked."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import LineSettings
from app.trace import Stamps, Trace, appending_to
from cti.events import Danger, SourceWarned, Verstat, Withheld
from db.demo import COMPANY_NUMBER, CUSTOMER_NUMBER
from tests.app.desk_at_work import NOW, DeskAtWork, answered, ended, offered

FIELDS = [
    "v", "type", "at", "call", "source", "source_id", "direction", "number", "name", "withheld", "dialled", "line",
    "identity_from", "verstat", "candidates", "opened", "why_no_pop", "stamps_us", "legs",
    "queue", "waited_ms", "held_ms", "named_by",
]  # fmt: skip
STATIONS = ["received", "parsed", "matched", "shown", "painted"]


def test_the_line_of_an_offered_call_has_the_names_and_the_order_that_scripts_rely_on(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = desks(lines=[LineSettings("0312345678", "Main shop")])
    desk.hear(offered(CUSTOMER_NUMBER, name="Takahashi"))
    (line,) = desk.trace("offered")
    assert list(line) == FIELDS
    assert (line["v"], line["at"], line["direction"]) == (1, "2026-11-21T05:12:00.000Z", "in")
    assert (line["number"], line["name"], line["withheld"]) == ("+81335814111", "Takahashi", None)
    assert (line["dialled"], line["line"], line["why_no_pop"]) == ("0312345678", "Main shop", None)
    assert line["candidates"] == [{"customer": "C-000001", "reason": "exact"}]
    assert (line["opened"], line["call"]) == ("C-000001", str(desk.call().id))


def test_the_stamps_stand_in_the_order_of_the_road_and_only_grow(desk: DeskAtWork) -> None:
    desk.hear(offered())
    assert list(desk.trace("offered")[0]["stamps_us"]) == STATIONS
    assert desk.trace("offered")[0]["stamps_us"]["painted"] is None
    desk.desk.painted(desk.call().id, next(desk.time.ticks))
    stamps = desk.trace("pop")[0]["stamps_us"]
    assert (list(stamps), stamps["received"], stamps["parsed"]) == (STATIONS, 0, 1)
    assert list(stamps.values()) == sorted(stamps.values())
    assert len(set(stamps.values())) == 5


def test_a_name_painted_twice_is_one_pop(desk: DeskAtWork) -> None:
    desk.hear(offered())
    desk.desk.painted(desk.call().id, 5_000_000)
    desk.desk.painted(desk.call().id, 6_000_000)
    assert [line["stamps_us"]["painted"] for line in desk.trace("pop")] == [4_999]


def test_a_paint_that_comes_after_the_call_has_gone_is_no_line(desk: DeskAtWork) -> None:
    desk.hear(offered(), ended())
    call_id = desk.call().id
    desk.desk.finish(call_id)
    desk.settle()
    desk.desk.painted(call_id, 5_000_000)
    assert desk.trace("pop") == []


def test_answered_says_by_whom_and_ended_says_why_after_all_other_fields(desk: DeskAtWork) -> None:
    desk.hear(offered(), answered(by="sato"), ended())
    assert [*FIELDS, "by"] == list(desk.trace("answered")[0])
    assert [*FIELDS, "why"] == list(desk.trace("ended")[0])
    assert (desk.trace("answered")[0]["by"], desk.trace("ended")[0]["why"]) == ("sato", "cancelled")


def test_candidates_stand_best_first_and_nothing_is_opened_among_several(desk: DeskAtWork) -> None:
    desk.hear(offered(COMPANY_NUMBER))
    (line,) = desk.trace("offered")
    assert [one["reason"] for one in line["candidates"]] == ["exact", "switchboard", "switchboard", "switchboard"]
    assert line["opened"] is None


def test_a_number_that_no_network_knows_stands_as_it_was_received(desk: DeskAtWork) -> None:
    desk.hear(offered("12"))
    assert desk.trace("offered")[0]["number"] == "12"


def test_masked_traces_show_neither_the_number_nor_a_number_sent_as_the_name(
    desks: Callable[..., DeskAtWork],
) -> None:
    desk = desks(mask_numbers=True)
    desk.hear(offered(CUSTOMER_NUMBER, name="0335814111"), answered(), ended())
    desk.desk.painted(desk.call().id, 5_000_000)
    assert [line["number"] for line in desk.traced] == ["+81*******11"] * 4
    assert "35814111" not in json.dumps(desk.traced)
    assert desk.trace("offered")[0]["opened"] == "C-000001"


def test_a_withheld_reason_stands_in_the_line_without_a_number(desk: DeskAtWork) -> None:
    desk.hear(offered("", withheld=Withheld.SERVICE_CONFLICT))
    assert (desk.traced[0]["withheld"], desk.traced[0]["number"]) == ("service_conflict", "")


def test_stamps_without_a_datagram_are_all_unknown_and_the_first_reading_counts() -> None:
    stamps = Stamps()
    stamps.mark("matched", 5_000)
    assert set(stamps.microseconds().values()) == {None}
    stamps.mark("received", 1_000)
    stamps.mark("matched", 9_000)
    assert stamps.microseconds() == {"received": 0, "parsed": None, "matched": 4, "shown": None, "painted": None}


@given(st.text(), st.text())
def test_whatever_a_caller_is_called_is_one_line_that_reads_back(name: str, number: str) -> None:
    lines: list[str] = []
    Trace(lines.append).write("offered", NOW, name=name, number=number)
    assert "\n" not in lines[0]
    assert "\r" not in lines[0]
    read: dict[str, Any] = json.loads(lines[0])
    assert (read["name"], read["number"]) == (name, number)


def test_the_file_grows_by_a_line_and_is_begun_anew_when_it_was_moved_away(tmp_path: Path) -> None:
    path = tmp_path / "traces" / "calls.jsonl"
    write_line = appending_to(path)
    write_line('{"a": "髙橋"}')
    write_line("{}")
    assert path.read_text("utf-8") == '{"a": "髙橋"}\n{}\n'
    path.rename(tmp_path / "kept.jsonl")
    write_line("{}")
    assert path.read_text("utf-8") == "{}\n"


def test_a_file_that_has_grown_large_makes_room_and_keeps_what_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.trace._LARGEST", 10)
    write_line = appending_to(tmp_path / "calls.jsonl")
    for line in ("first line", "second line", "third line"):
        write_line(line)
    assert (tmp_path / "calls.jsonl").read_text() == "third line\n"
    assert (tmp_path / "calls.1.jsonl").read_text() == "second line\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes; the profile's folder is the user's own")
def test_traces_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "traces" / "calls.jsonl"
    appending_to(path)("{}")
    assert [stat.S_IMODE(one.stat().st_mode) & 0o077 for one in (path, path.parent)] == [0, 0]


@pytest.mark.parametrize("verstat", [None, *Verstat])
def test_every_line_says_what_the_network_says_of_the_number(desk: DeskAtWork, verstat: Verstat | None) -> None:
    desk.hear(offered(CUSTOMER_NUMBER, verstat=verstat), answered(), ended())
    assert {line["verstat"] for line in desk.traced} == {verstat}
    (line,) = desk.trace("offered")
    assert line["opened"] == (None if verstat is Verstat.FAILED else "C-000001")


def test_dangers_of_a_source_have_a_line_of_their_own_and_so_has_their_end(desk: DeskAtWork) -> None:
    beside = ((Danger.SHARED_EXTENSION, "201@192.0.2.7"), (Danger.KEEPS_RINGING, "201@192.0.2.7"))
    desk.hear(SourceWarned("desk phone", beside, NOW))
    desk.hear(SourceWarned("trunk", ((Danger.ANOTHER_OMOTE, "192.0.2.9"),), NOW))
    assert len(desk.screen.statuses[-1].dangers) == 3
    desk.hear(SourceWarned("desk phone", (), NOW))
    first, _, last = desk.trace("warned")
    assert list(first) == ["v", "type", "at", "source", "dangers"]
    assert first["dangers"][1] == {"danger": "keeps_ringing", "who": "201@192.0.2.7"}
    assert (last["source"], last["dangers"]) == ("desk phone", [])
    assert [one.source for one in desk.screen.statuses[-1].dangers] == ["trunk"]
