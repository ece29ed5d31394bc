"""What is set on the call log's page means the right days and calls, and is the same after it was kept."""

import json
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from sqlalchemy import insert

from app.calllog.asked import PAGE, Asked, Order, Where, read_page
from app.calllog.parts import Part, parts_set, without
from app.calllog.recording import check_recording, recording_of
from app.calllog.view import ANY_WITHHELD, USUAL_COLUMNS, Period, View, asked_by, told, understood
from app.errors import UserError
from app.exporting.log_table import COLUMNS, log_table
from app.exporting.writers import Lacking, write
from db.call_log.filters import LogFilter
from db.call_log.story import CallStory, LegTold
from db.calls import CallRow, save_call
from db.engine import open_engine, reading, writing
from db.kinds import Direction, Outcome, Withheld
from db.migrate import bring_up_to_date
from db.models import customer
from db.wrap_up import WrapUp, finish_call

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FULL = View(
    Period.DAYS, date(2026, 1, 1), date(2026, 2, 1), "in", ("missed", "offered"), ("本店", "採用"),
    ("sales",), (3, 5), (4,), ANY_WITHHELD, 5, "髙橋",
    10, 60,
    "配送", Where.NOTES, Order.TALK, is_rising=True, columns=("time", "note"),
)  # fmt: skip


@pytest.mark.parametrize("view", [View(), FULL, View(period=Period.WEEK, withheld="payphone")])
def test_a_view_that_was_kept_is_the_same_again(view: View) -> None:
    assert understood(told(view)) == view


def test_what_is_as_usual_is_not_kept() -> None:
    assert json.loads(told(View(lines=("本店",)))) == {"lines": ["本店"]}


def test_a_view_of_the_time_when_one_of_each_was_chosen_is_still_understood() -> None:
    kept = '{"outcome": "missed", "line": "本店", "queue": "sales", "operator": 3, "disposition": 4, "talk_from": 10}'
    assert understood(kept) == View(
        outcomes=("missed",), lines=("本店",), queues=("sales",), operators=(3,), dispositions=(4,), talk_from=10
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "[]",
        "{",
        '{"period": "someday", "outcome": "lost", "talk_from": "x", "columns": ["none"], "new": 1}',
        '{"outcomes": ["lost"], "lines": "abc", "operators": ["x"], "queues": null}',
    ],
)
def test_a_view_that_is_spoilt_is_as_usual(spoilt: str) -> None:
    assert understood(spoilt) == View()
    assert View().columns == USUAL_COLUMNS


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.TODAY, date(2026, 3, 2), date(2026, 3, 3)),
        (Period.YESTERDAY, date(2026, 3, 1), date(2026, 3, 2)),
        (Period.WEEK, date(2026, 2, 24), date(2026, 3, 3)),
        (Period.THIS_MONTH, date(2026, 3, 1), date(2026, 3, 3)),
        (Period.LAST_MONTH, date(2026, 2, 1), date(2026, 3, 1)),
    ],
)
def test_a_period_is_whole_days_of_this_pcs_clock(period: Period, first: date, last: date) -> None:
    wanted = asked_by(View(period), TODAY).wanted
    assert wanted.start is not None
    assert wanted.end is not None
    assert (wanted.start.astimezone().date(), wanted.end.astimezone().date()) == (first, last)
    assert wanted.start.astimezone().hour == wanted.end.astimezone().hour == 0


def test_every_filter_of_a_view_is_asked() -> None:
    asked = asked_by(FULL, TODAY)
    assert asked.wanted == LogFilter(
        asked.wanted.start, asked.wanted.end, (Direction.IN,), (Outcome.MISSED, Outcome.OFFERED), tuple(Withheld),
        ("本店", "採用"), ("sales",), (3, 5), (4,), 5, 10, 60,
    )  # fmt: skip
    assert (asked.text, asked.where, asked.order) == ("配送", Where.NOTES, (Order.TALK, True))
    assert "text" in asked.set_parts
    assert "配送" not in str(asked.set_parts)


def test_each_part_that_is_set_can_be_dropped_alone() -> None:
    assert parts_set(View(columns=("time",), is_rising=True)) == ()
    assert parts_set(FULL) == tuple(Part)
    left = FULL
    for part in Part:
        left = without(left, part)
    assert replace(left, where=Where.PEOPLE, order=Order.TIME, is_rising=False, columns=USUAL_COLUMNS) == View()


def _made(folder: Path, many: int) -> None:
    engine = open_engine("sqlite", folder)
    bring_up_to_date(engine)
    with writing(engine) as connection:
        row = {"id": 1, "customer_no": "C-1", "kind": "person", "name": "=HYPERLINK(1)", "lifecycle_stage": "active"}
        connection.execute(insert(customer), row | {"created_at": NOON})
        for number in range(many):
            key = UUID(int=number + 1)
            save_call(
                connection,
                CallRow(
                    key, "desk phone", f"{number}@pbx", Direction.IN, NOON.replace(minute=number % 60),
                    Outcome.ANSWERED, "0312345678", 81312345678, line="本店", answered_at=NOON.replace(minute=59),
                    ended_at=NOON.replace(hour=13), customer_id=1, operator="sato",
                ),
            )  # fmt: skip
            finish_call(connection, WrapUp(key, 1, "sato", NOON, "+1+1 配送の件", "", "inquiry.delivery"))
    engine.dispose()


def test_pages_join_without_a_gap_or_a_call_twice(tmp_path: Path) -> None:
    _made(tmp_path, PAGE * 2 + 5)
    engine = open_engine("sqlite", tmp_path)
    for asked in (Asked(), Asked(text="配送", where=Where.NOTES), Asked(text="090"), Asked(text="0312")):
        with reading(engine) as connection:
            page = read_page(connection, asked, None)
            keys = [one.call_id for one in page.lines]
            while page.behind is not None:
                page = read_page(connection, asked, page.behind)
                keys += [one.call_id for one in page.lines]
        assert len(keys) == len(set(keys)) == (0 if asked.text == "090" else PAGE * 2 + 5)
    engine.dispose()


def test_an_exported_sheet_has_text_as_text_and_seconds_as_numbers(tmp_path: Path) -> None:
    _made(tmp_path, 3)
    engine = open_engine("sqlite", tmp_path)
    written = write([log_table(Asked(), engine)], tmp_path / "calls.xlsx", "utf-8", Lacking.REFUSED)
    engine.dispose()
    assert written.rows == 3
    sheet = openpyxl.load_workbook(tmp_path / "calls.xlsx")["calls"]
    headings, first, *_rest = sheet.iter_rows()
    assert tuple(one.value for one in headings) == COLUMNS
    cells = dict(zip(COLUMNS, first, strict=True))
    assert {name: cells[name].data_type for name in ("at", "customer_name", "note", "number", "wait_seconds")} == {
        "at": "d", "customer_name": "s", "note": "s", "number": "s", "wait_seconds": "n",
    }  # fmt: skip
    assert (cells["customer_name"].value, cells["note"].value) == ("=HYPERLINK(1)", "+1+1 配送の件")
    assert cells["at"].value == NOON.replace(minute=2).astimezone().replace(tzinfo=None)
    assert (cells["talk_seconds"].value, cells["disposition"].value) == (60, "Inquiry › Delivery")


def test_libreoffice_finds_times_seconds_and_texts_and_no_formula(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: what it makes of an exported call log was NOT tested")
    _made(tmp_path, 3)
    engine = open_engine("sqlite", tmp_path)
    write([log_table(Asked(), engine)], tmp_path / "calls.xlsx", "utf-8", Lacking.REFUSED)
    engine.dispose()
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = [office, home, "--headless", "--convert-to", "fods", "--outdir", tmp_path, tmp_path / "calls.xlsx"]
    subprocess.run(convert, check=True, capture_output=True, timeout=100)
    opened = (tmp_path / "calls.fods").read_text(encoding="utf-8")
    kinds = Counter(re.findall(r'office:value-type="([a-z]+)"', opened))
    assert (kinds["date"], kinds["float"], set(kinds)) == (3, 6, {"date", "float", "string"})
    assert "table:formula" not in opened
    assert "<text:p>=HYPERLINK(1)</text:p>" in opened
    assert "<text:p>+1+1 配送の件</text:p>" in opened


STORY = CallStory(
    UUID(int=1), "pbx", "a b@pbx", "", "0312345678", "", "", "", "", "", NOON, None, NOON, NOON, None, None,
    (LegTold("201", "", NOON, None, None, None, None), LegTold("202", "", NOON, NOON, None, None, None)), (), (), (),
)  # fmt: skip


def test_a_recordings_address_is_made_of_what_the_call_says() -> None:
    opening = recording_of("https://rec.example/{linked_id}?n={number}&x={extension}&t={unix}", STORY)
    assert opening is not None
    assert opening.url == f"https://rec.example/a%20b%40pbx?n=0312345678&x=202&t={int(NOON.timestamp())}"


def test_what_nobody_answered_was_not_recorded_and_without_a_template_nothing_is_offered() -> None:
    assert recording_of("https://rec.example/{source_id}", STORY._replace(answered_at=None)) is None
    assert recording_of("", STORY) is None


@pytest.mark.parametrize("template", ["ftp://rec/{date}", "https://{number}/", "https://rec.example/{customer}"])
def test_a_template_that_leads_nowhere_is_refused(template: str) -> None:
    with pytest.raises(UserError, match="recording_url"):
        check_recording(template, "settings.toml")
    check_recording("https://rec.example/{date}/{source_id}.wav", "settings.toml")
