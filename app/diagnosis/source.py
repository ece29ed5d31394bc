"""How a source of each kind is looked at. A further kind is one more entry of `OF_KIND`."""

from collections.abc import Awaitable, Callable
from typing import Any

from app.diagnosis import ami, ncid, sip
from app.diagnosis.finding import Check
from app.diagnosis.known import Known, in_running_program, password
from cti.ami.settings import AmiSettings
from cti.ncid.settings import NcidSettings
from cti.sip.settings import SipDialogSettings, SipSettings
from cti.source import SourceSettings

Look = Callable[[Any, Known], Awaitable[list[Check]]]

OF_KIND: dict[type[Any], Look] = {
    SipSettings: sip.look,
    SipDialogSettings: sip.look,
    AmiSettings: ami.look_at,
    NcidSettings: ncid.look,
}


async def look_at(source: SourceSettings, known: Known) -> list[Check]:
    """Everything there is to say about one source."""
    return await OF_KIND.get(type(source), _what_is_known)(source, known)


async def _what_is_known(source: SourceSettings, known: Known) -> list[Check]:
    """Of a kind whose server nobody can look at from here."""
    found = [("secret", password(known.login, source.name)), ("running", in_running_program(known.running))]
    return [Check(name, source.name, finding) for name, finding in found if finding is not None]
