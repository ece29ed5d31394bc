"""On a real X screen, with a real keyboard: a call is wrapped up from note to finish without the mouse."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.demo import CUSTOMER_NUMBER
from db.engine import FILE_NAME
from tests.end_to_end.running_program import Folder, RunningProgram, environment, wait_for
from tests.end_to_end.screen import Screen
from tests.end_to_end.test_real_windows import click_into_the_note

REQUIRED = """
[[disposition]]
code = "sofa"
ja = "ソファ"
en = "Sofas"
[[disposition]]
code = "bed"
ja = "ベッド"
en = "Beds"
"""


@pytest.fixture
def program(tmp_path: Path, records: Path, screen: Screen) -> Iterator[RunningProgram]:
    folder = Folder(tmp_path / "profile", records, more=REQUIRED)
    settings = folder.path / "settings.toml"
    text = settings.read_text("utf-8").replace("[desk]\n", "[desk]\ndisposition_required = true\n")
    settings.write_text(text, "utf-8")
    with RunningProgram(folder, environment(**screen.environ)) as running:
        screen.window("today's calls")
        yield running


def rows(folder: Folder, statement: str) -> list[Any]:
    with closing(sqlite3.connect(folder.path / FILE_NAME)) as connection:
        return connection.execute(statement).fetchall()


def test_note_complaint_follow_up_code_and_finish_without_the_mouse(program: RunningProgram, screen: Screen) -> None:
    program.pop(CUSTOMER_NUMBER)
    click_into_the_note(screen, screen.window("ringing – Omote"))
    screen.xdotool("type", "--delay", "8", "the sofa came damaged")
    screen.xdotool("key", "ctrl+k")
    screen.xdotool("type", "--delay", "8", "Damage")
    screen.xdotool("key", "Return")
    complaints = "SELECT category, text FROM complaint WHERE complaint_no LIKE 'K-%'"
    wait_for(lambda: rows(program.folder, complaints) == [("Damage", "the sofa came damaged")], "complaint")
    screen.xdotool("key", "ctrl+j", "Return")
    promised = "SELECT kind FROM follow_up WHERE call_id IS NOT NULL AND done_at IS NULL"
    wait_for(lambda: rows(program.folder, promised) == [("callback",)], "follow-up")
    screen.xdotool("key", "ctrl+Return")
    screen.xdotool("type", "--delay", "8", "sof")
    screen.xdotool("key", "Return")
    screen.xdotool("key", "ctrl+Return")
    chosen = """SELECT d.code FROM interaction i JOIN disposition d ON d.id = i.disposition_id
        WHERE d.code IN ('sofa', 'bed')"""
    wait_for(lambda: rows(program.folder, chosen) == [("sofa",)], "finished call")
    wait_for(lambda: program.folder.drafts() == {}, "end of the draft")
