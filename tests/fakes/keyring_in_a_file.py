"""A keyring for processes of tests: passwords in the file that OMOTE_TEST_KEYRING names, which nobody else reads."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class Keyring(KeyringBackend):
    """`PYTHON_KEYRING_BACKEND=tests.fakes.keyring_in_a_file.Keyring`."""

    priority = 1  # type: ignore[assignment] -- the library's class property, as its own backends write it

    def __init__(self) -> None:
        super().__init__()
        self._file = Path(os.environ["OMOTE_TEST_KEYRING"])

    def _all(self) -> dict[str, str]:
        return dict(json.loads(self._file.read_text("utf-8"))) if self._file.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._all() | {f"{service}/{username}": password}), "utf-8")

    def delete_password(self, service: str, username: str) -> None:
        kept = self._all()
        if kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError
        self._file.write_text(json.dumps(kept), "utf-8")
