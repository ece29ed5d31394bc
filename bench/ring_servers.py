"""Those who ring in the benchmark "sip", each a process of its own: ours, SIPp, baresip, the floor."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.display import Display
from bench.json_process import JsonProcess
from bench.sip_text import Dialling, status_of

_SCENARIO = Path(__file__).with_name("ring_until_cancelled.xml")
_MODULES = ("/usr/lib/baresip/modules", "/usr/lib64/baresip/modules", "/usr/local/lib/baresip/modules")
_STARTS_WITHIN = 20.0  # seconds

BACK_TO_BACK = 100_000  # calls per second that the timed listeners let ring: how fast one rings, not how many may

Address = tuple[str, int]


@dataclass(frozen=True, slots=True)
class RingServer:
    """Whom to ring: `user` is one that it takes."""

    target: Address
    user: str


Start = Callable[[Path], AbstractContextManager[RingServer]]


def servers(display: Display, profile: Path) -> dict[str, Start]:
    """By name, those that this machine can start; `profile` is a prepared demo for the whole program."""
    made: dict[str, Start] = {
        "omote": lambda _folder: of_module("bench.listener_run"),
        "window": lambda folder: window(display, profile, folder),
        "floor": lambda _folder: of_module("bench.ring_floor"),
    }
    if shutil.which("sipp"):
        made["sipp"] = _sipp
    if shutil.which("baresip") and any(map(Path.exists, map(Path, _MODULES))):
        made["baresip"] = _baresip
    return made


@contextmanager
def of_module(*words: str, env: Mapping[str, str] | None = None) -> Iterator[RingServer]:
    """A module of ours that prints its port and runs until stdin ends."""
    with JsonProcess(*words, env=env) as process:
        yield RingServer(("127.0.0.1", process.hear()["port"]), "0312345678")


def window(
    display: Display, profile: Path, folder: Path, answer: str = "ring", room: int = 0
) -> AbstractContextManager[RingServer]:
    """The whole program, with a copy of `profile` in `folder`."""
    shutil.copytree(profile, folder, dirs_exist_ok=True)
    words = (str(folder), "127.0.0.1", "127.0.0.1", answer, str(room))
    return of_module("bench.window_run", *words, env=display.environ)


@contextmanager
def _sipp(_folder: Path) -> Iterator[RingServer]:
    port = free_port()
    words = ["sipp", "-sf", str(_SCENARIO), "-i", "127.0.0.1", "-p", str(port), "-nostdin"]
    with _foreign(words, port, "phone") as server:
        yield server


@contextmanager
def _baresip(folder: Path) -> Iterator[RingServer]:
    port = free_port()
    folder.mkdir()
    modules = next(one for one in _MODULES if Path(one).exists())
    (folder / "config").write_text(
        f"sip_listen 127.0.0.1:{port}\nmodule_path {modules}\nmodule g711.so\nmodule_app account.so\n"
    )
    (folder / "accounts").write_text(f"<sip:phone@127.0.0.1:{port}>;regint=0;answermode=manual\n")
    (folder / "contacts").write_text("")
    with _foreign(["baresip", "-f", str(folder)], port, "phone") as server:
        yield server


@contextmanager
def _foreign(words: list[str], port: int, user: str) -> Iterator[RingServer]:
    """Somebody else's program, once it rings."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, text=True)
    try:
        until_there(port, "INVITE", 180, process, user)
        yield RingServer(("127.0.0.1", port), user)
    finally:
        process.terminate()
        _end(process)


def until_there(
    port: int, method: str, status: int, process: "subprocess.Popen[str]", user: str = "0312345678"
) -> None:
    """Ask until `status` comes, and take an INVITE back. RuntimeError when nobody answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect(("127.0.0.1", port))
        asking.settimeout(0.2)
        host, own_port = asking.getsockname()
        until, attempt = time.monotonic() + _STARTS_WITHIN, 0
        while time.monotonic() < until and process.poll() is None:
            attempt += 1
            question = Dialling(f"there-{port}-{attempt}", "+81000000000", user, f"{host}:{own_port}")
            with suppress(TimeoutError, ConnectionRefusedError):
                asking.send(question.request(method))
                while status_of(asking.recv(65_535)) != status:
                    pass
                if method == "INVITE":
                    asking.send(question.request("CANCEL"))
                return
            time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} does not answer")


def free_port() -> int:
    """A UDP port of loopback that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end(process: "subprocess.Popen[str]") -> None:
    try:
        process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
