"""A real desk phone: baresip, which needs no sound card, driven over its ctrl_tcp port."""

import json
import queue
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.pbx.asterisk import Asterisk, wait_until

PATIENCE = 20.0
CONTROL = 4444
HAND = 0.3
_CONFIG = """\
poll_method epoll
sip_listen {address}:5060
call_local_timeout 120
call_max_calls 4
{sound}
audio_alert aubridge,alert
audio_level no
rtp_ports {rtp}-{rtp_end}
module_path {modules}
module g711.so
module aubridge.so
module ausine.so
module_tmp account.so
module_app menu.so
module ctrl_tcp.so
ctrl_tcp_listen {address}:4444
"""
SILENT = """\
audio_player aubridge,phone
audio_source aubridge,phone"""
_ACCOUNT = (
    "<sip:{extension}@{pbx}>;auth_user={extension};auth_pass=pw{extension};"
    "answermode=manual;audio_codecs=PCMU;regint=60\n"
)


class DeskPhone:
    """The phone `extension`, on an address of its own; everything that it says is read by a thread."""

    def __init__(self, extension: str, folder: Path, asterisk: Asterisk, sound: str = SILENT) -> None:
        self.extension, self._folder, self._asterisk, self._sound = extension, folder, asterisk, sound
        self._address = f"{asterisk.network.prefix}{extension}"
        self._events: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def __enter__(self) -> "DeskPhone":
        self._folder.mkdir(parents=True)
        rtp = 22000 + 20 * (int(self.extension) - 200)
        ports = {"rtp": rtp, "rtp_end": rtp + 18}
        config = _CONFIG.format(address=self._address, modules=_modules(), sound=self._sound, **ports)
        (self._folder / "config").write_text(config)
        (self._folder / "accounts").write_text(
            _ACCOUNT.format(extension=self.extension, pbx=self._asterisk.network.pbx)
        )
        (self._folder / "contacts").write_text("")
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._asterisk.network.at_pbx(["baresip", "-s", "-f", str(self._folder)]),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self._control = wait_until(self._connect, f"control port of phone {self.extension}")
        threading.Thread(target=self._read, daemon=True).start()
        self.wait_until_registered()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()

    def wait_until_registered(self) -> None:
        wait_until(lambda: self._asterisk.contacts(self.extension), f"phone {self.extension} that is registered")

    def switch_off(self) -> None:
        """As its button does: it takes its registration back."""
        self._process.terminate()
        wait_until(lambda: not self._asterisk.contacts(self.extension), f"phone {self.extension} that has left")

    def forget(self) -> None:
        """Drop what was said before."""
        while not self._events.empty():
            self._events.get()

    def wait_for(self, *kinds: str) -> dict[str, Any]:
        """The next event of these kinds: CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED."""
        while (event := self._events.get(timeout=PATIENCE))["type"] not in kinds:
            pass
        return event

    def wait_for_ring(self) -> dict[str, Any]:
        return self.wait_for("CALL_INCOMING")

    def answer(self) -> None:
        """As fast as a hand: within milliseconds Asterisk's CANCEL to the others would not say why."""
        self.wait_for_ring()
        time.sleep(HAND)
        self.tell("accept")
        self.wait_for("CALL_ESTABLISHED")

    def hang_up(self) -> None:
        """Also the reject button, while it rings."""
        self.tell("hangup")

    def dial(self, number: str) -> None:
        self.tell("dial", f"sip:{number}@{self._asterisk.network.pbx}")

    def transfer(self, number: str) -> None:
        """Blind; a hand is slower than the PBX's bridge, without which it says 400."""
        time.sleep(HAND)
        self.tell("transfer", f"sip:{number}@{self._asterisk.network.pbx}")

    def press(self, keys: str) -> None:
        """Keys of the telephone while it talks, one after the other as a finger does it."""
        for key in keys:
            self.tell("sndcode", key)
            time.sleep(HAND)

    def tell(self, command: str, words: str = "") -> dict[str, Any]:
        text = json.dumps({"command": command, "params": words, "token": command}).encode()
        self._control.sendall(b"%d:%b," % (len(text), text))
        return self._answers.get(timeout=PATIENCE)

    def _connect(self) -> socket.socket | None:
        assert self._process.poll() is None, (self._folder / "log").read_text()[-2000:]
        try:
            return socket.create_connection((self._address, CONTROL))
        except OSError:
            return None

    def _read(self) -> None:
        for message in _netstrings(self._control):
            (self._events if message.get("event") else self._answers).put(message)


def _netstrings(control: socket.socket) -> Iterator[dict[str, Any]]:
    with control.makefile("rb") as stream:
        while length := b"".join(iter(lambda: stream.read(1).strip(b":"), b"")):
            yield json.loads(stream.read(int(length)).decode("utf-8", "replace"))
            stream.read(1)


def _modules() -> Path:
    """Where the distribution keeps them."""
    executable = shutil.which("baresip")
    assert executable is not None, "baresip is not installed"
    return next(Path(executable).parents[1].glob("lib/**/baresip/modules"))
