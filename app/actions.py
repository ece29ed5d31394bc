"""Other systems beside the card: a page or a program that is opened with what the call says, at a click or by itself.

Whatever a caller sends stays a value: percent-encoded in a URL, one argument of a program, never read by a shell.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

from app.errors import UserError
from app.words import _

if TYPE_CHECKING:  # settings are read before anything rings
    from app.call import Call

PLACEHOLDERS = ("number", "customer_no", "name", "line", "extension")
_PLACE = re.compile(r"\{([^{}]*)\}")
_LONGEST = 200
_HOST = re.compile(r"https?://[^/?#{}@]+([/?#]|$)", re.IGNORECASE)  # the settings' word, never a caller's
_BY_SHELL = (".bat", ".cmd")  # Windows gives these to cmd.exe, which reads arguments in its own way


@dataclass(frozen=True, slots=True)
class ActionSettings:
    """`[[action]]`: what is opened, with what the call says in place of {number} and the others, and when."""

    name: str
    on: Literal["click", "ring", "answer"] = "click"
    line: str = ""
    url: str = ""
    program: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing to open now: a URL, or a program with its arguments."""

    name: str
    url: str = ""
    program: tuple[str, ...] = ()


def check_actions(actions: Sequence[ActionSettings], path: Path | str) -> None:
    """Raises UserError for the first fault."""
    for one in actions:
        _check_what(one, path)
        for text in (one.url, *one.program):
            for name in _PLACE.findall(text):
                if name not in PLACEHOLDERS:
                    known, unknown = ", ".join(f"{{{place}}}" for place in PLACEHOLDERS), f"{{{name}}}"
                    raise UserError(
                        _('[[action]] "{name}" in {path} has {place}.').format(name=one.name, path=path, place=unknown),
                        _("Known are: {known}.").format(known=known),
                    )


def allow_programs(
    actions: Sequence[ActionSettings], is_by_machine: bool, is_wanted: bool, machine: Path | str
) -> None:
    """Raises UserError where an action starts a program, or a user says it may, and the machine's file does not."""
    if is_wanted and not is_by_machine:
        raise UserError(
            _("programs = true under [desk] counts only in the machine's settings."),
            _("Remove it; an administrator can write it into {path}.").format(path=machine),
        )
    if is_wanted:
        return
    for one in actions:
        if one.program:
            raise UserError(
                _('[[action]] "{name}" starts a program, which is not allowed here.').format(name=one.name),
                _("An administrator can allow it: programs = true under [desk] in {path}.").format(path=machine),
            )


def openings(actions: Sequence[ActionSettings], on: str, call: "Call") -> list[Opening]:
    """What is to be opened for this call; nothing that lacks what it asks for."""
    values = values_of(call)
    return [_opening(one, values) for one in actions if one.on == on and _is_for(one, call) and _has_all(one, values)]


def values_of(call: "Call") -> Mapping[str, str]:
    """What the call and its open card say, without characters that no system should be sent."""
    facts, number = call.pop.facts, call.ring.number
    known = facts.customer if facts is not None else None
    said = {
        "number": (number.key or number.raw) if call.ring.withheld is None else "",
        "customer_no": known.customer_no if known else "",
        "name": known.name if known else call.ring.name,
        "line": call.ring.line_name or call.ring.dialled,
        "extension": number.extension,
    }
    return {name: _plain(text) for name, text in said.items()}


def _check_what(one: ActionSettings, path: Path | str) -> None:
    if bool(one.url) == bool(one.program):
        raise UserError(
            _('[[action]] "{name}" in {path} needs either url or program.').format(name=one.name, path=path),
            _('Write one of them: url = "https://…" or program = ["…"].'),
        )
    if one.url and not is_web(one.url):
        raise UserError(
            _('The url of [[action]] "{name}" in {path} is no web address.').format(name=one.name, path=path),
            _("It must begin with https:// or http:// and a host that is written out."),
        )
    if one.program and (_PLACE.search(one.program[0]) or one.program[0].lower().endswith(_BY_SHELL)):
        raise UserError(
            _('[[action]] "{name}" in {path} has a program that is not written out, or is a batch file.').format(
                name=one.name, path=path
            ),
            _("Name the program itself; what the call says may only stand in its arguments."),
        )


def is_web(url: str) -> bool:
    """Whether a template is a page's address whose host is written out."""
    if _HOST.match(url) is None or any(unicodedata.category(char)[0] in "CZ" for char in url):
        return False
    parts = urlsplit(url)
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _is_for(one: ActionSettings, call: "Call") -> bool:
    """`line` is a line's name or the number that was dialled; empty stands for all."""
    return not one.line or one.line in (call.ring.line_name, call.ring.dialled)


def _has_all(one: ActionSettings, values: Mapping[str, str]) -> bool:
    """A page of nobody is of no use; a line that has no name is no reason to open nothing."""
    asked = {name for text in (one.url, *one.program) for name in _PLACE.findall(text)}
    return all(values[name] for name in asked & {"number", "customer_no"})


def _opening(one: ActionSettings, values: Mapping[str, str]) -> Opening:
    if one.url:
        return Opening(one.name, url=filled_url(one.url, values))
    return Opening(one.name, program=tuple(_argument(text, values) for text in one.program))


def filled_url(url: str, values: Mapping[str, str]) -> str:
    """The template with percent-encoded values in its places; KeyError for a place that nothing belongs in."""
    return _PLACE.sub(lambda found: quote(values[found[1]], safe=""), url)


def _argument(text: str, values: Mapping[str, str]) -> str:
    """A caller who is called "--delete" gives no option to the program."""
    filled = _PLACE.sub(lambda found: values[found[1]], text)
    return filled.lstrip("-/@") if _PLACE.match(text) else filled


def _plain(text: str) -> str:
    kept = "".join(char for char in text if unicodedata.category(char)[0] != "C" and char not in "\u2028\u2029")
    return kept.strip()[:_LONGEST]
