"""How true a list is while the records can't be asked."""

from app.follow_up_list import FollowUpsNow
from app.missed import MissedNow
from app.words import _
from ui import wording


def away_words(now: FollowUpsNow | MissedNow) -> str:
    """For the line above the list; "" while it is true."""
    if not now.is_away:
        return ""
    if now.as_of is None:
        return _("▲ The database can't be reached. This is what this PC has seen itself.")
    when = wording.clock_time(now.as_of)
    return _("▲ The database can't be reached: as of {when}, with what this PC has seen since.").format(when=when)
