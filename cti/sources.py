"""Every kind of call source: to add one, write its folder and its line here.

Each builder imports its source itself: only who uses a kind pays for it, and settings are read without any.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cti.ami.settings import AmiSettings
from cti.ncid.settings import NcidSettings
from cti.push.settings import PushSettings
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.source import Around, CallSource


@dataclass(frozen=True, slots=True)
class SourceKind:
    """`kind` of the settings file, the frozen value its table becomes (a `SourceSettings`), and what builds it.

    A kind that `announces` is told of a call, before or while a telephone rings, and may hear no more of it.
    """

    kind: str
    settings: type[Any]
    build: Callable[[Any, Around], CallSource]
    announces: bool = False


def _sip(settings: SipSettings, around: Around) -> CallSource:
    if settings.answer == "softphone":
        return _softphone(settings, around)
    from cti.sip.click_to_dial import ClickToDialSource  # noqa: PLC0415 -- as the module's words say

    return ClickToDialSource(settings, around.secret, tap=around.tap, customers=around.customers)


def _softphone(settings: SipSettings, around: Around) -> CallSource:
    from cti.sip.portaudio import PortAudioCard  # noqa: PLC0415 -- as pyVoIP: for who talks in the program alone
    from cti.sip.softphone_source import SoftphoneSource  # noqa: PLC0415

    return SoftphoneSource(settings, around, PortAudioCard())


def _sip_dialog(settings: SipDialogSettings, around: Around) -> CallSource:
    """Its calls come as NOTIFYs of a subscription of ours: nobody floods with those."""
    from cti.sip.dialog_source import SipDialogSource  # noqa: PLC0415

    return SipDialogSource(settings, around.secret, around.tap)


def _ami(settings: AmiSettings, around: Around) -> CallSource:
    from cti.ami.source import AmiSource  # noqa: PLC0415

    return AmiSource(settings, around.secret, tap=around.tap)


def _push(settings: PushSettings, around: Around) -> CallSource:
    from cti.push.source import PushSource  # noqa: PLC0415 -- HTTP's library is for who uses it

    return PushSource(settings, around.secret)


def _ncid(settings: NcidSettings, _around: Around) -> CallSource:
    """Nobody logs in there, and nobody floods: a line has one call."""
    from cti.ncid.source import NcidSource  # noqa: PLC0415

    return NcidSource(settings)


SOURCES = [
    SourceKind("sip", SipSettings, _sip),
    SourceKind("sip-dialog", SipDialogSettings, _sip_dialog),
    SourceKind("ami", AmiSettings, _ami),
    SourceKind("push", PushSettings, _push, announces=True),
    SourceKind("ncid", NcidSettings, _ncid, announces=True),
]


def build_source(settings: Any, around: Around) -> CallSource:
    """The source that these settings describe."""
    return _kind_of(settings).build(settings, around)


def announces(settings: Any) -> bool:
    """Whether the source that these settings describe only announces calls."""
    return _kind_of(settings).announces


def _kind_of(settings: Any) -> SourceKind:
    return next(kind for kind in SOURCES if kind.settings is type(settings))
