"""What a push source's settings must say, and the token that the program makes for it."""

from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from app.credentials import Credentials
from app.errors import UserError
from app.push_checks import check_push
from app.push_token import new_token
from app.screen import SourceStatus
from app.source_words import state_words
from cti.events import SourceState
from cti.push.settings import SHORTEST_SECRET, PushSettings
from cti.sip.settings import SipSettings
from tests.app.desk_at_work import NOW

FILE = Path("settings.toml")


@pytest.mark.parametrize(
    "settings",
    [
        PushSettings("pbx"),
        PushSettings("pbx", listen="[::1]:9000"),
        PushSettings("pbx", listen="0.0.0.0:8765", allow=("192.0.2.10", "198.51.100.0/24", "2001:db8::1")),
    ],
)
def test_what_can_work_is_accepted(settings: PushSettings) -> None:
    check_push(settings, FILE)


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        (PushSettings("pbx", listen="pbx.example:1"), "listen"),
        (PushSettings("pbx", listen="127.0.0.1:99999"), "listen"),
        (PushSettings("pbx", listen="0.0.0.0:8765"), "hear nobody"),
        (PushSettings("pbx", allow=("pbx.example",)), "pbx.example"),
        (PushSettings("pbx", allow=("192.0.2.1/24",)), "192.0.2.1/24"),
    ],
)
def test_what_cannot_is_named(settings: PushSettings, part: str) -> None:
    with pytest.raises(UserError, match=part):
        check_push(settings, FILE)


class KeptInMemory(KeyringBackend):
    """A keyring."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_a_new_token_is_kept_and_told_once_as_the_whole_address() -> None:
    keyring = KeptInMemory()
    credentials = Credentials(lambda: keyring)
    told = new_token(credentials, PushSettings("pbx"))
    token = credentials.secret("pbx")
    assert token is not None
    assert len(token) > 2 * SHORTEST_SECRET
    assert told.endswith(f" http://127.0.0.1:8765/api/v1/cti/{token}")
    assert new_token(credentials, PushSettings("pbx")) != told


def test_a_key_to_sign_with_stands_beside_the_address() -> None:
    keyring = KeptInMemory()
    told = new_token(Credentials(lambda: keyring), PushSettings("pbx", proof="hmac", certificate="own.pem"))
    (key,) = keyring.kept.values()
    assert f"https://127.0.0.1:8765/api/v1/cti with the key: {key}" in told


def test_other_sources_take_no_token_of_ours() -> None:
    with pytest.raises(UserError, match="push"):
        new_token(Credentials(KeptInMemory), SipSettings("desk phone"))


def test_a_short_token_is_told_as_such() -> None:
    short = SourceStatus("pbx", SourceState.NO_SECRET, "short", NOW)
    assert 'omote secret new "pbx"' in state_words(short)
    assert "no password" in state_words(SourceStatus("pbx", SourceState.NO_SECRET, "", NOW))
