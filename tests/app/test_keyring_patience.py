"""A keyring that is not there, locked, refuses, hangs or forgets: what becomes of a question, and what is told."""

import threading
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from app.credentials import Credentials
from app.errors import UserError
from app.keyring_patience import Keyring, KeyringFailed, PatientKeyring, SecretStore, keyring_words, state_after


class LockedException(Exception):  # noqa: N818 -- SecretStorage's own name for it
    """As SecretStorage raises it past keyring."""


class HangingStore:
    """One that asks somebody who is not there, until the test says so."""

    def __init__(self) -> None:
        self.goes_on = threading.Event()
        self.asked = 0

    def get_password(self, _service: str, _username: str) -> str | None:
        self.asked += 1
        self.goes_on.wait(30)
        return "late"

    def set_password(self, _service: str, _username: str, _password: str) -> None:
        self.goes_on.wait(30)

    def delete_password(self, _service: str, _username: str) -> None:
        self.goes_on.wait(30)


@pytest.fixture
def hanging() -> Iterator[HangingStore]:
    store = HangingStore()
    yield store
    store.goes_on.set()


@pytest.fixture
def backend() -> Iterator[Callable[[KeyringBackend], None]]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def look(store: SecretStore) -> str | None:
    return store.get_password("omote", "p")


def test_a_keyring_that_hangs_is_left_behind_and_not_asked_again_meanwhile(hanging: HangingStore) -> None:
    patient, heard = PatientKeyring(lambda: hanging), threading.Event()
    patient.came_late = heard.set
    for _turn in range(3):
        with pytest.raises(KeyringFailed) as caught:
            patient.ask(look, within=0.05)
        assert caught.value.state is Keyring.SILENT
    assert hanging.asked == 1
    assert not heard.is_set()
    hanging.goes_on.set()
    assert heard.wait(5), "somebody has unlocked it: whoever gave up hears of it"
    assert patient.ask(look, within=5) == "late"


def test_no_thread_of_a_hanging_keyring_holds_up_the_end_of_the_program(hanging: HangingStore) -> None:
    with pytest.raises(KeyringFailed):
        PatientKeyring(lambda: hanging).ask(look, within=0.05)
    assert [one.daemon for one in threading.enumerate() if one.name == "keyring"] == [True]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NoKeyringError("no backend"), Keyring.NONE),
        (InitError("no bus"), Keyring.NONE),
        (KeyringLocked("locked"), Keyring.LOCKED),
        (LockedException("locked"), Keyring.LOCKED),
        (PasswordSetError("denied"), Keyring.REFUSED),
        (OSError("whatever a back end raises"), Keyring.REFUSED),
    ],
)
def test_each_way_to_fail_is_its_own_kind(error: Exception, state: Keyring) -> None:
    def fails(_store: SecretStore) -> None:
        raise error

    assert state_after(error) is state
    with pytest.raises(KeyringFailed) as caught:
        PatientKeyring(HangingStore).ask(fails)
    assert caught.value.state is state


def test_each_kind_of_trouble_has_words_and_something_to_do() -> None:
    troubles = [keyring_words(one) for one in Keyring if one is not Keyring.WORKS]
    assert len(set(troubles)) == len(troubles)
    assert all(what and todo for what, todo in troubles)


def test_a_keyring_that_keeps_nothing_is_not_believed(backend: Callable[[KeyringBackend], None]) -> None:
    backend(NullKeyring())
    with pytest.raises(UserError, match="keeps none"):
        Credentials().save("p", "c4n4ry")


def test_no_back_end_at_all_is_told_with_what_to_install(backend: Callable[[KeyringBackend], None]) -> None:
    backend(NoKeyring())
    credentials = Credentials()
    with pytest.raises(UserError, match="gnome-keyring"):
        credentials.save("p", "c4n4ry")
    assert credentials.secret("p") is None
    assert credentials.state is Keyring.NONE


def test_a_chain_of_which_the_first_is_locked_says_so(
    backend: Callable[[KeyringBackend], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Locked(NullKeyring):
        def get_password(self, *_args: object) -> str | None:  # type: ignore[override]
            raise KeyringLocked("locked")

        set_password = delete_password = get_password  # type: ignore[assignment]

    monkeypatch.setattr(ChainerBackend, "backends", [Locked(), NullKeyring()])
    backend(ChainerBackend())
    credentials = Credentials()
    with pytest.raises(UserError, match="locked"):
        credentials.save("p", "c4n4ry")
    assert credentials.secret("p") is None
    assert credentials.state is Keyring.LOCKED


def test_what_is_told_changes_with_the_keyring(hanging: HangingStore) -> None:
    told: list[Keyring] = []
    credentials = Credentials(lambda: hanging)
    credentials.told = told.append
    hanging.goes_on.set()
    assert credentials.secret("p") == "late"
    assert told == [Keyring.WORKS]
