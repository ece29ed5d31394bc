"""Digits, tokens, quoted strings and lists of RFC 3261 section 25, each in linear time.

Text here was decoded from UTF-8 with surrogateescape, so that whatever came in can go out again byte for byte.
"""

import re

from cti.errors import PeerError

TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")
_DIGITS = re.compile(r"[0-9]{1,10}")
_STOPS = {separator: re.compile(f'["<{separator}]') for separator in ",;"}
_QUOTED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)

Params = tuple[tuple[str, str], ...]


def parse_number(text: str, limit: int) -> int:
    """Read ASCII digits only (int() would take Arabic ones), at most `limit`; PeerError 400 otherwise."""
    if not _DIGITS.fullmatch(text) or int(text) > limit:
        raise PeerError("not a number in range", 400)
    return int(text)


def split_list(text: str, separator: str) -> list[str]:
    """Cut at commas or semicolons outside quotes and angle brackets; PeerError 400 where one of those stays open."""
    if '"' not in text and "<" not in text:
        return [part.strip() for part in text.split(separator)]
    parts, start, at = [], 0, 0
    while (stop := _STOPS[separator].search(text, at)) is not None:
        at = stop.start()
        if text[at] == '"':
            at = end_of_quoted(text, at)
        elif text[at] == "<":
            at = end_of_angled(text, at)
        else:
            parts.append(text[start:at].strip())
            start = at + 1
        at += 1
    return [*parts, text[start:].strip()]


def end_of_quoted(text: str, start: int) -> int:
    """Index of the quote that closes the one at `start`; PeerError 400 if there is none."""
    quoted = _QUOTED.match(text, start)
    if quoted is None:
        raise PeerError("unterminated quoted string", 400)
    return quoted.end() - 1


def end_of_angled(text: str, start: int) -> int:
    end = text.find(">", start)
    if end < 0:
        raise PeerError("unterminated angle bracket", 400)
    return end


def unquote(text: str) -> str:
    """The text inside a quoted string with its escapes removed once; other text as it is."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def parse_params(text: str) -> Params:
    """Read `;name[=value]…` (names in lower case, values unquoted); PeerError 400 for an empty or broken one."""
    if not text.strip():
        return ()
    first, *rest = split_list(text, ";")
    if first:
        raise PeerError("text before the first parameter", 400)
    return tuple(_parse_param(part) for part in rest)


def _parse_param(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    if not TOKEN.fullmatch(name.strip()):
        raise PeerError("malformed parameter", 400)
    return name.strip().lower(), unquote(value.strip())


def param(params: Params, name: str) -> str | None:
    """The first value of a parameter ("" for a flag), None if absent."""
    for key, value in params:  # a generator would take three times as long, and this is asked for all the time
        if key == name:
            return value
    return None
