"""Ids that a peer made up (Call-ID, tags, branches) as text that any record, log or trace can hold."""

import hashlib

from cti.wire_text import encode

MAX_CALL_ID, MAX_TAG, MAX_BRANCH = 128, 64, 96  # characters: together with their ";" below 300
_DIGEST_BYTES = 8


def call_identity(call_id: str, tag: str, branch: str) -> str:
    """One name for one call: the readable Call-ID, ";", From tag, ";", branch of its first INVITE."""
    return ";".join((wire_id(call_id, MAX_CALL_ID), wire_id(tag, MAX_TAG), wire_id(branch, MAX_BRANCH)))


def wire_id(text: str, limit: int) -> str:
    """Printable and at most `limit` characters, different for different ids.

    What cannot be printed, ";" and the backslash become escapes; a long id is cut and ends in "~" and its digest.
    """
    if len(text) <= limit and text.isprintable() and ";" not in text and "\\" not in text:
        return text
    shown = "".join(map(_escape, text[: limit + 1]))
    if len(shown) <= limit:
        return shown
    digest = hashlib.blake2s(encode(text), digest_size=_DIGEST_BYTES).hexdigest()
    return f"{shown[: limit - len(digest) - 1]}~{digest}"


def _escape(char: str) -> str:
    if char == ";":
        return "\\x3b"
    return char if char.isprintable() and char != "\\" else char.encode("unicode_escape").decode("ascii")
