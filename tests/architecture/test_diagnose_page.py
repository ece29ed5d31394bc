"""docs/diagnose.md and its Japanese page have every message of `omote diagnose` in the program's own words.

`OMOTE_RENEW_FINDINGS=1 ./run test tests/architecture/test_diagnose_page.py` writes their tables anew.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.diagnosis import machine, program, sip
from tests.architecture.finding_messages import UNKNOWN, Message, Program

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"en": ROOT / "docs/diagnose.md", "ja": ROOT / "docs/diagnose.ja.md"}
HEADS = {"en": "| | message | what to do |", "ja": "| | メッセージ | 対処 |"}
CHECKS = {  # group -> check -> where its function is
    "program": {name: (one.__module__, one.__name__) for name, one in program.OF_PROGRAM},
    "pc": {name: (one.__module__, one.__name__) for name, one in machine.OF_MACHINE},
    "sip": {name: (one.__module__, one.__name__) for name, one in sip.CHECKS},
    "ami": {name: ("app.diagnosis.ami", name) for name in ("answer", "account", "presentation")},
    "ncid": {"server": ("app.diagnosis.ncid", "_server")},
    "updates": {"updates": ("app.updates.words", "finding")},
}
WORDS_WITHIN = [
    ("app.trouble_words", "trouble_words"),
    *(("app.network_words", f"_of_{what}") for what in ("tls", "files", "system")),
]


def translation(language: str) -> Callable[[str], str]:
    if language == "en":
        return lambda text: text
    with (ROOT / "app/locale/ja/LC_MESSAGES/omote.po").open("rb") as file:
        told = {(one.id if isinstance(one.id, str) else one.id[1]): one.string for one in read_po(file) if one.id}
    return lambda text: told[text] if isinstance(told[text], str) else told[text][-1]


def written(messages: list[Message], language: str) -> str:
    words = translation(language)
    rows = [f"| {words(one.level)} | {cell(one.text)} | {cell(one.todo)} |" for one in messages if one.text != UNKNOWN]
    return "\n".join([HEADS[language], "|---|---|---|", *rows])


def cell(text: str) -> str:
    return re.sub(r"(?<!\\)([|<*_])", r"\\\1", text)


def renewed(page: str, language: str) -> str:
    """With each table as the program has it today."""
    says = Program(translation(language))
    for group, checks in CHECKS.items():
        for name, where in checks.items():
            begin, end = f"<!-- messages: {group} {name} -->\n", "\n<!-- end -->"
            assert begin in page, f"{language}: nothing is told of {group} {name}"
            head, rest = page.split(begin, 1)
            page = head + begin + written(says.messages(*where), language) + end + rest.split(end, 1)[1]
    return page


@pytest.mark.parametrize("language", PAGES)
def test_every_message_stands_on_the_page_as_the_program_says_it(language: str) -> None:
    now = PAGES[language].read_text("utf-8")
    wanted = renewed(now, language)
    if os.environ.get("OMOTE_RENEW_FINDINGS"):
        PAGES[language].write_text(wanted, "utf-8")
        return
    assert now == wanted, "OMOTE_RENEW_FINDINGS=1 writes it anew; say above the table what is new"


@pytest.mark.parametrize("language", PAGES)
def test_every_reason_in_brackets_is_told(language: str) -> None:
    page, says = PAGES[language].read_text("utf-8"), Program(translation(language))
    assert [one for where in WORDS_WITHIN for one in says.said_by(*where) if cell(one) not in page] == []


@pytest.mark.parametrize("language", PAGES)
def test_whatever_wants_something_says_what_to_do(language: str) -> None:
    says = Program(translation(language))
    every = [one for checks in CHECKS.values() for where in checks.values() for one in says.messages(*where)]
    silent = [one for one in every if one.level != "ok" and not one.todo]
    assert len(silent) == 1, "the records' trouble has its way out in its own words"


def test_no_part_of_the_program_makes_a_finding_that_no_check_reaches() -> None:
    says = Program(translation("en"))
    reached = {one for checks in CHECKS.values() for where in checks.values() for one in says.reached(*where)}
    assert says.makers() - reached == set()


def test_messages_are_found_whatever_makes_them() -> None:
    """A pair of fact and way out, alternatives, and another function's words: read as they are said."""
    says = Program(translation("en"))
    keyring = says.messages(*CHECKS["pc"]["keyring"])
    assert Message("ok", "the keyring answers.", "") in keyring
    locked = "Unlock it: log out and in with your password. Or set password_file in the settings."
    assert Message("attention", "the keyring is locked.", locked) in keyring
    assert {one.todo for one in says.messages(*CHECKS["sip"]["buffer"])} == {
        "As root: …", "A larger burst of calls may lose some.", "",
    }  # fmt: skip
    assert len([one for checks in CHECKS.values() for where in checks.values() for one in says.messages(*where)]) > 90
