"""Bytes of application/dialog-info+xml in, frozen values out (RFC 4235 section 4); raises PeerError, nothing else."""

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from cti.errors import PeerError
from cti.plain_text import plain_text
from cti.sip.headers import NameAddr, parse_name_addr
from cti.sip.uri import parse_uri

CONTENT_TYPE = "application/dialog-info+xml"
MAX_BODY = 65_536  # bytes
MAX_DIALOGS = 64
_VERSION = re.compile(r"[0-9]{1,20}")  # an unbounded number, says the schema; OpenSIPS pads it with zeros


class DialogState(StrEnum):
    """Section 3.7.1."""

    TRYING = "trying"
    PROCEEDING = "proceeding"
    EARLY = "early"
    CONFIRMED = "confirmed"
    TERMINATED = "terminated"


_STATES = frozenset(DialogState)


@dataclass(frozen=True, slots=True)
class Dialog:
    """One dialog of the watched phone. `event` says why it moved, `direction` who called; "" if not told."""

    id: str
    state: DialogState
    event: str
    direction: str
    call_id: str
    remote: NameAddr | None

    @property
    def is_incoming(self) -> bool:
        return self.direction == "recipient"


@dataclass(frozen=True, slots=True)
class DialogInfo:
    """A whole document: all dialogs of `entity` if `is_full`, else those that have changed.

    `entity` is the user part of who is watched, "" if the document names nobody.
    """

    version: int
    is_full: bool
    entity: str
    dialogs: tuple[Dialog, ...]


def parse_dialog_info(data: bytes) -> DialogInfo:
    """No document type, no entities of its own, no other namespace is needed; whatever else is in it is passed over."""
    if len(data) > MAX_BODY:
        raise PeerError("a dialog-info longer than 64 kB", 413)
    root = _parse_xml(data)
    version, state = _attribute(root, "version"), _attribute(root, "state")
    if _name(root) != "dialog-info" or not _VERSION.fullmatch(version) or state not in {"full", "partial"}:
        raise PeerError("not a dialog-info", 400)
    children = [child for child in root if _name(child) == "dialog"]
    if len(children) > MAX_DIALOGS:
        raise PeerError("more dialogs than any phone has", 400)
    dialogs = tuple(map(_parse_dialog, children))
    return DialogInfo(int(version), state == "full", _user(_attribute(root, "entity")), dialogs)


def _parse_xml(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:  # defusedxml's own are ValueErrors
        raise PeerError(f"not XML that we read: {plain_text(str(error))}", 400) from error
    return root


def _parse_dialog(element: Element) -> Dialog:
    state = _child(element, "state")
    stated = _text(state)
    if state is None or stated not in _STATES or not (name := _attribute(element, "id")):
        raise PeerError("a dialog without id or state", 400)
    return Dialog(
        id=name,
        state=DialogState(stated),
        event=_attribute(state, "event"),
        direction=_attribute(element, "direction"),
        call_id=_attribute(element, "call-id"),
        remote=_parse_party(_child(element, "remote")),
    )


def _user(uri: str) -> str:
    try:
        return parse_uri(uri).user
    except PeerError:
        return ""


def _parse_party(party: Element | None) -> NameAddr | None:
    """Who is at the other end. An address that is none is no reason to lose the state of a call."""
    identity = None if party is None else _child(party, "identity")
    if identity is not None:
        with suppress(PeerError):
            address = parse_name_addr(_text(identity))
            return NameAddr(identity.get("display") or address.display, address.uri, address.params)
    return None


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _name(element: Element) -> str:
    """Without its namespace: a peer that forgets to name it is understood too."""
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return (element.get(name) or "").strip()


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
