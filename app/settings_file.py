"""Writes single values and whole lists into the user's settings file; comments, order and all else in it stay.

What is written has been read again first: a file that would not say exactly what was wanted is never put in place.
"""

import os
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.file_errors import file_words
from app.settings_tables import REPEATED
from app.words import _

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

__all__ = ["NAMED_BY", "SettingsFile", "change", "put_list"]

Table = Mapping[str, Any]
"""Keys and values as `tomllib` gives them: texts, flags, whole numbers, lists of texts."""
NAMED_BY = {"source": "name", "line": "dialled", "disposition": "code", "template": "name", "action": "name"}
"""Which key tells one table of a list from its neighbours."""
_BOM = "\ufeff"


def change(path: Path, table: str, key: str, value: Any) -> None:
    """One value, at once; None takes it out of the file. Raises UserError for a file that can't be read or written."""
    file = SettingsFile(path)
    file.change(table, key, value)
    file.save()


def put_list(path: Path, table: str, rows: Sequence[Table] | None) -> None:
    """All `[[table]]`, at once; None takes them out of the file. Raises UserError as `change` does."""
    file = SettingsFile(path)
    file.put_list(table, rows)
    file.save()


class SettingsFile:
    """The file as it is now. Changes are collected and written by `save`, which refuses one that others changed."""

    def __init__(self, path: Path) -> None:
        """Raises UserError for what cannot be read; a missing file is an empty one."""
        self._path, self._wanted = path, dict[str, Any]()
        self._before = _bytes_of(path)
        try:
            self._text = (self._before or b"").decode("utf-8")
            self._wanted = tomllib.loads(self._text.removeprefix(_BOM))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise _unreadable(path, error) from error

    @property
    def text(self) -> str:
        """As it would be written."""
        return self._text

    @property
    def tables(self) -> Mapping[str, Any]:
        """What the text says."""
        return self._wanted

    def change(self, table: str, key: str, value: Any) -> None:
        """A single value; None: the file says nothing of it any more. An equal one leaves the text as it is."""
        said = self._wanted.get(table, {})
        if not isinstance(said, dict):
            raise self._not_from_here()
        if (key not in said) if value is None else _is_same(said.get(key), value):
            return
        wanted = {one: old for one, old in said.items() if one != key} | ({} if value is None else {key: value})
        document = self._parsed()
        if value is None:
            del document[table][key]
        elif table in document:
            document[table][key] = _item(value)
        else:
            _append(document, table, _new_table({key: value}))
        self._take(document, {**self._wanted, table: wanted})

    def put_list(self, table: str, rows: Sequence[Table] | None) -> None:
        """These `[[table]]` in this order in place of those in the file; None: the file has none any more.

        A table that stays keeps its comments; it is known by its name, a renamed one by its place.
        """
        said, wanted = self._wanted.get(table, []), [dict(one) for one in rows or ()]
        if _is_same(said, wanted):
            return
        document = self._parsed()
        old = [one.copy() for one in document[table]] if table in document else []
        made = [_row(_old_of(table, one, n, old, wanted), one) for n, one in enumerate(wanted)]
        _put(document, table, made)
        rest = {name: one for name, one in self._wanted.items() if name != table}
        self._take(document, rest | ({table: wanted} if wanted else {}))

    def save(self) -> None:
        """Temporary file, fsync, rename: a program that is killed leaves the old one or the new one, whole.

        Raises UserError; the file is then as it was.
        """
        written = self._text.encode()
        if written == (self._before or b""):
            return
        path = self._path.resolve()  # what a link leads to is written, the link stays
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            new = _written_beside(path, written)
            try:
                self._refuse_changed()
                new.replace(path)
            finally:
                new.unlink(missing_ok=True)
            _sync_folder(path.parent)
        except OSError as error:
            raise UserError(
                _("The settings file {path} cannot be written: {error}.").format(path=path, error=file_words(error)),
                _("Make it writable for this user; nothing was changed."),
            ) from error
        self._before = written

    def changed_meanwhile(self) -> UserError:
        """What is said where another program has written it."""
        return UserError(
            _("The settings file {path} was changed meanwhile by another program.").format(path=self._path),
            _("Nothing was written. Read it again, then make your changes once more."),
        )

    def _refuse_changed(self) -> None:
        if _bytes_of(self._path) != self._before:
            raise self.changed_meanwhile()

    def _parsed(self) -> "TOMLDocument":
        import tomlkit  # noqa: PLC0415 -- for who changes settings; `tomllib` reads them
        from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

        try:
            return tomlkit.parse(self._text.removeprefix(_BOM).replace("\r\n", "\n"))
        except TOMLKitError as error:
            raise self._not_from_here() from error

    def _take(self, document: "TOMLDocument", wanted: dict[str, Any]) -> None:
        """The document's text, if it says what is wanted."""
        text = document.as_string()
        if text.endswith("\n\n") and not self._text.endswith("\n\n"):
            text = text.rstrip("\n") + "\n"
        if not _says(text, wanted):
            raise self._not_from_here()
        line_end = "\r\n" if "\r\n" in self._text else "\n"
        self._text = (_BOM if self._text.startswith(_BOM) else "") + text.replace("\n", line_end)
        self._wanted = wanted

    def _not_from_here(self) -> UserError:
        return UserError(
            _("The settings file {path} is written in a way that can't be changed from here.").format(path=self._path),
            _("Change it in a text editor; nothing was written."),
        )


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> UserError:
    return UserError(
        _("The settings file {path} cannot be read: {error}.").format(path=path, error=file_words(error)),
        _("Correct the file, or remove it to start with the built-in settings."),
    )


def _says(text: str, wanted: Table) -> bool:
    """An empty table and none are the same to us."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return _is_same({k: v for k, v in said.items() if v != {}}, {k: v for k, v in wanted.items() if v != {}})


def _is_same(one: object, other: object) -> bool:
    """Equal and of one kind: to Python `True` is 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_is_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_is_same, one, other))
    return type(one) is type(other) and one == other


def _item(value: object) -> Any:
    """A text of several lines stands between three quotes, as people would write it."""
    import tomlkit  # noqa: PLC0415 -- as above

    if isinstance(value, str) and "\n" in value and "''" not in value and value.replace("\n", "").isprintable():
        return tomlkit.string(value, literal=True, multiline=True)
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _new_table(values: Table) -> Any:
    import tomlkit  # noqa: PLC0415 -- as above

    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, _item(value))
    return table


def _append(document: "TOMLDocument", table: str, made: Any) -> None:
    """After all else, with an empty line before it. Single tables stand before those that may stand several times."""
    import tomlkit  # noqa: PLC0415 -- as above

    if document.as_string().strip() and not document.as_string().endswith("\n\n"):
        document.add(tomlkit.nl())
    document.add(table, made)


def _put(document: "TOMLDocument", table: str, rows: Sequence[Any]) -> None:
    import tomlkit  # noqa: PLC0415 -- as above

    if table in document and isinstance(document[table], tomlkit.items.AoT) and rows:
        several: Any = document[table]
        several.clear()
    else:
        if table in document:
            document.remove(table)
        if not rows:
            return
        several = tomlkit.aot()
        _append(document, table, several)
    for n, one in enumerate(rows):
        if n and not rows[n - 1].as_string().endswith("\n\n") and not one.trivia.indent.startswith("\n"):
            one.trivia.indent = "\n" + one.trivia.indent
        several.append(one)


def _row(old: Any, values: Table) -> Any:
    """The old table with what is another now; a new one where there was none."""
    import tomlkit  # noqa: PLC0415 -- as above

    if not isinstance(old, tomlkit.items.Table):
        made = _new_table(values)
        made.add(tomlkit.nl())
        return made
    said = old.unwrap()
    for key in said.keys() - values.keys():
        del old[key]
    for key, value in values.items():
        if not _is_same(said.get(key), value):
            old[key] = _item(value)
    return old


def _old_of(table: str, row: Table, place: int, old: Sequence[Any], wanted: Sequence[Table]) -> Any:
    key = NAMED_BY[table]
    for one in old:
        if one.get(key) == row.get(key):
            return one
    names = {one.get(key) for one in wanted}
    is_free = place < len(old) and old[place].get(key) not in names
    return old[place] if is_free else None


def _written_beside(path: Path, text: bytes) -> Path:
    """For this user alone (0600), on the disk when this returns."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _sync_folder(folder: Path) -> None:
    """Only Unix knows a rename that is not on the disk yet, and how to ask for it."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


assert NAMED_BY.keys() == REPEATED.keys()
