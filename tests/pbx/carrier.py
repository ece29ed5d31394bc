"""The carrier: sipp places calls with any identity, on the PBX's machine, and tells what it heard."""

import itertools
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from types import TracebackType

from tests.pbx.network import Loopback

SCENARIOS = Path(__file__).parent / "carrier"
_ports = itertools.count(6000, 2)
ANONYMOUS = "sip:anonymous@anonymous.invalid"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who calls, as a carrier says it: `shown` stands in From, `asserted` is the number in P-Asserted-Identity."""

    number: str
    name: str = ""
    why_withheld: str = ""  # the display name with which a Japanese carrier says it: Anonymous, Coin line/payphone…
    asserts: str = ""

    def fields(self, host: str) -> tuple[str, str]:
        """The value of From and whole further lines."""
        name = f'"{self.name}" ' if self.name else ""
        asserted = f"P-Asserted-Identity: <sip:{self.asserts}@{host}>\n" if self.asserts else ""
        if self.why_withheld:
            return f'"{self.why_withheld}" <{ANONYMOUS}>', f"{asserted}Privacy: id\n"
        return f"{name}<sip:{self.number}@{host}>", asserted


@dataclass(slots=True)
class Placed:
    """A call under way."""

    process: subprocess.Popen[bytes]
    folder: Path
    heard_so_far: Path = field(init=False)

    def __post_init__(self) -> None:
        self.heard_so_far = self.folder / "messages"

    @property
    def heard(self) -> list[str]:
        """Status codes and methods that came back, in their order."""
        text = self.heard_so_far.read_text("utf-8", "replace") if self.heard_so_far.exists() else ""
        received = re.findall(r"message received .*?\n\n(\S+ \S+)", text)
        return [line.removeprefix("SIP/2.0 ").split()[0] for line in received]

    def wait(self, patience: float = 60) -> list[str]:
        """Until the call is over as its scenario says; all that was heard."""
        status = self.process.wait(patience)
        errors = self.folder / "errors"
        assert status == 0, f"{self.heard} {errors.read_text()[-2000:] if errors.exists() else status}"
        return self.heard


class Carrier:
    """Places calls to the PBX from the one address that it trusts."""

    def __init__(self, network: Loopback, folder: Path) -> None:
        self._network, self._folder = network, folder
        self._host = f"{network.prefix}100"
        self._placed: list[Placed] = []

    def __enter__(self) -> "Carrier":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for placed in self._placed:
            placed.process.kill()
            placed.process.wait()

    def gives_up(self, caller: Identity, to: str, *, rings: float = 1.0, waits: float = 5.0) -> Placed:
        """Let it ring so many seconds from the first 180, then CANCEL; also if no 180 comes for `waits` seconds."""
        return self._place("gives_up", caller, to, rings=rings, waits=waits)

    def talks(self, caller: Identity, to: str, *, seconds: float = 0.5) -> Placed:
        """Wait for an answer, talk, hang up."""
        return self._place("talks", caller, to, seconds=seconds)

    def listens(self, caller: Identity, to: str) -> Placed:
        """Wait for an answer, and for the other end to hang up."""
        return self._place("listens", caller, to)

    def is_refused(self, caller: Identity, to: str) -> Placed:
        """Wait for a final refusal."""
        return self._place("is_refused", caller, to)

    def _place(self, scenario: str, caller: Identity, to: str, **seconds: float) -> Placed:
        port = next(_ports)
        folder = self._folder / f"call-{port}"
        folder.mkdir(parents=True)
        shown, more = caller.fields(self._host)
        words = {name: str(int(1000 * value)) for name, value in seconds.items()} | {"tag": f"t{port}"}
        text = Template((SCENARIOS / f"{scenario}.xml").read_text("utf-8"))
        invite = Template((SCENARIOS / "invite.txt").read_text("utf-8"))
        words["invite"] = invite.substitute(words, caller=shown, more=more)
        words["caller"] = shown
        (folder / "scenario.xml").write_text(text.substitute(words), "utf-8")
        command = ["sipp", f"{self._network.pbx}:5060", "-sf", str(folder / "scenario.xml"), "-s", to, "-m", "1"]
        command += ["-i", self._host, "-p", str(port), "-nostdin", "-timeout", "90", "-timeout_error"]
        command += ["-trace_msg", "-message_file", str(folder / "messages")]
        command += ["-trace_err", "-error_file", str(folder / "errors"), "-default_behaviors", "all,-bye"]
        process = subprocess.Popen(
            self._network.at_pbx(command), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._placed.append(Placed(process, folder))
        return self._placed[-1]
