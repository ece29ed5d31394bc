"""The whole program, its profile set up as the documents say, beside the real Asterisk."""

from pathlib import Path

from tests.end_to_end.running_program import OPERATOR, Folder
from tests.pbx.asterisk import Asterisk
from tests.pbx.listening import PASSWORD

_SETTINGS = """\
[desk]
operator = "{operator}"
language = "en"

[[source]]
name = "desk phone"
server = "{server}"
username = "1201"
bind = "0.0.0.0:{port}"
password_file = "{secret}"
dialled_from = ["header:X-Dialled", "diversion", "history-info", "request-uri"]
linked_header = "X-Linked-Id"
{more}
"""


class RegisteredFolder(Folder):
    """A profile whose one source is the extension 1201."""

    def __init__(self, path: Path, records: Path | None, asterisk: Asterisk, more: str = "", port: int = 0) -> None:
        super().__init__(path, records)
        secret = path / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        words = {"operator": OPERATOR, "server": asterisk.network.pbx, "port": port, "secret": secret, "more": more}
        (path / "settings.toml").write_text(_SETTINGS.format(**words), "utf-8")
