"""The whole program, its profile set up as the documents say, beside the real Asterisk."""

from pathlib import Path

from tests.end_to_end.running_program import OPERATOR, Folder
from tests.pbx.asterisk import Asterisk
from tests.pbx.documented import blocks
from tests.pbx.listening import PASSWORD

_DESK = """\
[desk]
operator = "{operator}"
language = "en"

"""


class RegisteredFolder(Folder):
    """A profile whose one source is the extension 1201."""

    def __init__(self, path: Path, records: Path | None, asterisk: Asterisk, more: str = "", port: int = 0) -> None:
        super().__init__(path, records)
        secret = path / "secret"
        secret.write_text(PASSWORD)
        secret.chmod(0o600)
        (block,) = [one for one in blocks("pbx-asterisk.md", "toml") if 'username = "1201"' in one]
        documented = block.replace("pbx.example.jp", asterisk.network.pbx)
        ours = f'bind = "0.0.0.0:{port}"\npassword_file = "{secret}"\n{more}'
        (path / "settings.toml").write_text(_DESK.format(operator=OPERATOR) + documented + ours, "utf-8")
