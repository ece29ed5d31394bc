"""What was seen of one SIP source, for the checks to judge. No socket, no file and no clock: whoever looks fills it."""

from dataclasses import dataclass, field

from app.diagnosis.known import Login
from app.screen import SourceStatus
from cti.sip.probe import Findings
from cti.sip.probing import Sight
from cti.sip.settings import SipDialogSettings, SipKind, SipSettings
from cti.sip.sound_card import Devices, SoundError


@dataclass(frozen=True, slots=True)
class Case:
    """One source, and what was seen of it. `room` None: its address and port can't be had."""

    settings: SipKind
    login: Login = field(default_factory=Login)
    sight: Sight = field(default_factory=Sight)
    room: int | None = 0
    running: SourceStatus | None = None
    tls_trouble: str = ""
    sound: Devices | SoundError | None = None  # None: nobody talks here

    @property
    def findings(self) -> Findings:
        return self.sight.findings

    @property
    def user(self) -> str:
        """Who we are at the PBX."""
        settings = self.settings.account if isinstance(self.settings, SipDialogSettings) else self.settings
        return settings.username

    @property
    def is_trunk(self) -> bool:
        return isinstance(self.settings, SipSettings) and not self.settings.register

    @property
    def watched(self) -> str:
        """The extension whose dialog events are asked for."""
        return self.settings.watch.partition("@")[0] if isinstance(self.settings, SipDialogSettings) else self.user

    @property
    def registers(self) -> bool:
        """Whether it asks the PBX to ring it."""
        return isinstance(self.settings, SipSettings) and self.settings.register
