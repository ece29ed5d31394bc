"""`omote secret new NAME`: a token that nobody can guess, and the line that the PBX is to be given."""

import secrets

from app.credentials import Credentials
from app.errors import UserError
from app.words import _
from cti.address import host_port, split_host_port
from cti.push.settings import DEFAULT_PORT, PATH, PushSettings
from cti.source import SourceSettings


def new_token(credentials: Credentials, source: SourceSettings | None) -> str:
    """What to tell of it, the token within, this once. Raises UserError for what takes none, or without a keyring."""
    if not isinstance(source, PushSettings):
        raise UserError(
            _('Only a [[source]] of kind "push" takes a token of ours.'), _("Type the PBX's password: omote secret set")
        )
    token = fresh_token()
    credentials.save(source.name, token)
    return token_words(source, token)


def fresh_token() -> str:
    """One that nobody can guess."""
    return secrets.token_hex(24)


def token_words(source: PushSettings, token: str) -> str:
    """What the PBX is to be given."""
    if source.proof == "hmac":
        return _("The PBX signs what it sends to {url} with the key: {key}").format(url=_url(source), key=token)
    return _("Let the PBX send its calls to: {url}").format(url=f"{_url(source)}/{token}")


def _url(source: PushSettings) -> str:
    scheme = "https" if source.certificate else "http"
    return f"{scheme}://{host_port(split_host_port(source.listen, DEFAULT_PORT))}{PATH}"
