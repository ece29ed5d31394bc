"""A keyring for programs of the tests' own: OMOTE_TEST_KEYRING names its file, `locked` beside it locks it."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Chosen by PYTHON_KEYRING_BACKEND=tests.fakes.file_keyring.FileKeyring."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._held() | {f"{service}/{username}": password}), "utf-8")

    def delete_password(self, service: str, username: str) -> None:
        held = self._held()
        if held.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("no such password")
        self._file.write_text(json.dumps(held), "utf-8")

    @property
    def _file(self) -> Path:
        return Path(os.environ["OMOTE_TEST_KEYRING"])

    def _held(self) -> dict[str, str]:
        if self._file.with_name("locked").exists():
            raise KeyringLocked("the collection is locked")
        held: dict[str, str] = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}
        return held
