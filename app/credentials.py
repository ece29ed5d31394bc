"""A source's password: the operating system's keyring first, then a file that only its owner can read, then memory.

Never in settings, environment, argv, logs or traces.
"""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

from app.errors import UserError
from app.file_errors import file_words
from app.keyring_patience import PERSON_WITHIN, Keyring, KeyringFailed, PatientKeyring, SecretStore, keyring_words
from app.words import _, in_one_line

SERVICE = "omote"
DATABASE = "database"  # the name under which the password of a database server is kept


def system_keyring() -> SecretStore:
    """The operating system's keyring; imported late, it costs up to 0.2 s and most starts need it only once."""
    import keyring  # noqa: PLC0415

    return keyring


class Credentials:
    """Finds the password of a source; what was typed in the window and no keyring takes is kept in memory.

    `state` is how the keyring did when it was asked last. `told(state)` hears on whatever thread whether its trouble
    leaves a password wanting, and `keyring.came_late` that it answers after all.
    """

    def __init__(self, store: Callable[[], SecretStore] = system_keyring) -> None:
        self.keyring = PatientKeyring(store)
        self._remembered: dict[str, str] = {}
        self.state = Keyring.WORKS
        self.told: Callable[[Keyring], object] = lambda _state: None

    def secret(self, source: str, password_file: str = "") -> str | None:
        """The password, or None when there is none anywhere. Raises UserError for a file that others can read."""
        typed = self._remembered.get(source)
        found = None if typed else self._from_keyring(source) or read_password_file(password_file)
        if not typed:
            self.told(Keyring.WORKS if found else self.state)
        return typed or found

    def remember(self, source: str, password: str) -> None:
        """Keep a typed password for as long as the program runs; it counts before all others."""
        self._remembered[source] = password

    def forget(self, source: str) -> None:
        """It is kept elsewhere now."""
        self._remembered.pop(source, None)

    def save(self, source: str, password: str) -> None:
        """Put it into the keyring, and see that it is there. Raises UserError when it is not."""

        def put(store: SecretStore) -> None:
            store.set_password(SERVICE, source, password)
            if store.get_password(SERVICE, source) != password:
                raise KeyringFailed(Keyring.FORGETS)

        try:
            self.keyring.ask(put, PERSON_WITHIN)
        except KeyringFailed as error:
            self.state = error.state
            raise _no_keyring(error) from error
        self.state = Keyring.WORKS

    def remove(self, source: str) -> None:
        """Take it out of the keyring. Raises UserError when it is not there."""
        from keyring.errors import PasswordDeleteError  # noqa: PLC0415

        try:
            self.keyring.ask(lambda store: store.delete_password(SERVICE, source), PERSON_WITHIN)
        except PasswordDeleteError as error:
            raise UserError(
                _('The keyring holds no password for "{source}".').format(source=source),
                _("Nothing had to be removed."),
            ) from error
        except KeyringFailed as error:
            raise _no_keyring(error) from error

    def is_in_keyring(self, source: str) -> bool:
        """Whether the keyring holds it. Raises UserError when there is no keyring."""
        try:
            return self.keyring.ask(lambda store: store.get_password(SERVICE, source), PERSON_WITHIN) is not None
        except KeyringFailed as error:
            raise _no_keyring(error) from error

    def _from_keyring(self, source: str) -> str | None:
        """None also where it has trouble: the file comes next."""
        try:
            found = self.keyring.ask(lambda store: store.get_password(SERVICE, source))
        except KeyringFailed as error:
            self.state = error.state
            return None
        self.state = Keyring.WORKS
        return found


def read_password_file(password_file: str) -> str | None:
    """The file's first line's worth; raises UserError when others can read it, or nobody can."""
    if not password_file:
        return None
    path = Path(password_file).expanduser()
    try:
        if sys.platform != "win32" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise UserError(
                _("The password file {path} can be read by others.").format(path=path),
                _("Type: chmod 600 {path}").format(path=path),
            )
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            _("The password file {path} cannot be read: {error}.").format(path=path, error=file_words(error)),
            _("Create it, or remove password_file from the settings and use: omote secret set"),
        ) from error


def _no_keyring(error: KeyringFailed) -> UserError:
    what, todo = keyring_words(error.state)
    or_else = _("Or set password_file in the settings.")
    return UserError(_("The keyring cannot be used: {why}").format(why=what), in_one_line(todo, or_else))
