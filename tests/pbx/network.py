"""A network of the tests' own: the PBX in one namespace, this process (and so Omote) in another, a cable between.

Without namespaces everything runs on addresses of loopback that nobody else uses, and what needs a cable is skipped.
The addresses are those of the documents (RFC 5737), so that a documented configuration runs here as it stands.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

UNSHARE = ("unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
DOCUMENTED = "192.0.2."
DOCUMENTED_PBX = f"{DOCUMENTED}10"
_LOOPBACK = "127.53.2."
_PBX_HOSTS = ("10", "100", "201", "202", "203", "204", "205", "207")


def way_into_namespaces() -> Sequence[str] | None:
    """What a command must be preceded by to run in namespaces of its own; all its children end with it."""
    for words in (UNSHARE, ("unshare", "--map-root-user", *UNSHARE[1:])):
        if shutil.which("unshare") and shutil.which("ip") and _works([*words, "ip", "link", "set", "lo", "up"]):
            return words
    return None


def _works(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class Loopback:
    """No cable that could be cut."""

    has_cable = False
    prefix = _LOOPBACK
    desk = f"{_LOOPBACK}31"

    def __enter__(self) -> "Loopback":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Nothing was made."""

    @property
    def pbx(self) -> str:
        return f"{self.prefix}10"

    def at_pbx(self, command: Sequence[str]) -> list[str]:
        """The command as it is run on the PBX's machine."""
        return list(command)

    def connections_at_pbx(self) -> list[str]:
        """The other ends of all SIP connections to the PBX, each host:port."""
        return re.findall(rf"{re.escape(self.pbx)}:506\d +(\S+:\d+)", self._sockets("state established"))

    def _sockets(self, words: str) -> str:
        command = self.at_pbx(["ss", "-Htn", *words.split()])
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


class Namespaces(Loopback):
    """This process is in a namespace that nobody else has; the PBX's is made here and ends with us."""

    has_cable = True
    prefix = DOCUMENTED
    desk = f"{DOCUMENTED}31"
    desk6, pbx6 = "2001:db8::31", "2001:db8::10"

    def __enter__(self) -> "Namespaces":
        # cat ends when our end of its pipe closes, however we ended
        self._holder = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE)
        ours = Path("/proc/self/ns/net").readlink()
        while Path(f"/proc/{self._holder.pid}/ns/net").readlink() == ours:
            assert self._holder.poll() is None, "no network namespace could be made"
        self._ip("link set lo up")
        self._ip(f"link add desk0 type veth peer name pbx0 netns {self._holder.pid}")
        self._ip(f"addr add {self.desk}/24 dev desk0")
        self._ip(f"addr add {self.desk6}/64 dev desk0 nodad")
        self._ip("link set desk0 up")
        # on lo the PBX keeps its addresses while the cable is out, so its phones go on talking to it
        for host in _PBX_HOSTS:
            self._ip_at_pbx(f"addr add {self.prefix}{host}/32 dev lo")
        self._ip_at_pbx("link set lo up")
        self._ip_at_pbx(f"addr add {self.prefix}1/24 dev pbx0")
        self._ip_at_pbx(f"addr add {self.pbx6}/64 dev pbx0 nodad")
        self._ip_at_pbx("link set pbx0 up")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._holder.communicate()

    def at_pbx(self, command: Sequence[str]) -> list[str]:
        return ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", "--", *command]

    def reset_at_pbx(self, place: str) -> None:
        """End the connection with `place` as a PBX does that wants it no more."""
        self._sockets(f"-K dst {place}")

    @property
    def is_as_made(self) -> bool:
        links, addresses = (
            subprocess.run(["ip", *words], capture_output=True, text=True, check=True).stdout
            for words in (("link", "show", "dev", "desk0"), ("addr", "show", "dev", "desk0"))
        )
        return "LOWER_UP" in links and f"inet {self.desk}/" in addresses

    def pull_cable(self) -> None:
        """Both ends lose their carrier."""
        self._ip_at_pbx("link set pbx0 down")

    def plug_cable(self) -> None:
        self._ip_at_pbx("link set pbx0 up")
        self._ip_at_pbx(f"addr replace {self.pbx6}/64 dev pbx0 nodad")

    def move_desk(self, address: str) -> None:
        """The PC gets another address, as from another DHCP lease."""
        self._ip("-4 addr flush dev desk0")
        self._ip(f"addr add {address}/24 dev desk0")

    def _ip(self, words: str) -> None:
        subprocess.run(["ip", *words.split()], check=True)

    def _ip_at_pbx(self, words: str) -> None:
        subprocess.run(self.at_pbx(["ip", *words.split()]), check=True)
