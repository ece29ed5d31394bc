"""What `[database] url` may say, and what must never stand in it."""

from urllib.parse import parse_qs, urlsplit

from app.errors import UserError
from app.settings import DatabaseSettings
from app.words import _


def check_address(database: DatabaseSettings) -> None:
    """Raises UserError for a password in the address: settings are read by many, and shown."""
    if not database.is_server:
        return
    try:
        parts = urlsplit(database.url)
        has_password = parts.password is not None or "password" in parse_qs(parts.query)
    except ValueError as error:
        raise UserError(
            _("url in [database] is not an address."), _("Write it as: postgresql://user@host/name")
        ) from error
    if has_password:
        raise UserError(
            _("url in [database] contains a password."),
            _("Take it out there, and type: omote secret set database"),
        )
