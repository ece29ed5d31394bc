"""Every kind of call source: to add one, write its folder and its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cti.sip.dialog_source import SipDialogSource
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.sip.source import SipSource
from cti.sip.wire_message import Tap
from cti.source import Secret, Source


@dataclass(frozen=True, slots=True)
class SourceKind:
    """`kind` of the settings file, the frozen value its table becomes, and what makes a source of that.

    `build` gets the settings, the way to the secret, and who wants to see every SIP message, if anybody does.
    """

    kind: str
    settings: type[Any]
    build: Callable[[Any, Secret, Tap | None], Source]


SOURCES = [
    SourceKind("sip", SipSettings, lambda settings, secret, tap: SipSource(settings, secret, tap=tap)),
    SourceKind("sip-dialog", SipDialogSettings, SipDialogSource),
]
