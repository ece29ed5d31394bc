"""The ways in which a team's database can be away: each begins the trouble, and ends it."""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.cuttable_way import CuttableWay
from tests.postgres_server import OwnServer, PostgresServer, own_server, running


@dataclass(frozen=True, slots=True)
class Away:
    """`url` is a desk's way to a database of the server; `begin` takes it away, `end` brings it back."""

    server: PostgresServer
    url: Callable[[str], str]
    begin: Callable[[], object]
    end: Callable[[], object]


def cut_off(server: PostgresServer, way: CuttableWay) -> Away:
    """Connections end, new ones are refused."""
    return Away(server, lambda name: server.tcp_url(name, way.port), way.cut, way.open)


def hang(server: PostgresServer, way: CuttableWay) -> Away:
    """Something on the way takes what is sent and says nothing."""
    return Away(server, lambda name: server.tcp_url(name, way.port), way.hang, way.open)


def stopped(server: OwnServer) -> Away:
    """`pg_ctl stop -m immediate`, and a start that has to mend what that broke."""
    return Away(server, server.tcp_url, server.stop_at_once, server.start)


def frozen(server: OwnServer) -> Away:
    """The server's processes do nothing; its machine still takes connections and bytes."""
    return Away(server, server.tcp_url, server.freeze, server.thaw)


def dropped(server: PostgresServer, address: str, there: Sequence[str]) -> Away:
    """Not one packet of the server's machine comes through: `there` is put before a command that is to run on it."""

    def shape(*words: str) -> None:
        subprocess.run([*there, "tc", "qdisc", *words], check=True, capture_output=True)

    return Away(
        server,
        lambda name: server.tcp_url(name).replace("127.0.0.1", address),
        lambda: shape("add", "dev", "cable", "root", "bfifo", "limit", "1"),  # a queue in which no packet has room
        lambda: shape("delete", "dev", "cable", "root"),
    )


KINDS = ("cut_off", "hang", "stopped", "frozen")
"""Those that need no special rights; "dropped" needs root, for a network of its own."""


@contextmanager
def away_by(kind: str, programs: Path) -> Iterator[Away]:
    """With a server of its own."""
    with ExitStack() as stack:
        if kind in ("cut_off", "hang"):
            server = stack.enter_context(running(programs))
            yield (cut_off if kind == "cut_off" else hang)(server, stack.enter_context(CuttableWay(server.port)))
        else:
            own = stack.enter_context(own_server(programs))
            yield (stopped if kind == "stopped" else frozen)(own)
