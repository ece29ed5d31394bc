"""A body as JSON, urlencoded or multipart: whichever it is, a mapping of names to texts. Raises PeerError only.

`user`, `user[]` and a JSON list are the same to us: one name with several texts.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl

import multipart

from cti.errors import PeerError

MOST_FIELDS = 200
LONGEST_TEXT = 4_096  # bytes of one field
_LIST_MARK = re.compile(r"\[[^\]]*\]\Z")

Form = Mapping[str, list[str]]
_Pairs = Iterable[tuple[str, str]]


def read_form(content_type: str, body: bytes) -> Form:
    """What the body says. Without a type that tells, a body that begins like an object is taken for JSON."""
    kind, options = multipart.parse_options_header(content_type)
    if kind == "multipart/form-data":
        return _gathered(_parts(options.get("boundary", ""), body))
    if kind in _BY_TYPE:
        return _gathered(_BY_TYPE[kind](body))
    if kind in {"", "text/plain", "application/octet-stream"}:
        return _gathered((_json if body.lstrip()[:1] == b"{" else _urlencoded)(body))
    raise PeerError("Unknown content type!", 415)


def _gathered(pairs: _Pairs) -> Form:
    form: dict[str, list[str]] = {}
    for count, (name, text) in enumerate(pairs):
        if count >= MOST_FIELDS or len(text) > LONGEST_TEXT:
            raise PeerError("Too much in one request!", 422)
        form.setdefault(_LIST_MARK.sub("", name), []).append(text)
    return form


def _urlencoded(body: bytes) -> _Pairs:
    try:
        text = body.decode("utf-8", "surrogateescape").strip()
        return parse_qsl(text, keep_blank_values=True, errors="surrogateescape", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise PeerError("Too much in one request!", 422) from error


def _json(body: bytes) -> _Pairs:
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise PeerError("Invalid JSON!", 422) from error
    if not isinstance(found, dict):
        raise PeerError("Invalid JSON!", 422)
    return [(_whole(name), text) for name, value in found.items() for text in _texts(value)]


def _texts(value: object) -> list[str]:
    """Of a text, a number, or a list of them; what is none of these says nothing to us."""
    if isinstance(value, list):
        return [_whole(one) for one in value[: MOST_FIELDS + 1] if isinstance(one, str)]
    return [_whole(value)] if isinstance(value, str) else []


def _whole(text: str) -> str:
    """JSON may spell half of a character, which no text can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _parts(boundary: str, body: bytes) -> _Pairs:
    found: list[tuple[str, bytearray]] = []
    try:
        with multipart.PushMultipartParser(
            boundary, max_segment_size=LONGEST_TEXT, max_segment_count=MOST_FIELDS, strict=True
        ) as parser:
            for one in parser.parse(body):
                if isinstance(one, multipart.MultipartSegment):
                    found.append((one.name or "", bytearray()))
                elif one:
                    found[-1][1].extend(one)
    except (multipart.MultipartError, ValueError) as error:
        raise PeerError("Invalid form!", 422) from error
    return [(name, bytes(text).decode("utf-8", "surrogateescape")) for name, text in found]


_BY_TYPE: dict[str, Callable[[bytes], _Pairs]] = {
    "application/json": _json,
    "application/x-www-form-urlencoded": _urlencoded,
}
