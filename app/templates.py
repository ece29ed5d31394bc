"""Ready words for notes: chosen from a list or by a key word, with what is known of the call filled in."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.clock import Clock
from app.errors import UserError
from app.seat import Seat
from app.words import _

if TYPE_CHECKING:  # settings are read before anything rings
    from app.call import Call

_PLACE = re.compile(r"\{([^{}]*)\}")
_CURSOR = "cursor"


@dataclass(frozen=True, slots=True)
class TemplateSettings:
    """`[[template]]`. `line`: a line's name, "" for all; `key`: a word that becomes the text at a blank."""

    name: str
    text: str
    line: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A template filled in for a call; the cursor goes to letter `cursor_at` of the text."""

    name: str
    key: str
    text: str
    cursor_at: int


class TemplateBook:
    """The templates of this desk."""

    def __init__(self, templates: Sequence[TemplateSettings], seat: Seat, clock: Clock | None = None) -> None:
        self._templates = tuple(templates)
        self._seat = seat
        self._clock = clock or Clock()

    def for_call(self, call: "Call") -> tuple[Words, ...]:
        """Those of the call's line and of all lines, in the order of the settings, filled in."""
        facts = _facts(call, self._seat.login, self._clock.now().astimezone())
        return tuple(_filled(one, facts) for one in self._templates if _is_for(one, call))

    def by_key(self, call: "Call", before_cursor: str) -> Words | None:
        """The template whose key word has just been typed."""
        keys = [
            one.key for one in self._templates if one.key and _is_for(one, call) and before_cursor.endswith(one.key)
        ]
        longest = max(keys, key=len, default="")
        return next((one for one in self.for_call(call) if longest and one.key == longest), None)


def check_templates(templates: Sequence[TemplateSettings], lines: Sequence[Any]) -> None:
    """Raises UserError for a place that nothing fills, a line that is none, and a key word that means two things."""
    known = {line.name for line in lines}
    keys: set[tuple[str, str]] = set()
    for one in templates:
        _check_places(one)
        if one.line and one.line not in known:
            raise UserError(
                _('[[template]] "{name}" is for the line "{line}", which no [[line]] has.').format(
                    name=one.name, line=one.line
                ),
                _("Write the name of a [[line]], or nothing for all lines."),
            )
        if one.key and any((one.key, line) in keys for line in ("", one.line)):
            raise UserError(
                _('[[template]] "{name}": another one has the key word "{key}".').format(name=one.name, key=one.key),
                _("Give each its own."),
            )
        keys.add((one.key, one.line))


def _check_places(one: TemplateSettings) -> None:
    for place in _PLACE.findall(one.text):
        if place not in _PLACES and place != _CURSOR:
            places = ", ".join("{" + name + "}" for name in (*_PLACES, _CURSOR))
            raise UserError(
                _('[[template]] "{name}" has {place}, which nothing fills.').format(
                    name=one.name, place="{" + place + "}"
                ),
                _("Places that are filled: {places}.").format(places=places),
            )


def _is_for(one: TemplateSettings, call: "Call") -> bool:
    return one.line in ("", call.ring.line_name)


def _filled(one: TemplateSettings, facts: Mapping[str, str]) -> Words:
    before, mark, after = one.text.partition("{" + _CURSOR + "}")
    head = _put_in(before, facts)
    text = head + _put_in(after.replace("{" + _CURSOR + "}", ""), facts)
    return Words(one.name, one.key, text, len(head) if mark else len(text))


def _put_in(text: str, facts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda match: facts[match[1]], text)


def _facts(call: "Call", operator: str, now: datetime) -> dict[str, str]:
    return {name: tell(call, operator, now) for name, tell in _PLACES.items()}


def _name(call: "Call") -> str:
    return call.pop.facts.customer.name if call.pop.facts is not None else call.ring.name


def _customer_no(call: "Call") -> str:
    return call.pop.facts.customer.customer_no if call.pop.facts is not None else ""


_PLACES: dict[str, Callable[["Call", str, datetime], str]] = {
    "name": lambda call, _operator, _now: _name(call),
    "number": lambda call, _operator, _now: call.ring.number.display,
    "customer_no": lambda call, _operator, _now: _customer_no(call),
    "operator": lambda _call, operator, _now: operator,
    "date": lambda _call, _operator, now: f"{now:%Y-%m-%d}",
    "time": lambda _call, _operator, now: f"{now:%H:%M}",
    "line": lambda call, _operator, _now: call.ring.line_name or call.ring.dialled,
}
