"""The real program as a process of its own, its profile in a folder of the test, rung by real INVITEs."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from db.engine import FILE_NAME
from tests.fakes.sip_peer import SipPeer, invite, new_call

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0
OPERATOR = "sato"
_DESKTOP = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_ID", "SESSIONNAME"}
_SESSION = _DESKTOP | {"DBUS_SESSION_BUS_ADDRESS"}
Found = TypeVar("Found")


def wait_for(look: Callable[[], Found], what: str) -> Found:
    """What `look` finds, as soon as it finds something."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, f"no {what} within {PATIENCE:.0f} s"
        time.sleep(0.01)
    return found


def environment(**more: str) -> dict[str, str]:
    """This process's environment without its desktop session; the program speaks English."""
    kept = {name: value for name, value in os.environ.items() if name not in _SESSION}
    return kept | {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)} | more


def omote(*words: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of the program to its end."""
    command = [sys.executable, "-m", "app", *map(str, words)]
    env = environment() if env is None else env
    return subprocess.run(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Folder:
    """A profile: settings with one trunk on loopback, and a copy of the demo's records."""

    def __init__(self, path: Path, records: Path | None, *, more: str = "") -> None:
        self.path = path
        self.port = free_port()
        path.mkdir(parents=True, exist_ok=True)
        if records is not None:
            shutil.copy(records, path / FILE_NAME)
        (path / "settings.toml").write_text(
            f'[desk]\noperator = "{OPERATOR}"\nlanguage = "en"\ntheme = "light"\n'
            f'[[source]]\nname = "trunk"\nkind = "sip"\nbind = "127.0.0.1:{self.port}"\nallow = ["127.0.0.1"]\n'
            f'register = false\n[[line]]\ndialled = "0312345678"\nname = "Main shop"\n{more}',
            encoding="utf-8",
        )

    def trace(self, kind: str) -> list[dict[str, Any]]:
        """The trace's whole lines of one type."""
        file = self.path / "traces" / "calls.jsonl"
        if not file.exists():
            return []
        lines = file.read_text("utf-8").rpartition("\n")[0].splitlines()
        return [line for line in map(json.loads, lines) if line["type"] == kind]

    def drafts(self) -> dict[str, str]:
        """The note of every draft by its call, as another start of the program would find them."""
        with closing(sqlite3.connect(self.path / "drafts" / "drafts.db")) as connection:
            mine = "SELECT call_id, body FROM draft WHERE operator = ?"
            return dict(connection.execute(mine, (OPERATOR,)).fetchall())

    def log(self) -> str:
        file = self.path / "logs" / "omote.log"
        return file.read_text("utf-8") if file.exists() else ""


class RunningProgram:
    """`python -m app` (or another module that composes the same program) until `stop` or the end of the block."""

    def __init__(self, folder: Folder, env: Mapping[str, str], *words: str, module: str = "app") -> None:
        self.folder, self.env = folder, dict(env)
        command = [sys.executable, "-m", module, *words, "--profile", str(folder.path)]
        self._errors = (folder.path / "stderr.txt").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors
        )
        self.peer = SipPeer(("127.0.0.1", folder.port))

    def __enter__(self) -> "RunningProgram":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.peer.socket.close()
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate(timeout=PATIENCE)
        self._errors.close()

    @property
    def errors(self) -> str:
        """What stands on stderr, but for Qt's off-screen plug-in, which knows no window manager."""
        self._errors.seek(0)
        return "".join(line for line in self._errors if "This plugin does not support" not in line)

    def ring(self, number: str, name: str = "") -> str:
        """Place a call as a trunk does, sending again until it is heard; its Call-ID."""
        call = new_call()
        caller = f'"{name}" <sip:{number}@pbx.example>' if name else f"<sip:{number}@pbx.example>"
        self.send(invite(call, caller=caller, user="0312345678", via_host=self.peer.address), call)
        return call

    def send(self, data: bytes, call: str) -> None:
        """Until something about this call is answered, as RFC 3261 17.1.1.2 has it, only faster."""
        self.peer.socket.settimeout(0.1)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, f"the program has ended: {self.errors}"
            self.peer.send(data)
            try:
                while self.peer.hear().field("Call-ID") != call:
                    pass
            except (TimeoutError, ConnectionRefusedError):
                continue
            return
        raise AssertionError(f"no answer to {call} within {PATIENCE:.0f} s; {self.errors}")

    def cancel(self, call: str, number: str) -> None:
        """The caller gives up."""
        caller = f"<sip:{number}@pbx.example>"
        data = invite(call, caller=caller, user="0312345678", method="CANCEL", via_host=self.peer.address)
        self.peer.send(data)

    def popped(self, call: str) -> dict[str, Any]:
        """The trace's line that this call's name has reached the screen."""

        def look() -> list[dict[str, Any]]:
            assert self.process.poll() is None, f"the program has ended: {self.errors}"
            return [line for line in self.folder.trace("pop") if line["source_id"].startswith(call + ";")]

        return wait_for(look, f"pop of {call}")[0]

    def pop(self, number: str, name: str = "") -> dict[str, Any]:
        return self.popped(self.ring(number, name))

    def stop(self) -> int:
        """Ask it to end; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)
