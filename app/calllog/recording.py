"""Where the recording of a call lies: a web address that the site has written down, with what the call says in it."""

from typing import TYPE_CHECKING

from app.actions import Opening, filled_url, is_web
from app.errors import UserError
from app.words import _

if TYPE_CHECKING:  # settings are read before the records are needed
    from db.call_log.story import CallStory

PLACEHOLDERS = ("source_id", "linked_id", "number", "extension", "date", "time", "unix")


def check_recording(url: str, path: object) -> None:
    """Raises UserError for a template that is no web address, or asks for what no call has."""
    if not url:
        return
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if not is_web(url):
        raise UserError(
            _("recording_url under [site] in {path} is no web address.").format(path=path),
            _("It must begin with https:// or http:// and a host that is written out."),
        )
    try:
        filled_url(url, dict.fromkeys(PLACEHOLDERS, ""))
    except KeyError as error:
        raise UserError(
            _("recording_url under [site] in {path} has {place}.").format(path=path, place=f"{{{error.args[0]}}}"),
            _("Known are: {known}.").format(known=known),
        ) from error


def recording_of(template: str, story: "CallStory") -> Opening | None:
    """None where the site has none, or nobody answered and so nothing was recorded."""
    if not template or story.answered_at is None:
        return None
    at = story.offered_at.astimezone()
    values = {
        "source_id": story.source_id,
        "linked_id": story.linked_id or story.source_id,
        "number": story.number,
        "extension": next((leg.who for leg in story.legs if leg.answered_at is not None), ""),
        "date": f"{at:%Y-%m-%d}",
        "time": f"{at:%H%M%S}",
        "unix": str(int(at.timestamp())),
    }
    return Opening(_("Recording"), url=filled_url(template, values))
