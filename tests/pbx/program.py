"""The whole program, its profile set up as the documents say, beside the real Asterisk."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cti.sip.settings import TransportName
from tests.end_to_end.running_program import OPERATOR, PATIENCE, Folder, RunningProgram, environment
from tests.pbx.asterisk import Asterisk, wait_until
from tests.pbx.documented import source, source_block
from tests.pbx.listening import PASSWORD

_DESK = """\
[desk]
operator = "{operator}"
language = "en"

"""


class SourcesFolder(Folder):
    """A profile whose sources are those of the blocks, each with the password of the documents' accounts."""

    def __init__(
        self, path: Path, records: Path | None, *blocks: str, operator: str = OPERATOR, database: str = ""
    ) -> None:
        super().__init__(path, records)
        secret = path / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        sources = "\n".join(f'{block}password_file = "{secret}"\n' for block in blocks)
        where = f'[database]\nurl = "{database}"\n\n' if database else ""
        (path / "settings.toml").write_text(_DESK.format(operator=operator) + where + sources, "utf-8")


class RegisteredFolder(SourcesFolder):
    """A profile whose one source is the extension 1201."""

    def __init__(
        self, path: Path, records: Path | None, asterisk: Asterisk,
        transport: TransportName = "udp", *, port: int = 0, answer: str = "silent",
    ) -> None:  # fmt: skip
        words = f'bind = "0.0.0.0:{port}"\nanswer = "{answer}"\n'
        super().__init__(path, records, documented(asterisk, transport) + words)


def documented(asterisk: Asterisk, transport: TransportName) -> str:
    """What the documents tell an administrator to write for this transport, with our PBX's address and certificate."""
    block = source_block("pbx-asterisk.md", username="1201", transport="tls" if transport == "tls" else None)
    certificate = source("pbx-asterisk.md", transport="tls")["ca_file"]
    ours = block.replace("pbx.example.jp", asterisk.network.pbx).replace(certificate, str(asterisk.certificate))
    return ours + ('transport = "tcp"\n' if transport == "tcp" else "")


def watcher_block(asterisk: Asterisk) -> str:
    """The dialog events of the desk phone 201, as the documents say."""
    return source_block("pbx-asterisk.md", kind="sip-dialog").replace("pbx.example.jp", asterisk.network.pbx)


def reader_block(asterisk: Asterisk, watch: str = "201") -> str:
    """Asterisk's own events of the desk phone `watch`, as the documents say."""
    block, told = source_block("pbx-asterisk.md", kind="ami"), source("pbx-asterisk.md", kind="ami")
    ours = block.replace("pbx.example.jp", asterisk.network.pbx).replace(told["ca_file"], str(asterisk.certificate))
    return ours.replace(f'watch = "{told["watch"]}"', f'watch = "{watch}"')


class Listening:
    """`omote listen`, whose lines are read by a thread."""

    def __init__(self, program: RunningProgram) -> None:
        self.program = program
        self.lines: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def next_line(self) -> dict[str, Any]:
        return self.lines.get(timeout=PATIENCE)

    def _read(self) -> None:
        assert self.program.process.stdout is not None
        for line in self.program.process.stdout:
            self.lines.put(json.loads(line))


@contextmanager
def listening(folder: RegisteredFolder, asterisk: Asterisk) -> Iterator[Listening]:
    """Begins when the PBX has a contact of this very process."""
    before = set(asterisk.contacts("1201"))
    with RunningProgram(folder, environment(), "listen") as program:
        listener = Listening(program)
        wait_until(lambda: set(asterisk.contacts("1201")) - before, "contact of the new listener")
        asterisk.wait_for_contact("1201")
        yield listener
