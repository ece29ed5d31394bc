"""What a SIP source can be told: one frozen value, checked where the settings file is read."""

from dataclasses import dataclass
from typing import Literal

Answer = Literal["silent", "ring", "softphone"]
TransportName = Literal["udp", "tcp", "tls"]
Identity = Literal["pai", "rpid", "from"]


def is_reliable(transport: TransportName) -> bool:
    """Whether it loses nothing, so that nothing is sent again (RFC 3261 section 17)."""
    return transport != "udp"


@dataclass(frozen=True, slots=True)
class SipSettings:
    """One `[[source]]` table of kind "sip"; the names are those of the settings file (docs/settings.md)."""

    name: str
    server: str = ""
    transport: TransportName = "udp"
    username: str = ""
    bind: str = "0.0.0.0:0"
    allow: tuple[str, ...] = ()
    register: bool = True
    answer: Answer = "silent"
    check_contact: bool = True
    identity: tuple[Identity, ...] = ("pai", "rpid", "from")
    dialled_from: tuple[str, ...] = ("diversion", "history-info", "request-uri")
    linked_header: str = ""
    calls_per_second: int = 5
    region: str = "JP"
    password_file: str = ""
    ca_file: str = ""
    tls_name: str = ""
    certificate: str = ""
    microphone: str = ""
    speaker: str = ""
    desk_phone: str = ""

    @property
    def account(self) -> "SipSettings":
        """Where the PBX is and who we are there, for every kind of SIP source."""
        return self

    @property
    def talks_here(self) -> bool:
        """Whether a headset at this PC is the telephone."""
        return self.answer == "softphone"

    @property
    def dials_as(self) -> str:
        """Whom the desk phone shows when we call it; "" if we never do."""
        return self.username if self.desk_phone else ""

    @property
    def watch(self) -> str:
        """The operator's own telephone, as which we answer; "" where we only listen."""
        return (self.username or self.name) if self.talks_here else ""


@dataclass(frozen=True, slots=True)
class SipDialogSettings:
    """One `[[source]]` table of kind "sip-dialog": watches the dialog events (RFC 4235) of the desk phone `watch`."""

    name: str
    watch: str
    server: str = ""
    transport: TransportName = "udp"
    username: str = ""
    bind: str = "0.0.0.0:0"
    region: str = "JP"
    password_file: str = ""
    ca_file: str = ""
    tls_name: str = ""
    desk_phone: str = ""

    @property
    def account(self) -> SipSettings:
        """Where the PBX is, and who we are there: without a username, the watched phone itself."""
        return SipSettings(
            name=self.name,
            server=self.server,
            transport=self.transport,
            username=self.username or self.watch.partition("@")[0],
            bind=self.bind,
            region=self.region,
            password_file=self.password_file,
            ca_file=self.ca_file,
            tls_name=self.tls_name,
            desk_phone=self.desk_phone,
        )

    @property
    def dials_as(self) -> str:
        """As the account's."""
        return self.account.dials_as


SipKind = SipSettings | SipDialogSettings
