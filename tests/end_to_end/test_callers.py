"""Customers as people type them, calls as PBXs and trunks send them: who comes first, and whose card opens.

Each folder in `callers` is a site: its settings, its files in the order in which they are imported, and its calls. The
expectations were decided from the rules for numbers before the program was asked; where those allow several answers,
all of them stand there, separated by " / ".
"""

import json
import re
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Any, NamedTuple

import pytest

from tests.app.command_line import omote
from tests.end_to_end.running_program import PATIENCE, Folder, RunningProgram, environment, free_port
from tests.fakes.sip_peer import SipPeer, invite, new_call
from tests.postgres_server import PostgresServer

SITES = sorted(path for path in Path(__file__).with_name("callers").iterdir() if path.is_dir())
NOBODY = "nobody"


class Situation(NamedTuple):
    """A line of `calls.tsv`: one call and all that is right about it; "any" where nothing is said."""

    what: str
    source: str
    dialled: str
    caller: str
    headers: str
    first: str
    opens: str
    withheld: str
    number: str
    direction: str


class Site(Folder):
    """A profile with a site's settings and its customers, imported as an administrator would."""

    def __init__(self, path: Path, site: Path, url: str) -> None:
        super().__init__(path, None)
        settings = (site / "settings.toml").read_text("utf-8")
        self.ports = {name: free_port() for name in re.findall(r"\{([a-z ]+)\}", settings)}
        for name, port in self.ports.items():
            settings = settings.replace(f"{{{name}}}", str(port))
        (path / "settings.toml").write_text(f'[database]\nurl = "{url}"\n{settings}', "utf-8")
        self.port = self.ports["main"]
        assert omote(path, "db", "upgrade").returncode == 0
        for file in sorted(site.glob("*.csv")):
            self._bring_in(file)

    def _bring_in(self, file: Path) -> None:
        as_of_today = self.path / file.name
        as_of_today.write_bytes(re.sub(rb"([0-9]+) days ago", _day, file.read_bytes()))
        done = omote(self.path, "import", file.stem.split("-")[1], str(as_of_today), "--json")
        said = json.loads(done.stdout)
        assert (done.returncode, said["refused"]) == (0, 0)
        if file.stem.endswith("undone"):
            assert omote(self.path, "import", "undo", said["batch"]).returncode == 0


def _day(found: re.Match[bytes]) -> bytes:
    return f"{datetime.now().astimezone() - timedelta(days=int(found[1])):%Y-%m-%d}".encode()


def situations(site: Path) -> list[Situation]:
    lines = (site / "calls.tsv").read_text("utf-8").splitlines()
    return [Situation(*line.split("\t")) for line in lines[1:]]


class Listening:
    """The program without a window, a peer for each of its sources, and what it says of each call."""

    def __init__(self, program: RunningProgram, ports: dict[str, int]) -> None:
        self._peers = {name: SipPeer(("127.0.0.1", port)) for name, port in ports.items()}
        self._lines: Queue[dict[str, Any]] = Queue()
        Thread(target=self._read, args=(program.process.stdout,), daemon=True).start()
        program.cancel(program.ring("0399999999"), "0399999999")

    def close(self) -> None:
        for peer in self._peers.values():
            peer.socket.close()

    def offered(self, one: Situation) -> dict[str, Any]:
        """The line of a call that is placed and given up."""
        call, extra = new_call(), one.headers.replace("↵", "\r\n").split(" | ")
        self._send(one, call, "INVITE", "".join(f"{header}\r\n" for header in extra if header))
        line = self._said()
        while line["type"] != "offered" or line["source_id"].split(";")[0] != call:
            line = self._said()
        for method in ("CANCEL", "ACK"):
            self._send(one, call, method)
        return line

    def _said(self) -> dict[str, Any]:
        return self._lines.get(timeout=PATIENCE)

    def _send(self, one: Situation, call: str, method: str, extra: str = "") -> None:
        peer = self._peers[one.source]
        words = {"caller": one.caller, "user": one.dialled, "method": method, "via_host": peer.address}
        peer.send(invite(call, extra=extra, **words))

    def _read(self, out: IO[bytes]) -> None:
        for line in out:
            self._lines.put(json.loads(line))


def wrong(one: Situation, line: dict[str, Any]) -> list[str]:
    """What the program got wrong, in words."""
    best = line["candidates"][:1]
    told = {
        "first": f"{best[0]['customer']} {best[0]['reason']}" if best else NOBODY,
        "opens": line["opened"] or NOBODY,
        "withheld": line["withheld"] or "none",
        "number": line["number"] or "none",
        "direction": line["direction"],
    }
    right = one._asdict()
    return [f"{name}: {is_so}" for name, is_so in told.items() if {is_so, "any"}.isdisjoint(right[name].split(" / "))]


@pytest.mark.parametrize("kind", ["sqlite", "server"])
@pytest.mark.parametrize("path", SITES, ids=lambda path: path.name)
def test_the_right_customer_comes_first_and_no_doubtful_card_opens(
    path: Path, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = "sqlite"
    if kind == "server":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.tcp_url(server.database())
    site, mistakes = Site(tmp_path / "profile", path, url), []
    with RunningProgram(site, environment(), "listen") as program, closing(Listening(program, site.ports)) as listening:
        for one in situations(path):
            mistakes += [(one.what, one.caller, said) for said in wrong(one, listening.offered(one))]
        assert program.errors == ""
    assert mistakes == []


def test_the_list_is_as_long_as_it_was() -> None:
    assert sum(len(situations(path)) for path in SITES) >= 600
