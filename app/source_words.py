"""A source's state in words, for the windows and for `omote diagnose`."""

from app.screen import SourceStatus
from app.words import _
from cti.events import SourceState


def state_words(source: SourceStatus) -> str:
    """What it can hear, since when, and what is wanting."""
    words = {
        "starting": _("connecting"),
        "listening": _("listening since {when}"),
        "registered": _("registered since {when}"),
        "unreachable": _("no answer since {when}: calls are not seen"),
        "untrusted": _("no secure connection since {when} ({detail}): calls are not seen"),
        "refused": _("password refused since {when}: calls are not seen"),
        "no_room": _("no room on the extension since {when}: calls are not seen"),
        "not_reported": _("the PBX does not report the phone since {when} ({detail}): calls are not seen"),
        "no_secret": _('no password: type  omote secret set "{name}"'),
        "port_in_use": _("cannot listen on {detail}: another program has the port, or it is not this PC's address"),
        "stopped": _("stopped since {when}"),
    }
    when = f"{source.since.astimezone():%H:%M}"
    detail = tls_words(source.detail) if source.state is SourceState.UNTRUSTED else source.detail
    return words[source.state].format(when=when, name=source.name, detail=detail)


def tls_words(trouble: str) -> str:
    """What hinders TLS; what is not known here is said as it came."""
    words = {
        "wrong_name": _("the certificate is for another name"),
        "unknown_issuer": _("the certificate is signed by nobody we trust"),
        "expired": _("the certificate has expired"),
        "no_tls": _("the port does not speak TLS"),
        "old_tls": _("the PBX speaks only versions of TLS that are not safe"),
        "silent": _("the port does not answer in TLS"),
    }
    return words.get(trouble, trouble)
