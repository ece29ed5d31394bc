"""Several sources tell of one call: which said what stands in its trace, and a number that one withholds nowhere."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.trace import appending_to, lines_about
from app.trace_forgetting import forgetting_in
from app.why import story
from cti.events import CallAnswered, IdentityFrom, Withheld
from db.demo import CUSTOMER_NUMBER
from tests.app.desk_at_work import NOW, SAVE_MS, DeskAtWork, ended, offered

STRANGER, TAIL = "0477123456", "77123456"
HIDDEN = Withheld.ANONYMOUS
PUSH, PBX = IdentityFrom.PUSH, IdentityFrom.AMI


@pytest.fixture
def desk(desks: Callable[..., DeskAtWork]) -> DeskAtWork:
    """One that hears of calls by a push too."""
    made = desks(announcers=("push",), own_phones={"pbx": "201"})
    made.empty_log()
    return made


def said(desk: DeskAtWork) -> dict[str, dict[str, Any]]:
    """What each source said, by the newest line."""
    return {leg["source"]: leg["said"] for leg in desk.traced[-1]["legs"]}


def everything_kept(folder: Path) -> str:
    """All that stands in the desk's files, as whoever opens them reads it."""
    told = [path.read_text("utf-8") for path in folder.rglob("*.jsonl")]
    for path in folder.rglob("*.db"):
        with sqlite3.connect(path) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in tables:
                if "_fts" not in name and "_search" not in name:
                    told.append(repr(connection.execute(f'SELECT * FROM "{name}"').fetchall()))
        connection.close()
    return "\n".join(told)


def test_the_trace_tells_what_each_source_said_and_who_is_believed(desk: DeskAtWork) -> None:
    desk.hear(
        offered("0399999999", source="push", name="Tanaka", dialled="", identity=PUSH),
        offered(CUSTOMER_NUMBER, "b", source="pbx", linked="1.7", after=0.1, identity=PBX),
    )
    assert desk.traced[-1]["type"] == "offered", "two numbers without a linked id are two callers"
    desk.hear(ended(source="push"), ended("b", source="pbx"))
    desk.hear(
        offered("0399999999", "c", source="push", name="Tanaka", dialled="", linked="1.8", identity=PUSH),
        offered(CUSTOMER_NUMBER, "d", source="pbx", linked="1.8", after=0.1, identity=PBX),
        ended("d", source="pbx"),
    )
    line = desk.traced[-1]
    assert (line["number"], line["identity_from"], line["named_by"]) == ("+81335814111", "ami", "pbx")
    assert [(one["number"], one["name"], one["dialled"]) for one in said(desk).values()] == [
        ("0399999999", "Tanaka", ""), (CUSTOMER_NUMBER, "", "0312345678"),
    ]  # fmt: skip
    lines = lines_about(desk.trace_file, line["call"])
    assert "The source pbx is believed." in story(lines)
    assert "push said another number: 03-9999-9999." in story(lines)


def test_sources_that_say_the_same_are_told_once_each(desk: DeskAtWork) -> None:
    desk.hear(
        offered("+81335814111", source="push", name="TAKAHASHI I", identity=PUSH),
        offered(CUSTOMER_NUMBER, "b", source="pbx", name="Takahashi", after=0.2, identity=PBX),
    )
    assert desk.call().ring.name == "Takahashi", "the better witness's word"
    desk.hear(ended("b", source="pbx"))
    told = story(lines_about(desk.trace_file, desk.traced[-1]["call"]))
    assert told[1:3] == ["The source pbx is believed.", "push said the same."]
    assert [line["type"] for line in desk.traced] == ["offered", "ended"], "that is no other caller"


def test_one_source_alone_needs_no_word_about_it(desk: DeskAtWork) -> None:
    desk.hear(offered(source="pbx"), ended(source="pbx"))
    assert not [one for one in story(lines_about(desk.trace_file, desk.traced[-1]["call"])) if "believed" in one]


def test_what_sources_said_is_masked_where_numbers_are(desks: Callable[..., DeskAtWork]) -> None:
    desk = desks(mask_numbers=True)
    desk.hear(offered(CUSTOMER_NUMBER, name=CUSTOMER_NUMBER), offered(CUSTOMER_NUMBER, "b", source="mobile", after=0.1))
    desk.hear(ended("b", source="mobile"), ended())
    assert CUSTOMER_NUMBER[-6:] not in json.dumps(desk.traced)
    assert "*" in said(desk)["mobile"]["number"]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("linked", ["1.7", ""])
def test_a_number_that_one_source_withholds_is_in_no_file_and_on_no_card(
    desk: DeskAtWork, order: int, linked: str
) -> None:
    """The push tells it in clear; the operator writes meanwhile, and all has reached records, drafts and trace."""
    clear = offered(STRANGER, "a", source="push", name=STRANGER, linked=linked, identity=PUSH)
    hiding = offered("", "b", source="mobile", withheld=HIDDEN, linked=linked, after=0.1)
    first, second = (clear, hiding)[::order]
    desk.hear(first)
    desk.type("asks about invoice", first.source_id)
    desk.wait(SAVE_MS)
    desk.wait_until_kept(first.source_id)
    desk.hear(second)
    desk.wait(SAVE_MS)
    desk.wait_until_kept(first.source_id)
    desk.hear(CallAnswered("mobile", "b", None, NOW), ended("a", source="push"))
    (call,) = list(desk.desk.calls)
    assert (call.ring.number.raw, call.ring.name, call.ring.withheld) == ("", "", HIDDEN)
    kept = everything_kept(desk.folder)
    assert "asks about invoice" in kept
    assert TAIL not in kept
    lines = lines_about(desk.trace_file, str(call.id))
    assert lines
    assert TAIL not in " ".join(story(lines))
    assert said(desk)["push"]["hidden"] is True


def test_lines_of_other_calls_and_all_that_is_no_number_stay(tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    write = appending_to(file)
    mine = {"type": "offered", "call": "A", "number": STRANGER, "candidates": [{"customer": "C-1"}], "opened": "C-1"}
    other = {"type": "offered", "call": "B", "number": STRANGER, "why": "A"}
    legs = {"type": "ended", "call": "A", "legs": [{"source": "push", "said": {"number": STRANGER, "queue": "q"}}]}
    for line in (mine, other, legs):
        write(json.dumps(line))
    write('{"call": "A", "number": "' + STRANGER)
    forgetting_in(file)("A")
    told = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert told == [
        {"type": "offered", "call": "A", "number": "", "candidates": [], "opened": None},
        other,
        {"type": "ended", "call": "A", "legs": [{"source": "push", "said": {"number": "", "queue": "q", "name": ""}}]},
    ]
    assert list(tmp_path.iterdir()) == [file]


def test_the_file_before_is_rewritten_too_and_none_is_made(tmp_path: Path) -> None:
    file = tmp_path / "calls.jsonl"
    forgetting_in(file)("A")
    assert not list(tmp_path.iterdir())
    before = tmp_path / "calls.1.jsonl"
    before.write_text(json.dumps({"call": "A", "number": STRANGER}) + "\n", "utf-8")
    before.chmod(0o600)
    forgetting_in(file)("A")
    assert TAIL not in before.read_text("utf-8")
    assert before.stat().st_mode & 0o777 == 0o600
