"""Follow-ups in words, wherever they are listed, due or dealt with."""

from app.follow_ups import FollowUpKind, OpenFollowUp
from app.words import _
from ui import wording


def who(one: OpenFollowUp) -> str:
    """Whom it is for, as far as anybody knows."""
    if wording.has_ink(one.customer):
        return wording.honoured(one.customer)
    return wording.call_number(one.number, None) if one.number else _("not attached to a customer")


def what(one: OpenFollowUp) -> str:
    """Which one, in a line about it."""
    return f"{who(one)}, {one.text or wording.follow_up_kind(one.kind)}"


def tries(attempts: int) -> str:
    """How often nobody was reached."""
    return _("not reached {n}×").format(n=attempts)


def is_to_reach(one: OpenFollowUp | None) -> bool:
    """What is sent reaches nobody by telephone."""
    return one is not None and one.kind is not FollowUpKind.SEND
