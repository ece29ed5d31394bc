"""Any error as one line for people: ours as they are, the records' in their words, and that there was another one."""

import logging

from app.errors import UserError
from app.trouble_words import trouble_words
from app.words import _
from db.errors import DatabaseUnavailable

log = logging.getLogger(__name__)


def error_words(error: Exception) -> str:
    """What to show; what nobody expected goes to the log with its traceback."""
    if isinstance(error, UserError):
        return str(error)
    if isinstance(error, DatabaseUnavailable):
        return trouble_words(error.reason)
    log.error("something unexpected happened", exc_info=error)
    return _("Something unexpected happened. The log tells IT more.")
