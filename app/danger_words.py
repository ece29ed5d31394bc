"""What a source does, or may do, to the operator's phone: one plain sentence each, and what to do about it."""

from app.screen import SourceDanger, Status
from app.words import _
from cti.events import Danger, SourceState


def warnings(status: Status) -> list[str]:
    """Everything about the phones beside us that somebody should put right; none while all is well."""
    crowded = [source for source in status.sources if source.state is SourceState.NO_ROOM]
    told = {one.source for one in status.dangers if one.danger is Danger.EVICTED_PHONE}
    words = [danger_words(one) for one in status.dangers]
    return [*words, *(no_room_words(one.name, one.detail) for one in crowded if one.name not in told)]


def danger_words(one: SourceDanger) -> str:
    """The danger and the way out of it."""
    words = {
        Danger.SHARED_EXTENSION: _(
            "{source}: another phone ({who}) is registered as the same extension. A PBX that rings only one of them may"
            ' leave that phone silent. Give Omote an extension of its own, or use kind = "sip-dialog".'
        ),
        Danger.KEEPS_RINGING: _(
            '{source}: callers go on hearing ringing after that phone ({who}) has rejected them. Set answer = "silent".'
        ),
        Danger.EVICTED_PHONE: _(
            "{source}: the extension has no room for Omote beside {who}: registering threw that phone off, so Omote has"
            " withdrawn. If the phone does not ring, restart it. Give Omote an extension of its own, then restart"
            " Omote."
        ),
        Danger.ANOTHER_OMOTE: _(
            "{source}: the Omote of another PC ({who}) is registered as the same extension. The two take calls from"
            " each other. Give each PC an extension of its own."
        ),
        Danger.NO_IDENTITY: _(
            "{source}: the PBX reports that the phone rings, but not who calls. Let it send the caller, or give Omote"
            " an extension of its own."
        ),
        Danger.NO_DIALOG_EVENTS: _(
            "{source}: the PBX reports nothing about the phone that is to be watched ({who}). Add a hint for it there,"
            " or give Omote an extension of its own."
        ),
        Danger.NO_PRESENTATION: _(
            "{source}: Omote may not ask the PBX whether a number is withheld, so it shows no number at all. Let the"
            " account do that (docs/pbx.md)."
        ),
        Danger.HEADSET_GONE: _("{source}: {who} is not plugged in. The system's own device is used until it is."),
        Danger.NO_SOUND: _(
            "{source}: there is nothing to talk or hear with ({who}). The call goes on: plug the headset in."
        ),
        Danger.BARE_NETWORK: _(
            "{source}: who calls crosses the network in clear ({who}). Use TLS, or let it come from this PC alone."
        ),
    }
    return words[one.danger].format(source=one.source, who=one.detail)


def gravest_in_short(status: Status) -> str:
    """The worst of the dangers in very few words, for the operator; "" if there is none."""
    words = {
        Danger.NO_SOUND: _("no headset: plug it in"),
        Danger.HEADSET_GONE: _("the headset is gone: another device is used"),
        Danger.EVICTED_PHONE: _("restart the phone"),
        Danger.ANOTHER_OMOTE: _("another PC takes your calls: tell IT"),
        Danger.SHARED_EXTENSION: _("the phone may not ring: tell IT"),
        Danger.KEEPS_RINGING: _("rejected calls ring on: tell IT"),
        Danger.NO_DIALOG_EVENTS: _("the PBX is silent about the phone: tell IT"),
        Danger.NO_IDENTITY: _("the PBX hides who calls: tell IT"),
        Danger.NO_PRESENTATION: _("no numbers are shown: tell IT"),
        Danger.BARE_NETWORK: _("calls come unprotected: tell IT"),
    }
    gravest = min(status.dangers, key=lambda one: list(words).index(one.danger), default=None)
    return "" if gravest is None else words[gravest.danger]


def no_room_words(source: str, who: str) -> str:
    """Why a source stays away from its extension."""
    return _(
        "{source}: the extension has room for {who} only, so Omote stays away from it. Give Omote an extension of its"
        " own, or let the PBX take more phones, then restart Omote."
    ).format(source=source, who=who)
