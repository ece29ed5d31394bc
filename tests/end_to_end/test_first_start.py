"""A desk's first day on a real X screen, by the keyboard alone: three answers, tried, saved; then a real call pops."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.demo import CUSTOMER_NUMBER
from tests.end_to_end.canary import files_below, forms, ha1s, leaks, processes_below
from tests.end_to_end.running_program import ROOT, Folder, RunningProgram, environment, omote, wait_for
from tests.end_to_end.screen import Screen
from tests.end_to_end.test_real_windows import click_into_the_note
from tests.fakes.pbx_on_udp import PbxOnUdp
from tests.fakes.sip_peer import FakeRegistrar, invite

CANARY = "c4n4ry201"
REALM = "lab"  # of the fake registrar


@pytest.fixture
def pbx() -> Iterator[PbxOnUdp]:
    serving = PbxOnUdp(FakeRegistrar(password=CANARY))
    yield serving
    serving.close()


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    return tmp_path / "keyring.json"


@pytest.fixture
def program(tmp_path: Path, records: Path, screen: Screen, keyring: Path) -> Iterator[RunningProgram]:
    """With records and without any settings."""
    folder = Folder(tmp_path / "profile", records)
    (folder.path / "settings.toml").unlink()
    with RunningProgram(
        folder,
        environment(**screen.environ, **with_keyring(keyring)),
        "--language",
        "en",
        module="tests.end_to_end.first_page",
    ) as running:
        screen.window("Omote – First steps")
        yield running


def with_keyring(keyring: Path) -> dict[str, str]:
    """The environment of a program that has this file for a keyring."""
    return {"PYTHON_KEYRING_BACKEND": "tests.fakes.file_keyring.FileKeyring", "OMOTE_TEST_KEYRING": str(keyring)}


def picture(screen: Screen, name: str) -> None:
    """What stands on the screen, for who wants to look."""
    (ROOT / "artefacts").mkdir(exist_ok=True)
    take = "import sys; from PySide6.QtGui import QGuiApplication as A; a = A([]); s = a.primaryScreen()"
    command = [sys.executable, "-c", f"{take}; s.grabWindow(0).save(sys.argv[1])", str(ROOT / "artefacts" / name)]
    subprocess.run(command, env=screen.env, check=True, timeout=30)


def keys(screen: Screen, *names: str) -> None:
    screen.xdotool("key", "--delay", "40", *names)


def write(screen: Screen, text: str) -> None:
    screen.xdotool("type", "--delay", "8", text)


def contact_of(pbx: PbxOnUdp) -> str:
    """Where the PBX would ring us now."""
    return wait_for(lambda: next(iter(pbx.registrar.bindings), ""), "registration")


def ring(pbx: PbxOnUdp, call: str, number: str) -> None:
    """From the PBX itself, to the contact that is registered there."""
    contact = contact_of(pbx)
    user, _at, place = contact.removeprefix("sip:").partition("@")
    host, port = place.partition(";")[0].split(":")
    data = invite(call, caller=f"<sip:{number}@pbx.example>", user=user, via_host=pbx.server, uri=contact)
    pbx.socket.sendto(data, (host, int(port)))


def test_three_answers_by_keyboard_and_a_call_pops(
    program: RunningProgram, screen: Screen, pbx: PbxOnUdp, keyring: Path
) -> None:
    pid = program.process.pid
    keys(screen, "ctrl+a")
    write(screen, "Sato Misaki")
    keys(screen, *["Tab"] * 4)  # the language, try, skip; then the kind of phone, as it is
    keys(screen, "Tab")
    write(screen, pbx.server)
    keys(screen, "Tab")
    write(screen, "201")
    keys(screen, "Tab")
    write(screen, CANARY)
    keys(screen, "Return")
    picture(screen, "first-start-typed.png")
    tried = contact_of(pbx)
    ring(pbx, "tried", CUSTOMER_NUMBER)
    wait_for(lambda: said(program, "A call has come"), "call on the page")
    picture(screen, "first-start-tried.png")
    assert not program.folder.trace("pop"), "the desk hears nothing of what is only tried"
    assert not (program.folder.path / "settings.toml").exists()
    keys(screen, *["Tab"] * 7, "space")  # over the records, which stay on this PC
    settings = program.folder.path / "settings.toml"
    wait_for(settings.exists, "settings")
    wait_for(
        lambda: tried not in pbx.registrar.bindings and pbx.registrar.bindings, "registration of the program itself"
    )
    text = settings.read_text("utf-8")
    assert 'operator = "Sato Misaki"' in text
    assert f'server = "{pbx.server}"' in text
    assert 'username = "201"' in text
    assert CANARY not in text
    assert json.loads(keyring.read_text("utf-8")) == {"omote/phone": CANARY}
    screen.window("today's calls")
    ring(pbx, "real", CUSTOMER_NUMBER)
    popped = program.popped("real")
    picture(screen, "first-start-popped.png")
    assert popped["opened"] is not None
    assert popped["source"] == "phone"
    assert program.process.pid == pid
    assert program.process.poll() is None
    written = files_below(program.folder.path) | processes_below(pid)
    assert [place for place in written if place.endswith("omote.log")]
    assert leaks({"typed": forms(CANARY), "its HA1": ha1s("201", REALM, CANARY)}, written) == []


def test_a_note_that_is_being_written_is_there_again_after_saving(program: RunningProgram, screen: Screen) -> None:
    tell = ("pop", CUSTOMER_NUMBER, "--call", "told", "--profile", program.folder.path)
    assert omote(*tell, env=program.env).returncode == 0
    card = screen.window("ringing – Omote")
    click_into_the_note(screen, card)
    write(screen, "half a word about the so")
    assert omote(*tell, "--ended", env=program.env).returncode == 0
    main = screen.window("Omote – First steps")
    screen.xdotool("windowactivate", "--sync", main)
    keys(screen, *["Tab"] * 14, "space")  # over all three questions
    wait_for(lambda: "starting again" in program.folder.log(), "new start")
    wait_for(lambda: program.folder.log().count("schema") > 1, "records opened anew")
    screen.window("^Omote$")
    picture(screen, "first-start-note-again.png")
    with closing(sqlite3.connect(program.folder.path / "drafts" / "drafts.db")) as connection:
        assert connection.execute("SELECT body FROM draft").fetchall() == [("half a word about the so",)]
    picture(screen, "first-start-note-again.png")
    assert program.process.poll() is None


def test_the_password_of_a_desk_that_it_has_set_up_is_typed_once(
    tmp_path: Path, screen: Screen, pbx: PbxOnUdp, keyring: Path
) -> None:
    folder = Folder(tmp_path / "profile", None)
    (folder.path / "settings.toml").write_text(
        f'[[source]]\nname = "desk phone"\nserver = "{pbx.server}"\nusername = "201"\n', "utf-8"
    )
    ring_there = with_keyring(keyring)
    with RunningProgram(folder, environment(**screen.environ, **ring_there), "--language", "en") as first:
        main = screen.window("today's calls")
        screen.xdotool("windowactivate", "--sync", main)
        wait_for(lambda: click_and_type(screen, main, keyring), "password in the keyring")
        picture(screen, "password-typed.png")
        contact_of(pbx)
        assert json.loads(keyring.read_text("utf-8")) == {"omote/desk phone": CANARY}
        assert first.stop() == 0
    assert pbx.registrar.bindings == {}
    with RunningProgram(folder, environment(**screen.environ, **ring_there), "--language", "en"):
        contact_of(pbx)
    assert all(CANARY not in one.read_text("utf-8", "replace") for one in folder.path.rglob("*.log*"))


def click_and_type(screen: Screen, main: str, keyring: Path) -> bool:
    """Into the field at the top of the window; not yet there: again."""
    if keyring.exists():
        return True
    screen.xdotool("mousemove", "--window", main, "818", "28", "click", "1")
    keys(screen, "ctrl+a")
    write(screen, CANARY)
    keys(screen, "Return")
    return keyring.exists()


def said(program: RunningProgram, words: str) -> bool:
    """Whether the page has told it."""
    page = program.folder.path / "page.txt"
    return page.exists() and words in page.read_text("utf-8")
