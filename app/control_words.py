"""What can be done with a call, in words: the buttons, and why one of them is grey."""

from app.controls import Act, Cannot
from app.words import _


def act_words(act: Act) -> str:
    """What stands on the button."""
    return {
        Act.ANSWER: _("Answer"),
        Act.HANG_UP: _("Hang up"),
        Act.HOLD: _("Hold"),
        Act.RESUME: _("Take off hold"),
        Act.MUTE: _("Mute"),
        Act.UNMUTE: _("Unmute"),
        Act.DIGITS: _("Keypad"),
        Act.TRANSFER: _("Hand on"),
        Act.CONSULT: _("Ask first"),
        Act.HAND_OVER: _("Hand over"),
        Act.TAKE_BACK: _("Take back"),
    }.get(act, str(act))


def cannot_words(act: Act, why: Cannot | None) -> str:
    """Why it can't be done from here, and what helps; "" if it can."""
    if why is None:
        return ""
    if why is Cannot.NOT_THIS_SOURCE:
        return {
            Act.ANSWER: _("This call source can't answer: lift the handset."),
            Act.HOLD: _("This call source can't hold: press the key of the telephone."),
            Act.RESUME: _("This call source can't hold: press the key of the telephone."),
        }.get(act, _("This call source only hears calls: use the telephone."))
    return {
        Cannot.NO_RIGHT: _("The telephone system does not let Omote's account do this: tell IT."),
        Cannot.NOT_SET_UP: _("This is not set up for the call source: tell IT (docs/dialling.md)."),
        Cannot.NOT_CONNECTED: _("The telephone system does not answer now: use the telephone."),
        Cannot.NOT_OURS: _("The call is not at this operator's telephone."),
        Cannot.NOT_NOW: _("Not at this moment of the call."),
        Cannot.LET_GO: _("Your telephone has the call now: go on there."),
        Cannot.NO_DEVICE: _("The headset is gone: plug it in again."),
    }[why]
