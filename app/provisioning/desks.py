"""The table of desks: a CSV file with a line for each, found by the computer's name, the login, or both."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import UserError
from app.file_errors import file_words
from app.provisioning.no_passwords import refuse_password
from app.words import _

COMPUTER, LOGIN = "computer", "login"
_LINES_FROM = 2  # the first one has the names of the columns


@dataclass(frozen=True, slots=True)
class Here:
    """Where this runs. A computer's domain does not count."""

    computer: str
    login: str

    @property
    def values(self) -> dict[str, str]:
        """What a placeholder may name without any table."""
        return {COMPUTER: self.computer, LOGIN: self.login}


def desk_here(path: Path, here: Here) -> Mapping[str, str]:
    """The columns of this desk's line. Raises UserError if there is none, or more than one."""
    rows = _rows(path)
    if not rows or not {COMPUTER, LOGIN} & rows[0].keys():
        raise UserError(
            _("{path} names no desks.").format(path=path),
            _("Its first line needs a column computer, or login; each further line is a desk."),
        )
    found = [row for row in rows if _is_here(row, here)]
    best = [row for row in found if row.get(COMPUTER) and row.get(LOGIN)] or found
    if len(best) == 1:
        return here.values | {name: text for name, text in best[0].items() if text}
    who = _("computer {computer}, login {login}").format(computer=here.computer, login=here.login)
    if not best:
        raise UserError(
            _("{path} has no line for this desk ({who}).").format(path=path, who=who),
            _("Add one, or name the desk with --computer and --login."),
        )
    raise UserError(
        _("{path} has {n} lines for this desk ({who}).").format(path=path, n=len(best), who=who),
        _("Leave one of them, or tell them apart by computer and login."),
    )


def _is_here(row: Mapping[str, str], here: Here) -> bool:
    """What a line leaves empty fits every desk; it must say one of the two."""
    said = row.get(COMPUTER, ""), row.get(LOGIN, "")
    return any(said) and _fits(said[0], here.computer) and _fits(said[1], here.login)


def _fits(said: str, is_really: str) -> bool:
    return not said or _plain(said) == _plain(is_really)


def _plain(name: str) -> str:
    """PC-07.example.jp is PC-07, and SHOP\\sato is sato."""
    return name.rpartition("\\")[2].partition(".")[0].casefold()


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {error}.").format(path=path, error=file_words(error)), _("Look at its name.")
        ) from error
    lines = list(csv.reader(_text(data, path).splitlines()))
    names = [name.strip() for name in lines[0]] if lines else []
    for name in names:
        refuse_password(name, path)
    return [_row(names, line, path, n) for n, line in enumerate(lines[1:], _LINES_FROM) if any(map(str.strip, line))]


def _row(names: Sequence[str], line: Sequence[str], path: Path, n: int) -> dict[str, str]:
    if len(line) > len(names):
        raise UserError(
            _("Line {n} of {path} has more cells than the first line names.").format(n=n, path=path),
            _("Put what has a comma in it between quotes."),
        )
    cells = [*(cell.strip() for cell in line), *[""] * (len(names) - len(line))]
    return {name: cell for name, cell in zip(names, cells, strict=True) if name}


def _text(data: bytes, path: Path) -> str:
    """UTF-8, or what a Japanese Excel writes."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(_("{path} is neither UTF-8 nor Shift_JIS.").format(path=path), _("Save it again as CSV in UTF-8."))
