"""What the keys of a source are called on the screen, whatever its kind."""

from app.setting_words.key_words import KeyWords
from app.words import _


def source() -> dict[str, KeyWords]:
    """Of `[[source]]`, in the order in which they are shown."""
    return {
        "name": KeyWords(
            _("Name of the source"), _("Any name, unique: it stands in the states and names the password.")
        ),
        "kind": KeyWords(
            _("Kind"),
            _("What it speaks with the telephone system."),
            choices={
                "sip": _("SIP: one more phone, or a trunk"),
                "sip-dialog": _("SIP: watches the desk phone"),
                "ami": _("Asterisk's manager interface (AMI)"),
                "push": _("the PBX posts its calls (HTTP)"),
                "ncid": _("a caller-ID box (NCID)"),
            },
        ),
        "server": KeyWords(_("Server"), _("The telephone system's host name or address, with a port if need be.")),
        "username": KeyWords(_("User name"), _("Omote's extension or account there.")),
        "watch": KeyWords(_("Extension of the desk phone"), _("The operator's own telephone: 201.")),
        "listen": KeyWords(
            _("Listens on"),
            _("Own address and port for the PBX's requests. 0.0.0.0:8765 lets them come over the network."),
        ),
        "answer": KeyWords(
            _("What the caller hears"),
            _("A trunk or an extension that rings alone should ring."),
            choices={
                "silent": _("nothing from Omote: another phone rings"),
                "ring": _("ringing"),
                "softphone": _("ringing, and you talk in Omote"),
            },
        ),
        "transport": KeyWords(
            _("Connection"), _("TLS encrypts it."), choices={"udp": "UDP", "tcp": "TCP", "tls": "TLS"}
        ),
        "users": KeyWords(
            _("Names of this operator at the PBX"), _("One per line. Empty: every call is for whoever sits here.")
        ),
        "lines": KeyWords(_("Numbers of its lines"), _("One per line: POTS=0312345678.")),
        "desk_phone": KeyWords(
            _("Phone that rings when Omote dials"),
            _("Its extension; it is sent on when it is lifted. Empty: Omote does not dial."),
        ),
        "register": KeyWords(
            _("Register with the server"), _("Off for a trunk, or a PBX that sends calls straight to this PC.")
        ),
        "bind": KeyWords(_("Own address and port"), _("0.0.0.0:0 takes any free port; for a trunk choose one.")),
        "allow": KeyWords(
            _("Who else may send calls"),
            _("One per line: an address, a name or a narrow network. Whoever is in it can make a card open."),
        ),
        "check_contact": KeyWords(_("Only calls to our registered name"), _("Off for a PBX that rewrites that name.")),
        "identity": KeyWords(
            _("Where the caller's number is looked for"), _("One per line, the best first: pai, rpid, from.")
        ),
        "dialled_from": KeyWords(
            _("Where the dialled number is looked for"),
            _("One per line, the best first; also to, p-called-party-id and header:X-Name."),
        ),
        "linked_header": KeyWords(
            _("Header with the id of the whole call"), _("With it a queue that rings again stays one call.")
        ),
        "calls_per_second": KeyWords(
            _("New calls a second"), _("Beyond it only customers' numbers are shown."), unit=_("calls (1 or more)")
        ),
        "channels": KeyWords(
            _("Telephones of this operator"),
            _("One per line, where their names are not the extension: PJSIP/201-home."),
        ),
        "dial_context": KeyWords(_("Context for dialling"), _("Of the dial plan. Empty: Omote does not dial.")),
        "tls": KeyWords(_("Encrypt the connection (TLS)"), _("Port 5039 instead of 5038.")),
        "proof": KeyWords(
            _("How the PBX proves itself"),
            _("A token ends the address; with HMAC each request is signed."),
            choices={"token": _("token in the address"), "hmac": _("signature (HMAC)")},
        ),
        "linked": KeyWords(
            _("Its callId is the id of the whole call"),
            _("Only where another source of the same PBX tells the same id."),
        ),
        "region": KeyWords(
            _("Country of its numbers"), _("Two letters, JP: numbers without a country code are read so.")
        ),
        "password_file": KeyWords(_("Password in a file"), _("Instead of the keyring, readable by its owner alone.")),
        "ca_file": KeyWords(
            _("Trusted authority (PEM)"), _("A file that alone is trusted. Empty: the system's authorities.")
        ),
        "tls_name": KeyWords(_("Name in the certificate"), _("Empty: the host of the server.")),
        "certificate": KeyWords(_("Own certificate and key (PEM)"), _("For TLS where others connect to this PC.")),
        "microphone": KeyWords(_("Microphone"), _("A part of its name. Empty: the system's.")),
        "speaker": KeyWords(_("Speaker"), _("A part of its name. Empty: the system's.")),
    }
