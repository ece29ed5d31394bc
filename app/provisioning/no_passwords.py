"""No password stands in a file that sets desks up: such files lie on shares and in repositories."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.words import _

_PASSWORD = re.compile(
    r"passw|secret|passphrase|kennwort|credential|^(pass|pwd|pin|token)$|パスワード|暗証", re.IGNORECASE
)


def refuse_passwords(tables: Mapping[str, Any], path: Path) -> None:
    """Raises UserError for a key that would hold one, wherever it stands."""
    for name, value in tables.items():
        refuse_password(name, path)
        for below in value if isinstance(value, list) else [value]:
            if isinstance(below, Mapping):
                refuse_passwords(below, path)


def refuse_password(name: str, path: Path) -> None:
    """Raises UserError for such a name of a key or column; `password_file` only says where one lies."""
    if name.strip() != "password_file" and _PASSWORD.search(name.strip()):
        raise UserError(
            _('"{name}" in {path}: a password never stands there.').format(name=name, path=path),
            _("Take it out. It is typed once at the first start, or handed over with --secret-from-stdin."),
        )
