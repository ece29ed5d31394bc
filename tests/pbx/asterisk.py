"""A real Asterisk with the configuration of `etc/`: started, asked, killed and started again by the tests."""

import json
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tests.pbx.certificates import make_certificates
from tests.pbx.network import DOCUMENTED, Loopback

ETC = Path(__file__).parent / "etc"
PATIENCE = 60.0  # seconds; the machine may be busy with other things
MOUNT = Path("/mnt")  # where its files are seen inside a root of its own: every Debian has that folder
Found = TypeVar("Found")


def wait_until(look: Callable[[], Found], what: str, patience: float = PATIENCE, every: float = 0.05) -> Found:
    """What `look` finds, as soon as it finds something."""
    until = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < until, f"no {what} within {patience:.0f} s"
        time.sleep(every)
    return found


class Asterisk:
    """`root` is where it is installed, `home` an empty folder for all that it writes."""

    def __init__(self, root: Path, home: Path, network: Loopback) -> None:
        self.root, self.home, self.network = root, home, network
        self.inside = home if root == Path("/") else MOUNT  # `home` as Asterisk sees it
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Asterisk":
        for name in ("etc", "log/cdr-csv", "lib", "run", "spool"):
            (self.home / name).mkdir(parents=True)
        if self.root != Path("/"):
            self._mount()
        make_certificates(self.home / "etc", self.network.pbx)
        for file in ETC.glob("*.conf"):
            (self.home / "etc" / file.name).write_text(self._adapt(file.read_text("utf-8")), "utf-8")
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        if self.root != Path("/"):
            for folder in (MOUNT, Path("/proc")):
                subprocess.run(["umount", f"{self.root}{folder}"], check=False)

    def start(self) -> None:
        """Returns when it takes calls."""
        words = [] if self.root == Path("/") else ["chroot", str(self.root)]
        executable = shutil.which("asterisk", path="/usr/sbin:/usr/local/sbin:/usr/bin") or "/usr/sbin/asterisk"
        command = [*words, executable, "-C", f"{self.inside}/etc/asterisk.conf"]
        self._command = self.network.at_pbx(command)
        with (self.home / "log/out").open("ab") as out:
            self.process = subprocess.Popen(
                [*self._command, "-f"], stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
            )
        wait_until(self._is_up, "Asterisk that is up")

    def kill(self) -> None:
        """As a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """As an administrator does, without waiting for calls to end."""
        assert self.process is not None
        self.cli("core stop now")
        self.process.wait(PATIENCE)

    def forget(self, what: str) -> None:
        """While it is down: as a PBX comes back that keeps its registrations or subscriptions in memory."""
        with closing(sqlite3.connect(self.home / "lib/astdb.sqlite3")) as database:
            database.execute("DELETE FROM astdb WHERE key LIKE ?", (f"/{what}%",))
            database.commit()

    def cli(self, line: str) -> str:
        done = subprocess.run([*self._command, "-rx", line], capture_output=True, text=True, timeout=30, check=False)
        return done.stdout

    def contacts(self, extension: str) -> dict[str, str]:
        """The Contact URIs of an extension and what Asterisk thinks of each: Avail, Unavail, NonQual, Unknown."""
        found = re.findall(rf"Contact:  {extension}/(\S+)\s+\S+\s+(\S+)", self.cli("pjsip show contacts"))
        return dict(found)

    def places(self, extension: str) -> list[str]:
        """Where its contacts are, each host:port and parameters; the list cuts off what is long."""
        rows = re.findall(rf"^/registrar/contact/{extension};\S+\s*: (.*)$", self.cli("database show registrar"), re.M)
        return [json.loads(row)["uri"].replace("^3B", ";").partition("@")[2] for row in rows]

    def wait_for_contact(self, extension: str) -> str:
        """The Contact URI, once calls go there."""

        def look() -> str:
            return next((uri for uri, said in self.contacts(extension).items() if said in {"Avail", "NonQual"}), "")

        return wait_until(look, f"contact of {extension} that is called")

    def wait_for_talk(self, one: str, other: str) -> None:
        """Until these two are in one bridge."""

        def look() -> bool:
            rows = [line.split("!") for line in self.cli("core show channels concise").splitlines()]
            bridges = {row[0].removeprefix("PJSIP/").rpartition("-")[0]: row[-2] for row in rows if len(row) > 2}
            return bool(bridges.get(one)) and bridges.get(one) == bridges.get(other)

        wait_until(look, f"talk between {one} and {other}")

    def hang_up_all(self) -> None:
        self.cli("channel request hangup all")
        wait_until(lambda: "0 active channels" in self.cli("core show channels count"), "end of all calls")

    @property
    def certificate(self) -> Path:
        """The one that the documents tell to make, of which Omote is given a copy."""
        return self.keys / "pbx.crt"

    @property
    def keys(self) -> Path:
        """The folder with what `make_certificates` has made."""
        return self.home / "etc/keys"

    @property
    def log(self) -> str:
        return (self.home / "log/full").read_text("utf-8", "replace")

    def requests(self, method: str, since: int = 0) -> list[str]:
        """The requests that Asterisk has received, as its log shows them; `since` is a length of `log`."""
        heard = re.findall(r"<--- Received SIP request .*? --->\n(.*?\n)(?:\n|$)", self.log[since:], re.S)
        return [one for one in heard if one.startswith(method + " ")]

    def registers(self, since: int = 0) -> list[str]:
        """Omote's own; the phones send theirs."""
        return [one for one in self.requests("REGISTER", since) if "User-Agent: Omote" in one]

    def attacks(self, since: int = 0) -> list[str]:
        """The lines that fail2ban's and FreePBX's filters read as an attack."""
        words = "failed for '|InvalidAccountID|InvalidPassword|ChallengeResponseFailed|FailedACL"
        return [line for line in self.log[since:].splitlines() if re.search(words, line)]

    def _is_up(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"Asterisk has ended: {(self.home / 'log/out').read_text()[-2000:]}"
        return "fully booted" in self.cli("core waitfullybooted")

    def _mount(self) -> None:
        """Seen by our own mount namespace alone."""
        seen = Path(f"{self.root}{MOUNT}")
        subprocess.run(["mount", "--bind", str(self.home), str(seen)], check=True)
        subprocess.run(["mount", "-t", "proc", "proc", f"{self.root}/proc"], check=True)

    def _knows_digest(self) -> bool:
        """Before Asterisk 22 it is called userpass: the documents say so."""
        modules = next(self.root.glob("usr/lib/**/asterisk/modules/res_pjsip.so"), None)
        return modules is None or b"supported_algorithms_uas" in modules.read_bytes()

    def _adapt(self, text: str) -> str:
        """The configuration as an administrator would write it, for our folders and addresses."""
        modules = next(self.root.glob("usr/lib/**/asterisk/modules"), Path("/usr/lib/asterisk/modules"))
        digest = "auth_type=digest" if self._knows_digest() else "auth_type=userpass"
        return (
            text.replace("auth_type=digest", digest)
            .replace("/usr/lib/asterisk/modules", f"/{modules.relative_to(self.root)}")
            .replace("/etc/asterisk", f"{self.inside}/etc")
            .replace("/omote-pbx", str(self.inside))
            .replace(DOCUMENTED, self.network.prefix)
        )
