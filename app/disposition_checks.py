"""What `[[disposition]]` tables must say before a tree is made of them; each fault is one line that names it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.errors import UserError
from app.words import _

LONGEST_CODE = 64


class Disposition(Protocol):
    """A code as the settings write it."""

    @property
    def code(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def ja(self) -> str: ...
    @property
    def en(self) -> str: ...


def check_dispositions(tree: Sequence[Disposition], path: Path | str) -> None:
    """Raises UserError for the first fault: a code twice, none or too long, a group that is missing or in itself."""
    codes = [one.code for one in tree]
    parents = {one.code: one.parent for one in tree}
    for one in tree:
        if not 0 < len(one.code) <= LONGEST_CODE or one.code != one.code.strip():
            raise UserError(
                _('A [[disposition]] in {path} has code = "{code}".').format(path=path, code=one.code),
                _("A code has 1 to {n} characters and no space around it.").format(n=LONGEST_CODE),
            )
        if not (one.ja.strip() or one.en.strip()):
            raise UserError(
                _('[[disposition]] "{code}" in {path} has no words.').format(code=one.code, path=path),
                _("Say it in ja, en or both; where one is empty the other stands for it."),
            )
        if codes.count(one.code) > 1:
            raise UserError(
                _('Two [[disposition]] tables in {path} have code = "{code}".').format(path=path, code=one.code),
                _("Give each its own: old calls are known by it."),
            )
        if one.parent and one.parent not in parents:
            raise UserError(
                _('[[disposition]] "{code}" in {path} has parent = "{parent}".').format(
                    code=one.code, path=path, parent=one.parent
                ),
                _("There is no [[disposition]] with that code: add one, or take the parent away."),
            )
        if _is_in_itself(one.code, parents):
            raise UserError(
                _('[[disposition]] "{code}" in {path} is in a group that is in itself.').format(
                    code=one.code, path=path
                ),
                _("Follow parent from group to group and correct the one that leads back."),
            )


def _is_in_itself(code: str, parents: dict[str, str]) -> bool:
    seen = {code}
    while (code := parents.get(code, "")) and code not in seen:
        seen.add(code)
    return bool(code)
