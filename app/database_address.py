"""What `[database] url` may say; that no password stands in it, `password_free` sees to."""

from urllib.parse import urlsplit

from app.errors import UserError
from app.settings import DatabaseSettings
from app.words import _


def check_address(database: DatabaseSettings) -> None:
    """Raises UserError for what is no address."""
    if not database.is_server:
        return
    try:
        urlsplit(database.url)
    except ValueError as error:
        raise UserError(
            _("url in [database] is not an address."), _("Write it as: postgresql://user@host/name")
        ) from error
