"""Which password is wanting, and where one goes that the operator types: into the keyring, else into memory.

Never into a file. Nothing here waits in the desk's thread, as a keyring may ask somebody to unlock it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.credentials import DATABASE, Credentials
from app.db_worker import Post
from app.errors import UserError
from app.keeping import StatusBoard
from app.keyring_patience import Keyring
from app.screen import Status
from app.words import _, in_one_line
from cti.events import SourceState
from db.errors import Trouble

Told = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Missing:
    """Whose password the operator can type: none is known, or it is refused. `source` may be `DATABASE`."""

    source: str
    is_refused: bool


def missing_in(status: Status) -> Missing | None:
    """The first one; None while nobody lacks any."""
    unknown = [one.name for one in status.sources if one.state is SourceState.NO_SECRET and one.detail != "short"]
    refused = [one.name for one in status.sources if one.state is SourceState.REFUSED]
    if unknown:
        return Missing(unknown[0], is_refused=False)
    if status.database is Trouble.REFUSED:
        return Missing(DATABASE, is_refused=True)
    return Missing(refused[0], is_refused=True) if refused else None


def missing_words(missing: Missing) -> str:
    """What is wanted of the operator, once."""
    if missing.source == DATABASE:
        return _("The database server does not accept the name or password. Its password, entered once:")
    if missing.is_refused:
        return _('The PBX refuses the password of "{name}". The right one, entered once:').format(name=missing.source)
    return _('The password of "{name}" is missing. Enter it once:').format(name=missing.source)


class MissingSecrets:
    """Takes what the operator types. `changed(source)` is called in the desk's thread when there is a new one."""

    def __init__(self, credentials: Credentials, post: Post, board: StatusBoard) -> None:
        self._credentials, self._post, self._board = credentials, post, board
        self.changed: Callable[[str], object] = lambda _source: None
        credentials.told = self._keyring_told
        credentials.keyring.came_late = lambda: post(self._look_again)

    def enter(self, source: str, typed: str, told: Told) -> None:
        """It counts at once; `told` hears in words where it is kept."""
        self._credentials.remember(source, typed)
        self.changed(source)
        threading.Thread(target=self._keep, args=(source, typed, told), name="enter-secret", daemon=True).start()

    def _keep(self, source: str, typed: str, told: Told) -> None:
        try:
            self._credentials.save(source, typed)
        except UserError as error:
            words = in_one_line(error.what, _("Omote keeps the password only until it ends."))
        else:
            self._credentials.forget(source)
            words = _('The keyring now holds the password of "{name}".').format(name=source)
        self._post(told, words)
        self._keyring_told(self._credentials.state)

    def _keyring_told(self, state: Keyring) -> None:
        """On the thread that asked it."""
        if state is not self._board.status.keyring:
            self._post(self._tell_state, state)

    def _tell_state(self, state: Keyring) -> None:
        self._board.set(keyring=state)

    def _look_again(self) -> None:
        """The keyring has been unlocked, perhaps: who went without a password asks for it again."""
        for one in self._board.status.sources:
            if one.state is SourceState.NO_SECRET:
                self.changed(one.name)
