"""The headset in words: what is chosen, what is missing, and what to do about it."""

from app.talking import HeadsetNow, SoundError, SoundFault
from app.words import _


def fault_words(fault: SoundFault) -> str:
    """Why there is no sound, and what helps."""
    return {
        SoundFault.NOT_INSTALLED: _("There is no library for sound here: tell IT (docs/softphone.md)."),
        SoundFault.NO_DEVICE: _("There is no microphone or no speaker: plug the headset in."),
        SoundFault.IN_USE: _("The headset does not open: perhaps another program has it to itself."),
    }[fault]


def headset_words(now: HeadsetNow) -> str:
    """How it stands; "" where there is nothing to say."""
    if now.fault is not None:
        return "▲ " + fault_words(now.fault)
    if now.missing:
        said = _("{names}: not plugged in. The system's own is used until it is.")
        return "△ " + said.format(names=", ".join(now.missing))
    return ""


def trouble_words(error: SoundError) -> str:
    """Why it could not be looked at or tried."""
    return "▲ " + fault_words(error.fault)
