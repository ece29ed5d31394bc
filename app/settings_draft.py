"""The settings as they stand in the window: what is changed there, and whether it may be saved.

Nothing is written before `save`, and then what has changed alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.setting_faults import Fault, fault_of, fault_of_list, fault_of_whole, here
from app.settings import Settings
from app.settings_file import SettingsFile
from app.settings_layers import Layer, Origin, loaded
from app.settings_tables import REPEATED, SINGLE, with_tables

ReadLayers = Callable[[], Sequence[Layer]]
Row = Mapping[str, Any]
Key = tuple[str, str]
"""Table and key; "" as the key of a list."""


class Lock(Enum):
    """Why a value can't be changed here."""

    POLICY = "policy"
    MACHINE = "machine"  # only the settings for the whole PC may say it
    THIS_START = "start"  # the command line or the environment says it


@dataclass(frozen=True, slots=True)
class Said:
    """A value, or the rows of a list, and who said it."""

    value: Any
    origin: Origin
    where: object
    lock: Lock | None = None


_BY_IT = (Origin.MACHINE, Origin.POLICY)
_OF_THIS_START = (Origin.ENVIRONMENT, Origin.COMMAND_LINE)


class SettingsDraft:
    """`read` gives every layer anew. Raises UserError, at the start and in `read_again`, for what can't be read."""

    def __init__(self, path: Path, read: ReadLayers) -> None:
        self._path, self._read = path, read
        self.read_again()

    def read_again(self) -> None:
        """As the files are now; what was changed here is let go."""
        self._file, self._layers = SettingsFile(self._path), tuple(self._read())
        self._before = _copied(next(one for one in self._layers if one.origin is Origin.USER).tables)
        self._own = _copied(self._before)
        self._by_it = loaded([one for one in self._layers if one.origin in _BY_IT or one.origin is Origin.MACHINE])
        self.saved = loaded(self._layers).settings

    @property
    def is_changed(self) -> bool:
        """Whether something waits to be saved."""
        return bool(self.changed)

    @property
    def changed(self) -> set[Key]:
        """What would be written."""
        lists = {(table, "") for table in REPEATED if self._before.get(table) != self._own.get(table)}
        return lists | {key for table in SINGLE for key in self._changed_in(table)}

    def said(self, table: str, key: str) -> Said:
        """What counts for a single value, as it stands here."""
        by = next((one for one in reversed(self._as_layers()) if one.has(table, key)), None)
        if by is None:
            built_in = getattr(getattr(Settings(), table), key)
            return Said(built_in, Origin.BUILT_IN, "", self._lock(table, key, Origin.BUILT_IN))
        value = by.tables[table][key]
        plain = tuple(value) if isinstance(value, list) else value
        return Said(plain, by.origin, by.where, self._lock(table, key, by.origin))

    def said_of_list(self, table: str) -> Said:
        """Whose `[[table]]` count."""
        by = next((one for one in reversed(self._as_layers()) if one.has(table, "")), None)
        if by is None:
            return Said((), Origin.BUILT_IN, "")
        return Said(tuple(by.tables[table]), by.origin, by.where, self._lock(table, "", by.origin))

    def say(self, table: str, key: str, value: Any) -> None:
        """Another value; what is so without this user's word needs no line in his file."""
        mine = self._own.setdefault(table, {})
        mine.pop(key, None)
        if key in self._before.get(table, {}) or self.said(table, key).value != value:
            mine[key] = list(value) if isinstance(value, tuple) else value

    def reset(self, table: str, key: str = "") -> None:
        """Back to what counts without this user's word."""
        if table in REPEATED:
            self._own.pop(table, None)
        else:
            self._own.get(table, {}).pop(key, None)

    def put_rows(self, table: str, rows: Sequence[Row]) -> None:
        """This user's own list, in this order; one that others say just so is no list of his."""
        self.reset(table)
        if table in self._before or list(self.said_of_list(table).value) != list(rows):
            self._own[table] = [dict(one) for one in rows]

    def undo(self) -> None:
        """As it is saved."""
        self._own = _copied(self._before)

    def faults(self) -> list[Fault]:
        """What keeps it from being saved; empty where all is well."""
        each = (self._fault(table, key) for table, key in sorted(self.changed))
        found = [one for one in each if one is not None]
        try:
            self.wanted()
        except UserError as error:
            return found or [fault_of_whole(error, lambda table: self.said_of_list(table).value)]
        return found

    def wanted(self) -> Settings:
        """All of it as it would be after saving. Raises UserError for what can't be saved."""
        return loaded(self._as_layers()).settings

    def save(self) -> set[Key]:
        """What was written. Raises UserError; the file is then as it was, and what waits still waits."""
        self.wanted()
        changed, file = self.changed, SettingsFile(self._path)
        if file.tables != self._file.tables:
            raise self._file.changed_meanwhile()
        for table, key in sorted(changed):
            if table in REPEATED:
                file.put_list(table, self._own.get(table))
            else:
                file.change(table, key, self._own.get(table, {}).get(key))
        file.save()
        self.read_again()
        return changed

    @property
    def most_role(self) -> str:
        """Above which the user's file can't go; "" for no limit."""
        return self._by_it.settings.desk.role

    def _changed_in(self, table: str) -> set[Key]:
        before, own = self._before.get(table, {}), self._own.get(table, {})
        return {(table, key) for key in before.keys() | own.keys() if before.get(key) != own.get(key)}

    def _fault(self, table: str, key: str) -> Fault | None:
        if table in REPEATED:
            rows = self._own.get(table)
            return None if rows is None else fault_of_list(table, rows)
        value = self._own.get(table, {}).get(key)
        return None if value is None else fault_of(table, key, value)

    def _lock(self, table: str, key: str, origin: Origin) -> Lock | None:
        if origin is Origin.POLICY:
            return Lock.POLICY
        is_forbidden = (table, key) == ("desk", "programs") and not self._by_it.settings.desk.programs
        if is_forbidden or table == "updates":
            return Lock.MACHINE
        return Lock.THIS_START if origin in _OF_THIS_START else None

    def _as_layers(self) -> list[Layer]:
        own = {table: said for table, said in self._own.items() if said or table in REPEATED}
        return [replace(one, where=here(), tables=own) if one.origin is Origin.USER else one for one in self._layers]


def source_of(row: Row) -> Any:
    """The settings of one `[[source]]` as it stands in the window. Raises UserError as for a file."""
    return with_tables(Settings(), {"source": [dict(row)]}, here()).sources[0]


def _copied(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [dict(one) for one in said] if isinstance(said, list) else dict(said) for name, said in tables.items()
    }
