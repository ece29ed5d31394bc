"""Actions beside the card: what a caller sends stays a value, whatever it is."""

import queue
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.action_runner import Actions, Opener
from app.actions import ActionSettings, Opening, openings
from app.call import Call, rehearsal
from app.clock import Clock
from app.errors import UserError
from app.pop import Pop, PopState
from app.settings import Settings
from app.settings_layers import load_settings

URL = "https://crm.example/open?no={number}&who={name}"


def rung(name: str = "鈴木", **more: object) -> Call:
    call = rehearsal(Pop(PopState.NOBODY), Clock())
    call.ring = replace(call.ring, name=name, line_name="Main shop", dialled="0312345678", **more)  # type: ignore[arg-type]
    return call


def action(url: str = URL, program: tuple[str, ...] = (), on: str = "click", line: str = "") -> ActionSettings:
    return ActionSettings("CRM", on, line, "" if program else url, program)  # type: ignore[arg-type]


def load(tmp_path: Path, user: str, machine: str = "", environ: dict[str, str] | None = None) -> Settings:
    for name, text in (("user.toml", user), ("machine.toml", machine)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return load_settings(tmp_path / "user.toml", tmp_path / "machine.toml", environ or {})


@given(st.text(max_size=300))
def test_whatever_the_caller_is_called_the_url_goes_to_the_same_place(name: str) -> None:
    (made,) = openings([action()], "click", rung(name))
    parts = urlsplit(made.url)
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("https", "crm.example", "/open", "")
    assert list(parse_qs(parts.query, keep_blank_values=True)) == ["no", "who"]
    assert all(unicodedata.category(char)[0] != "C" for char in unquote(made.url))


@given(st.text(max_size=300))
def test_whatever_the_caller_is_called_it_is_one_argument_and_no_option(name: str) -> None:
    (made,) = openings([action(program=("/bin/crm", "{name}", "--number={number}"))], "click", rung(name))
    program, who, number = made.program
    assert (program, number) == ("/bin/crm", "--number=+81312345678")
    assert not who.startswith(("-", "/", "@"))
    assert "\x00" not in who
    assert "\n" not in who


def test_the_values_are_those_of_the_call() -> None:
    (made,) = openings([action("http://crm/{line}/{number}?x={extension}")], "click", rung())
    assert made.url == "http://crm/Main%20shop/%2B81312345678?x="


def test_a_page_of_nobody_is_not_opened() -> None:
    assert openings([action("https://crm.example/{customer_no}")], "click", rung()) == []


def test_lines_and_events_choose() -> None:
    actions = [action(on="ring"), action(on="ring", line="Main shop"), action(on="ring", line="Other"), action()]
    assert len(openings(actions, "ring", rung())) == 2


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "javascript:alert({number})", "https://{name}/x", "https://{name}.crm.example/", "crm",
        "https://me@evil/{number}", "https:///x", "https://crm\n/x",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_at_start(tmp_path: Path, url: str) -> None:
    spelled = url.replace("\n", "\\n")
    with pytest.raises(UserError) as error:
        load(tmp_path, f'[[action]]\nname = "CRM"\nurl = "{spelled}"\n')
    assert "CRM" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_place_that_is_not_known_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\{nummer\}"):
        load(tmp_path, '[[action]]\nname = "CRM"\nurl = "https://crm/{nummer}"\n')


def test_only_the_machines_settings_allow_programs(tmp_path: Path) -> None:
    wanted, allowed = '[[action]]\nname = "CRM"\nprogram = ["/bin/crm", "{number}"]\n', "[desk]\nprograms = true\n"
    assert load(tmp_path, wanted, allowed).actions[0].program == ("/bin/crm", "{number}")
    with pytest.raises(UserError, match="not allowed here"):
        load(tmp_path, wanted)
    with pytest.raises(UserError, match="counts only in the machine's settings"):
        load(tmp_path, allowed + wanted)
    with pytest.raises(UserError, match="counts only in the machine's settings"):
        load(tmp_path, wanted, environ={"OMOTE_DESK_PROGRAMS": "true"})
    with pytest.raises(UserError, match="not allowed here"):
        load(tmp_path, "[desk]\nprograms = false\n" + wanted, allowed)


@pytest.mark.parametrize("program", ['["{name}"]', '["c:/crm.bat", "{name}"]'])
def test_a_program_is_written_out_and_no_batch_file(tmp_path: Path, program: str) -> None:
    with pytest.raises(UserError, match="not written out"):
        load(tmp_path, f'[[action]]\nname = "CRM"\nprogram = {program}\n', "[desk]\nprograms = true\n")


def test_a_program_gets_its_arguments_as_they_are(tmp_path: Path) -> None:
    out = tmp_path / "seen"
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.argv[2], encoding='utf-8')"
    opener = Opener()
    name = "髙橋 $(rm -rf x); `id` \"&' | %PATH%"
    opener(Opening("CRM", program=(sys.executable, "-c", script, str(out), name)))
    (started,) = opener._started
    assert isinstance(started, subprocess.Popen)
    assert started.wait(timeout=20) == 0
    assert out.read_text(encoding="utf-8") == name


@pytest.mark.expected_log("action: CRM could not be started")
def test_a_program_that_is_not_there_is_told_in_words() -> None:
    posted: queue.SimpleQueue[str] = queue.SimpleQueue()
    actions = Actions([action(program=("/nowhere/crm",))], lambda fn, *args: fn(*args))
    actions.told = posted.put
    (opening,) = actions.buttons(rung())
    actions.open(opening)
    assert posted.get(timeout=20).startswith("CRM could not be started: ")


def test_a_test_call_opens_nothing() -> None:
    opened: queue.SimpleQueue[Opening] = queue.SimpleQueue()
    actions = Actions([action(on="ring")], lambda fn, *args: fn(*args), opened.put)
    actions.rang(rung(is_test=True))
    actions.rang(rung())
    assert opened.get(timeout=20).name == "CRM"
    assert opened.empty()
