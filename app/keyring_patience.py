"""The system's keyring, asked with patience: what it does instead of answering has a kind, and words of its own.

A locked keyring shows a window and waits, a broken one may hang: each question has a thread of its own, which is left
behind when nobody can wait any longer.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import StrEnum
from typing import Protocol, TypeVar

from app.words import _

log = logging.getLogger(__name__)
WITHIN = 2.0  # seconds: what a start and a source's login wait for
PERSON_WITHIN = 60.0  # seconds: somebody sits there and may have to unlock it first
T = TypeVar("T")


class Keyring(StrEnum):
    """What came of asking it."""

    WORKS = "works"
    NONE = "none"  # none installed, or no session bus
    LOCKED = "locked"
    REFUSED = "refused"
    SILENT = "silent"  # it asks somebody, or hangs
    FORGETS = "forgets"  # it takes a password and has none afterwards


class SecretStore(Protocol):
    """What we use of the `keyring` library."""

    def get_password(self, service_name: str, username: str) -> str | None: ...
    def set_password(self, service_name: str, username: str, password: str) -> None: ...
    def delete_password(self, service_name: str, username: str) -> None: ...


class KeyringFailed(Exception):  # noqa: N818 -- as DatabaseUnavailable: not a mistake, a state
    """It does not do what it was asked."""

    def __init__(self, state: Keyring) -> None:
        super().__init__(state.value)
        self.state = state


class PatientKeyring:
    """One question at a time, so that a locked one shows one window and not four.

    `came_late()` is called, on that thread, when an answer comes that nobody waits for any more.
    """

    def __init__(self, store: Callable[[], SecretStore]) -> None:
        self._store = store
        self._is_free = threading.Lock()
        self.came_late: Callable[[], object] = lambda: None

    def ask(self, question: Callable[[SecretStore], T], within: float = WITHIN) -> T:
        """Its answer, within so many seconds, or twice that while others ask.

        Raises KeyringFailed, and keyring's PasswordDeleteError.
        """
        if not self._is_free.acquire(timeout=within):
            raise KeyringFailed(Keyring.SILENT)
        done: Future[T] = Future()
        threading.Thread(target=self._settle, args=(done, question), name="keyring", daemon=True).start()
        try:
            return done.result(within)
        except TimeoutError:
            done.cancel()
            raise KeyringFailed(Keyring.SILENT) from None

    def _settle(self, done: "Future[T]", question: Callable[[SecretStore], T]) -> None:
        try:
            answer, error = question(self._store()), None
        except Exception as raised:  # noqa: BLE001 -- the root of a thread, and back ends raise what they like
            answer, error = None, _as_ours(raised)
        finally:
            self._is_free.release()
        if not done.set_running_or_notify_cancel():
            self.came_late()
        elif error is not None:
            done.set_exception(error)
        else:
            done.set_result(answer)  # type: ignore[arg-type]  # None only where the question's answer is


def _as_ours(error: Exception) -> Exception:
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415 -- 0.2 s, and many starts never fail

    if isinstance(error, KeyringFailed | PasswordDeleteError):
        return error
    state = state_after(error)
    log.info("keyring not usable (%s): %s", state, type(error).__name__)
    return KeyringFailed(state)


def state_after(error: Exception) -> Keyring:
    """Which trouble it is."""
    from keyring.errors import InitError, KeyringLocked, NoKeyringError  # noqa: PLC0415

    if isinstance(error, NoKeyringError | InitError):
        return Keyring.NONE
    # of SecretStorage's own errors, which keyring lets through, two mean the same as its KeyringLocked
    is_locked = isinstance(error, KeyringLocked) or type(error).__name__ in (
        "LockedException",
        "PromptDismissedException",
    )
    return Keyring.LOCKED if is_locked else Keyring.REFUSED


def keyring_words(state: Keyring) -> tuple[str, str]:
    """What it does, and what to do about it."""
    return {
        Keyring.WORKS: (_("the keyring answers."), ""),
        Keyring.NONE: (
            _("there is no keyring here."),
            _("On Linux install gnome-keyring or KWallet and log in to a desktop session."),
        ),
        Keyring.LOCKED: (_("the keyring is locked."), _("Unlock it: log out and in with your password.")),
        Keyring.REFUSED: (_("the keyring refuses to answer."), _("Allow Omote in it when it asks.")),
        Keyring.SILENT: (
            _("the keyring does not answer; it may be locked."),
            _("Look for its window and unlock it."),
        ),
        Keyring.FORGETS: (
            _("the keyring takes passwords and keeps none."),
            _("Set up the system's own keyring (PYTHON_KEYRING_BACKEND names another one)."),
        ),
    }[state]
