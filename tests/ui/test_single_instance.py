"""One running program per user, desktop and profile: requests, answers, and what a killed one left behind."""

import json
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from app.asking import Reply, Request
from app.errors import UserError
from ui.program_lock import socket_name, take_lock
from ui.single_instance import SingleInstance, ask_for, ask_running

LISTEN_AND_DIE = """
import os, signal, sys
from PySide6.QtCore import QCoreApplication
from ui.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(sys.argv[1], lambda request, reply: None)
print("listening", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
ASK = """
import json, sys
from PySide6.QtCore import QCoreApplication
from ui.single_instance import ask_running
app = QCoreApplication([])
print(json.dumps(ask_running(sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]))))
"""
GARBAGE = [b"not json\n", b"[1, 2]\n", b'"show"\n', b"\xff\xfe\n", b"{}" * 9, b"\n"]
OnRequest = Callable[[Request, Reply], None]
Serve = Callable[..., SingleInstance]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def name(tmp_path: Path) -> str:
    return socket_name(str(tmp_path))


@pytest.fixture
def serve(qtbot: QtBot, name: str) -> Iterator[Serve]:
    """Starts the running program's end; it goes away only when its connections have."""
    made: list[SingleInstance] = []

    def start(on_request: OnRequest, called: str = name) -> SingleInstance:
        made.append(SingleInstance(called, on_request))
        return made[-1]

    yield start
    for one in made:
        one.close()
    qtbot.wait(50)


class Asker:
    """A second start of the program, in a process of its own."""

    def __init__(self, name: str, request: Request, timeout_ms: int = 10_000) -> None:
        command = [sys.executable, "-c", ASK, name, json.dumps(request), str(timeout_ms)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)

    def answer(self, qtbot: QtBot) -> Request | None:
        """What it was told, while this process goes on serving."""
        qtbot.waitUntil(lambda: self.process.poll() is not None, timeout=20_000)
        told: Request | None = json.loads(self.process.communicate(timeout=5)[0])
        return told


def asked(qtbot: QtBot, name: str, request: Request, timeout_ms: int = 10_000) -> Request | None:
    return Asker(name, request, timeout_ms).answer(qtbot)


def shouting(name: str, garbage: bytes) -> QLocalSocket:
    """A stranger who is connected and has said this."""
    stranger = QLocalSocket()
    stranger.connectToServer(name)
    assert stranger.waitForConnected(2000)
    stranger.write(garbage)
    stranger.flush()
    return stranger


def echo(request: Request, reply: Reply) -> None:
    reply({"heard": request})


def test_nobody_answers_where_nothing_runs(name: str) -> None:
    assert ask_running(name, {"do": "show"}, 100) is None


def in_desktops(folder: Path, monkeypatch: pytest.MonkeyPatch, serve: Serve, *sessions: str) -> None:
    """One program of this profile in each, and whoever asks is in none of them."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SESSIONNAME"):
        monkeypatch.delenv(name, raising=False)
    for one in sessions:
        monkeypatch.setenv("XDG_SESSION_ID", one)
        name = socket_name(str(folder))
        (folder / f"{name}.lock").touch()
        serve(echo, name)
    monkeypatch.setenv("XDG_SESSION_ID", "ssh")


def test_who_asks_from_no_desktop_is_told_that_there_are_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    in_desktops(tmp_path, monkeypatch, serve, "c4n4ry-1", "c4n4ry-2")
    with pytest.raises(UserError, match="in 2 desktops"):
        ask_for(tmp_path, {"do": "show"}, 100)


def test_who_asks_from_another_desktop_does_not_reach_into_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serve: Serve
) -> None:
    in_desktops(tmp_path, monkeypatch, serve, "c4n4ry-1")
    monkeypatch.setenv("DISPLAY", ":99")
    assert ask_for(tmp_path, {"do": "show"}, 100) is None


def test_request_reaches_the_running_program_and_its_answer_comes_back(qtbot: QtBot, name: str, serve: Serve) -> None:
    serve(echo)
    request = {"do": "pop", "number": "03-3581-4111", "name": "髙橋 <b>"}
    assert asked(qtbot, name, request) == {"heard": request}
    assert asked(qtbot, name, {"do": "show"}) == {"heard": {"do": "show"}}


def test_answer_may_come_later(qtbot: QtBot, name: str, serve: Serve) -> None:
    waiting: list[Reply] = []

    def on_request(_request: Request, reply: Reply) -> None:
        waiting.append(reply)

    serve(on_request)
    asker = Asker(name, {"do": "ring-me"})
    qtbot.waitUntil(lambda: bool(waiting), timeout=20_000)
    assert asker.process.poll() is None
    waiting[0]({"stamps_us": {"painted": 5000}})
    assert asker.answer(qtbot) == {"stamps_us": {"painted": 5000}}


def test_program_that_does_not_answer_in_time_is_said_to_be_silent(qtbot: QtBot, name: str, serve: Serve) -> None:
    serve(lambda _request, _reply: None)
    assert asked(qtbot, name, {"do": "show"}, 50) == {"error": "no_answer"}


def test_socket_of_a_killed_program_does_not_keep_the_next_one_out(qtbot: QtBot, name: str, serve: Serve) -> None:
    died = subprocess.run(
        [sys.executable, "-c", LISTEN_AND_DIE, name], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert died.stdout == b"listening\n", died.stderr
    assert ask_running(name, {"do": "show"}, 100) is None
    serve(echo)
    assert asked(qtbot, name, {"do": "show"}) == {"heard": {"do": "show"}}


def test_garbage_on_the_socket_hurts_nobody(qtbot: QtBot, name: str, serve: Serve) -> None:
    heard: list[Request] = []

    def on_request(request: Request, reply: Reply) -> None:
        heard.append(request)
        echo(request, reply)

    serve(on_request)
    strangers = [shouting(name, garbage) for garbage in GARBAGE]
    assert asked(qtbot, name, {"do": "show"}) == {"heard": {"do": "show"}}
    assert heard == [{"do": "show"}]
    assert len(strangers) == len(GARBAGE)


@pytest.mark.parametrize("variable", ["DISPLAY", "XDG_SESSION_ID", "SESSIONNAME"])
def test_each_desktop_session_and_each_profile_has_a_socket_of_its_own(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for one in ("DISPLAY", "XDG_SESSION_ID", "SESSIONNAME"):
        monkeypatch.delenv(one, raising=False)
    names = [socket_name("/profile"), socket_name("/other")]
    monkeypatch.setenv(variable, ":7")
    names.append(socket_name("/profile"))
    assert len(set(names)) == 3
    assert socket_name("/profile") == names[2]


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe has no mode")
def test_only_this_user_may_speak_to_it(qtbot: QtBot, name: str, serve: Serve) -> None:
    instance = serve(echo)
    (socket,) = [path for path in Path(tempfile.gettempdir()).glob(f"{name}*") if path.is_socket()]
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    instance.close()
    assert not socket.exists()


def test_only_one_program_gets_the_lock_and_a_gone_one_leaves_it_free(tmp_path: Path) -> None:
    first = take_lock(tmp_path, "omote-x")
    assert first is not None
    assert take_lock(tmp_path, "omote-x") is None
    first.unlock()
    assert take_lock(tmp_path, "omote-x") is not None
