"""What is wrong with settings that are being changed: found by the checks of a file, put to the field it means."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.database_address import check_address
from app.errors import UserError
from app.hotkey import hotkey_of
from app.settings import Settings
from app.settings_file import NAMED_BY
from app.settings_tables import REPEATED, SINGLE, hints_of, with_tables
from app.words import _

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|「([^」]*)」')
_WORD, _TABLE = re.compile(r"[a-z_]+"), re.compile(r"\[\[?([a-z]+)\]")
_IN_ITS_LIST = ("disposition",)  # one alone has no group

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Fault:
    """`place` is which of several tables is meant, from 0 on; key "" where no field is."""

    table: str
    place: int | None
    key: str
    error: UserError


def here() -> str:
    """Where the values stand, in place of a file's name."""
    return _("these settings")


def fault_of(table: str, key: str, value: Any) -> Fault | None:
    """Of a single value, whatever the others are."""
    try:
        settings = with_tables(Settings(), {table: {key: value}}, here())
        if key.startswith("hotkey_"):
            hotkey_of(value, key)
        if table == "database":
            check_address(settings.database)
    except UserError as error:
        return Fault(table, None, key, error)
    return None


def fault_of_list(table: str, rows: Rows) -> Fault | None:
    """The first of each row by itself, then of all of them beside each other."""
    for n, row in enumerate(rows if table not in _IN_ITS_LIST else ()):
        try:
            with_tables(Settings(), {table: [row]}, here())
        except UserError as error:
            return Fault(table, n, _key_of(table, row, error), error)
    try:
        with_tables(Settings(), {table: list(rows)}, here())
    except UserError as error:
        return _of_row(table, rows, error)
    return None


def fault_of_whole(error: UserError, rows_of: Callable[[str], Rows]) -> Fault:
    """Of values that are right by themselves and not beside others: the sentence names whose they are."""
    named = [one for one in _TABLE.findall(error.what) if one in (*SINGLE, *REPEATED)]
    if not named:
        return Fault("", None, "", error)
    table = named[0]
    return _of_row(table, rows_of(table), error) if table in REPEATED else _of_single(table, error)


def _of_row(table: str, rows: Rows, error: UserError) -> Fault:
    place = _place_of(table, rows, error)
    return Fault(table, place, _key_of(table, rows[place], error) if place is not None else "", error)


def _of_single(table: str, error: UserError) -> Fault:
    known = hints_of(table)
    return Fault(table, None, next((one for one in _WORD.findall(error.what) if one in known), ""), error)


def _key_of(table: str, row: Mapping[str, Any], error: UserError) -> str:
    """The first key that the sentence names, else one that its advice does."""
    known = hints_of(table, str(row.get("kind", "sip")))
    whole = re.sub(r"\[\[?[a-z]+\]\]?", "", error.what)
    for text in (_without_quoted(whole, known), error.todo):
        for word in _WORD.findall(text):
            if word in known:
                return str(word)
    return NAMED_BY[table]


def _without_quoted(text: str, known: Mapping[str, Any]) -> str:
    """What people called something is no key; a key in quotes is one."""
    return _QUOTED.sub(lambda found: found[0] if (found[1] or "") in known else "", text)


def _place_of(table: str, rows: Rows, error: UserError) -> int | None:
    """The last row that the sentence names: of two of one name the newer one is in the way."""
    named = {one for found in _QUOTED.findall(error.what) for one in found if one}
    places: list[int] = [n for n, row in enumerate(rows) if row.get(NAMED_BY[table], "") in named]
    return places[-1] if places else len(rows) - 1 if rows else None
