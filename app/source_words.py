"""A source's state in words, for the windows and for `omote diagnose`."""

from datetime import datetime

from app.network_words import network_words
from app.screen import Silence, SourceStatus
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
        "no_secret": _("no password: enter it in the main window"),
        "port_in_use": _("cannot listen on {detail}: another program has the port, or it is not this PC's address"),
        "stopped": _("stopped since {when}"),
    }
    when = _clock(source.since)
    detail = network_words(source.detail) if source.state is SourceState.UNTRUSTED else source.detail
    if source.state is SourceState.NO_SECRET and source.detail == "short":
        return _('its token is too short to be safe: type  omote secret new "{name}"').format(name=source.name)
    told = words[source.state].format(when=when, name=source.name, detail=detail)
    if source.blind_since is None or _clock(source.blind_since) == when:
        return told
    blind = _("a call since {when} would not have been seen").format(when=_clock(source.blind_since))
    return _("no sign of life: {blind}").format(blind=blind) if source.is_open else f"{told} ({blind})"


def silence_words(silence: Silence) -> str:
    """That no call has come for long, and how many usually do."""
    words = _("no call since {when}; usually about {n} come in this time")
    return words.format(when=_clock(silence.since), n=silence.usual)


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
