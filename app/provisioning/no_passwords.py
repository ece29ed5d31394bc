"""No password stands in a file that sets desks up: such files lie on shares and in repositories."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.password_free import is_password_name
from app.words import _


def refuse_passwords(tables: Mapping[str, Any], path: Path) -> None:
    """Raises UserError for a key that would hold one, wherever it stands."""
    for name, value in tables.items():
        refuse_password(name, path)
        for below in value if isinstance(value, list) else [value]:
            if isinstance(below, Mapping):
                refuse_passwords(below, path)


def refuse_password(name: str, path: Path) -> None:
    """Raises UserError for such a name of a key or column."""
    if is_password_name(name):
        raise UserError(
            _('"{name}" in {path}: a password never stands there.').format(name=name, path=path),
            _("Take it out. It is typed once at the first start, or handed over with --secret-from-stdin."),
        )
