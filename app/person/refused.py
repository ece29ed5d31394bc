"""Why a person is not erased, in words."""

from app.errors import UserError
from app.words import _
from db.person.erasing import NotErased, Why


def why_not(refused: NotErased, number: str) -> UserError:
    """What stands against erasing, and what to do."""
    if refused.why is Why.MERGED:
        what = _("{number} was merged into {other}.").format(number=number, other=refused.detail)
        return UserError(what, _("Erase {other}: both go.").format(other=refused.detail))
    if refused.why is Why.HELD:
        what = _("{number} is held: {reason}").format(number=number, reason=refused.detail)
        return UserError(what, _("Once nothing stands against it: omote person release {number}").format(number=number))
    if refused.why is Why.ERASED:
        return UserError(_("{number} was erased already.").format(number=number), _("There is nothing to do."))
    if refused.why is Why.NAMED:
        return UserError(
            _("The reason names the person, and it stays in the records."),
            _("Say which request it was, without a name."),
        )
    return UserError(
        _("No customer has the number {number}.").format(number=number), _("Look the number up in the window.")
    )
