"""The whole program, its profile set up as the documents say, beside the real Asterisk."""

from pathlib import Path

from cti.sip.settings import TransportName
from tests.end_to_end.running_program import OPERATOR, Folder
from tests.pbx.asterisk import Asterisk
from tests.pbx.documented import source, source_block
from tests.pbx.listening import PASSWORD

_DESK = """\
[desk]
operator = "{operator}"
language = "en"

"""


class RegisteredFolder(Folder):
    """A profile whose one source is the extension 1201."""

    def __init__(
        self, path: Path, records: Path | None, asterisk: Asterisk,
        transport: TransportName = "udp", *, port: int = 0, answer: str = "silent",
    ) -> None:  # fmt: skip
        super().__init__(path, records)
        secret = path / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        words = f'bind = "0.0.0.0:{port}"\npassword_file = "{secret}"\nanswer = "{answer}"\n'
        (path / "settings.toml").write_text(
            _DESK.format(operator=OPERATOR) + documented(asterisk, transport) + words, "utf-8"
        )


def documented(asterisk: Asterisk, transport: TransportName) -> str:
    """What the documents tell an administrator to write for this transport, with our PBX's address and certificate."""
    block = source_block("pbx-asterisk.md", username="1201", transport="tls" if transport == "tls" else None)
    certificate = source("pbx-asterisk.md", transport="tls")["ca_file"]
    ours = block.replace("pbx.example.jp", asterisk.network.pbx).replace(certificate, str(asterisk.certificate))
    return ours + ('transport = "tcp"\n' if transport == "tcp" else "")
