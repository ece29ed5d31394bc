"""Every kind of call source: to add one, write its folder and its line here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cti.sip.dialog_source import SipDialogSource
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.sip.source import SipSource
from cti.sip.wire_message import Tap
from cti.source import CallSource, Customers, Secret


@dataclass(frozen=True, slots=True)
class SourceKind:
    """`kind` of the settings file, the frozen value its table becomes, and what makes a source of that.

    `build` gets the settings, the ways to the secret and to whose numbers are customers', and who wants to see every
    SIP message, if anybody does.
    """

    kind: str
    settings: type[Any]
    build: Callable[[Any, Secret, Customers, Tap | None], CallSource]


def _sip(settings: SipSettings, secret: Secret, customers: Customers, tap: Tap | None) -> SipSource:
    return SipSource(settings, secret, tap=tap, customers=customers)


def _sip_dialog(settings: SipDialogSettings, secret: Secret, _customers: Customers, tap: Tap | None) -> SipDialogSource:
    """Its calls come as NOTIFYs of a subscription of ours: nobody floods with those."""
    return SipDialogSource(settings, secret, tap)


SOURCES = [SourceKind("sip", SipSettings, _sip), SourceKind("sip-dialog", SipDialogSettings, _sip_dialog)]
