"""docs/diagnose.md lists every message of `omote diagnose`; with `OMOTE_RENEW_FINDINGS=1` this test writes it anew."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.app import finding_page
from tests.app.finding_page import BEGIN, END, FILES, LEVELS, ROOT, messages, said, table

PAGES = {"en": ROOT / "docs" / "diagnose.md", "ja": ROOT / "docs" / "diagnose.ja.md"}


@pytest.mark.parametrize("language", PAGES)
def test_the_page_lists_every_message(language: str) -> None:
    page = PAGES[language]
    before, begin, rest = page.read_text("utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    assert begin
    assert end
    renewed = f"{before}{BEGIN}\n{table(language)}\n{END}{after}"
    if os.environ.get("OMOTE_RENEW_FINDINGS"):
        page.write_text(renewed, "utf-8")
    assert page.read_text("utf-8") == renewed, "OMOTE_RENEW_FINDINGS=1 writes it anew"


def test_no_place_that_makes_a_finding_is_overlooked() -> None:
    made = {
        (path.name, call.lineno, _first(call))
        for path in FILES
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in LEVELS
    }
    listed = {one.text[0] for one in messages() if one.text}
    assert len(made) > 60
    assert [one for one in made if one[2] and one[2] not in listed] == []


def _first(call: ast.Call) -> str:
    """The words that stand in the call itself; "" where they come from elsewhere."""
    words = [one for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return str(words[0].value) if words else ""


def test_every_message_that_wants_something_says_what_to_do_in_both_languages() -> None:
    for one in messages():
        if one.level != "ok" and "{why}" not in said(one.text, "en"):
            assert one.do, one
        for words in (one.text, one.do):
            japanese = said(words, "ja")
            assert any(ord(char) > 0x3000 for char in japanese) or words in ((), finding_page.UNKNOWN), one


def test_programs_get_them_as_json() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.app.finding_page"], cwd=ROOT, capture_output=True, check=True, timeout=60
    )
    told = json.loads(done.stdout)
    assert {"check", "level", "text_en", "text_ja", "do_en", "do_ja"} <= told[0].keys()
    assert len(told) == len(messages())


def test_page_is_found_by_whoever_reads_of_the_command() -> None:
    assert "(diagnose.md" in Path(ROOT / "docs" / "it.md").read_text("utf-8")
    assert "(diagnose.ja.md" in Path(ROOT / "docs" / "it.ja.md").read_text("utf-8")
