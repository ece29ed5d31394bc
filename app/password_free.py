"""No password stands in the settings, which are read by many, shown, and handed on; and none is ever repeated."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.errors import UserError
from app.words import _

_PASSWORD_NAME = re.compile(
    r"passw|secret|passphrase|kennwort|credential|^(pass|pwd|pin|token)$|パスワード|暗証", re.IGNORECASE
)
_IN_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|sips?:)[^\s/?#@:]*:[^\s/?#@]+@", re.IGNORECASE)
_IN_LOGIN = re.compile(r"[^\s/@:]+:[^\s/@]+@")
_AS_VALUE = re.compile(r"(?:^|[?&;\s]|--?)(?:ssl)?pass(?:word|wd|phrase)?=[^&;\s]", re.IGNORECASE)
_AS_WORD = re.compile(r"--?pass(?:word|wd|phrase)?", re.IGNORECASE)
_PROSE = {"template", "disposition", "line"}  # what operators read: any text is one


def refuse_passwords(tables: Mapping[str, object], where: Path | str) -> None:
    """Raises UserError naming key and table, never the value."""
    for name, table in tables.items():
        for one in table if isinstance(table, list) else [table]:
            for key, value in one.items() if isinstance(one, dict) else ():
                if is_password_name(key) or (name not in _PROSE and _holds_one(name, list(_texts(value)))):
                    raise UserError(
                        _("{key} in [{table}] of {path} is a password, or holds one.").format(
                            key=key, table=name, path=where
                        ),
                        _("Take it out there, and type: omote secret set {name}").format(
                            name="database" if name == "database" else "NAME"
                        ),
                    )


def is_password_name(name: str) -> bool:
    """Whether a key or a column of this name would hold one; `password_file` only says where one lies."""
    return name.strip() != "password_file" and bool(_PASSWORD_NAME.search(name.strip()))


def without_value(text: str) -> str:
    """An argument as it may be repeated: what stands behind = may be a password."""
    return text.partition("=")[0] + ("=…" if "=" in text else "")


def _holds_one(table: str, texts: Sequence[str]) -> bool:
    if any(_AS_WORD.fullmatch(one) for one in texts[:-1]):  # a program's argument, the password behind it
        return True
    return any(
        _IN_ADDRESS.search(one) or _AS_VALUE.search(one) or (table == "source" and _IN_LOGIN.match(one))
        for one in texts
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
