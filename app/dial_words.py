"""Dialling in words: what is asked before, who refuses, why nothing was dialled, and what to do about it."""

from app.dialling import Ask, DialNow, DialState, PhoneRefusal
from app.words import _
from cti.control import Cannot


def dial_words(now: DialNow) -> str:
    """What stands in the window; "" while there is nothing to say."""
    number = now.dialled.number.display or now.dialled.digits
    words = {
        DialState.ASKING: "△ " + _("Dial {number}? {why}"),
        DialState.REFUSED: "⊘ " + _("{who} has refused calls{what} on {day}: Omote does not dial."),
        DialState.NOT_A_NUMBER: "▲ " + _("“{text}” is no number that can be dialled."),
        DialState.DIALLING: "→ " + _("{number}: dialling…"),
        DialState.GONE_OUT: "→ " + _gone_out_words(now),
        DialState.FAILED: "▲ " + _("{number} was not dialled. {why}"),
    }.get(now.state, "")
    why = cannot_dial_words(now.why) if now.state is DialState.FAILED else " ".join(map(ask_words, now.asks))
    said = words.format(number=number, why=why, text=now.wish.text.strip()[:60], **_refusal(now.refusal))
    return f"{said} ({now.detail[:80]})" if now.detail else said


def _gone_out_words(now: DialNow) -> str:
    if now.rings_first:
        return _("{number}: your telephone rings first. Lift the handset.")
    return _("{number}: it is being rung.")


def _refusal(one: PhoneRefusal | None) -> dict[str, str]:
    """Who must not be called, what for, and since when."""
    if one is None:
        return {"who": "", "what": "", "day": ""}
    what = _(" ({purpose})").format(purpose=one.purpose) if one.purpose else ""
    return {"who": one.name, "what": what, "day": f"{one.at.astimezone():%Y-%m-%d}"}


def ask_words(ask: Ask) -> str:
    """Why it is not simply dialled."""
    return {
        Ask.EMERGENCY: _("That is an emergency number."),
        Ask.CODE: _("That is a code which switches something in the telephone system."),
        Ask.PREMIUM: _("That number costs more than an ordinary call."),
        Ask.INTERNATIONAL: _("That call goes abroad."),
        Ask.LONG: _("That is longer than a telephone number."),
        Ask.UNCHECKED: _("The records can't say now whether calls are refused there."),
    }[ask]


def cannot_dial_words(why: Cannot | None) -> str:
    """Why nothing can be dialled from here, and the way out; "" if it can."""
    return {
        Cannot.NOT_THIS_SOURCE: _("No call source here can dial: docs/dialling.md shows which can."),
        Cannot.NO_RIGHT: _("The telephone system does not let Omote's account dial: tell IT."),
        Cannot.NOT_SET_UP: _("Dialling is not set up for this source: tell IT (docs/dialling.md)."),
        Cannot.NOT_CONNECTED: _("The telephone system does not answer. Try again, or dial by hand."),
        Cannot.NOT_OURS: _("Your telephone is not known there."),
        Cannot.NOT_NOW: _("That is not possible just now. Try again, or dial by hand."),
        Cannot.LET_GO: _("Your telephone has the call now: go on there."),
        Cannot.NO_DEVICE: _("The headset is gone: plug it in, or dial by hand."),
    }.get(why, "") if why is not None else ""  # fmt: skip
