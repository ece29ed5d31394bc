"""SUBSCRIBE, and what else is asked within its dialog, as it goes over the wire (RFC 6665 section 4.1)."""

from dataclasses import dataclass

from cti.address import Address
from cti.sip.compose import Fields, compose_request, contact, via
from cti.sip.dialog_info import CONTENT_TYPE
from cti.sip.settings import TransportName
from cti.sip.subscription_dialog import SubscriptionDialog
from cti.sip.subscription_headers import EVENT


@dataclass(frozen=True, slots=True)
class Watch:
    """Whose dialog events we want (`watched`, an AOR), as whom, and where they are sent (`contact_user`)."""

    watched: str
    aor: str
    username: str
    contact_user: str
    transport: TransportName = "udp"

    def subscribe_fields(self, local: Address, expires: int) -> list[tuple[str, str]]:
        return [
            ("Contact", contact(self.contact_user, local, self.transport)),
            ("Event", EVENT),
            ("Accept", CONTENT_TYPE),
            ("Expires", str(expires)),
        ]

    def compose(self, dialog: SubscriptionDialog, method: str, way: tuple[str, str], fields: Fields) -> bytes:
        """The next request within `dialog`; `way` is its Via."""
        dialog.cseq += 1
        to_tag = f";tag={dialog.remote_tag}" if dialog.remote_tag else ""
        within = [
            way,
            ("Max-Forwards", "70"),
            *(("Route", route) for route in dialog.routes),
            ("From", f"<{self.aor}>;tag={dialog.local_tag}"),
            ("To", f"<{self.watched}>{to_tag}"),
            ("Call-ID", dialog.call_id),
            ("CSeq", f"{dialog.cseq} {method}"),
        ]
        return compose_request(method, dialog.target, [*within, *fields, ("User-Agent", "Omote")])

    def via(self, local: Address, branch: str) -> tuple[str, str]:
        return via(local, branch, self.transport)
