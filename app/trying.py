"""Tries settings before they are saved: looks at a source's server and at the records as `omote diagnose` does.

Nothing is changed anywhere, and nobody waits: each job has a thread of its own and tells what it found.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from app.clock import utc_now
from app.credentials import Credentials
from app.db_worker import Post
from app.diagnosis.finding import Finding, fault
from app.errors import UserError
from app.paths import Profile
from app.screen import Status
from app.settings import Settings
from app.words import _

log = logging.getLogger(__name__)
WITHIN = 25.0  # seconds: after that nobody believes in an answer any more
T = TypeVar("T")
Told = Callable[[Sequence[Finding] | UserError], object]


class Typed:
    """A keyring for one try: holds the password that stands in the window and has not been kept yet."""

    def __init__(self, password: str) -> None:
        self._password = password

    def get_password(self, _service: str, _name: str) -> str | None:
        return self._password

    def set_password(self, _service: str, _name: str, _password: str) -> None:
        """It keeps nothing."""

    def delete_password(self, _service: str, _name: str) -> None:
        """It keeps nothing."""


class Trying:
    """`then` is called in the windows' thread. A typed password is used for this try alone; "": the one that is kept.

    `running` says how the sources of the running program do.
    """

    def __init__(
        self, profile: Profile, credentials: Credentials, post: Post, running: Callable[[], Status] = Status
    ) -> None:
        self._profile, self._credentials, self._post, self._running = profile, credentials, post, running

    def source(self, source: Any, typed: str, then: Told) -> None:
        """Looks at its server: name, network, port, password, what it would do to other telephones."""
        known = self._known(typed)
        status = self._running()

        def look() -> Sequence[Finding]:
            from app.diagnosis.command import look_at_one  # noqa: PLC0415 -- not for every start

            found = asyncio.run(_within(look_at_one(source, known, status)))
            return [one.finding for one in found if not (typed and one.name == "secret")]  # who typed it knows

        self._aside(look, then)

    def records(self, settings: Settings, typed: str, then: Told) -> None:
        """Whether the records answer, are of this program's time, and have its clock."""
        known = self._known(typed)

        def look() -> Sequence[Finding]:
            from app.diagnosis import machine  # noqa: PLC0415 -- as above
            from app.diagnosis.looking import look_at_records  # noqa: PLC0415

            seen = machine.Machine(records=look_at_records(self._profile, settings, utc_now, known))
            return [one for one in (machine.records(seen), machine.time(seen)) if one is not None]

        self._aside(look, then)

    def password(self, name: str, then: Callable[[bool | UserError], object]) -> None:
        """Whether the keyring holds one under this name."""
        self._aside(lambda: self._credentials.is_in_keyring(name), then)

    def keep(self, name: str, password: str, then: Callable[[bool | UserError], object]) -> None:
        """Put it into the keyring; "" takes out what is there."""

        def put() -> bool:
            if password:
                self._credentials.save(name, password)
            else:
                self._credentials.remove(name)
            return bool(password)

        self._aside(put, then)

    def _known(self, typed: str) -> Credentials:
        return Credentials(lambda: Typed(typed)) if typed else self._credentials

    def _aside(self, job: Callable[[], T], then: Callable[[T | UserError], object]) -> None:
        def work() -> None:
            self._post(then, _outcome(job))

        threading.Thread(target=work, name="trying", daemon=True).start()


def _outcome(job: Callable[[], T]) -> T | UserError:
    try:
        return job()
    except UserError as error:
        return error
    except Exception:  # the root of a thread: whatever a server makes of it, the page says that it failed
        log.exception("trying settings failed")
        return UserError(_("That could not be tried."), _("The log says why."))


async def _within(look: Coroutine[Any, Any, T]) -> T:
    try:
        async with asyncio.timeout(WITHIN):
            return await look
    except TimeoutError:
        raise UserError(
            _("Nothing answered within {n} seconds.").format(n=round(WITHIN)),
            _("Look at the server's name, and at the network."),
        ) from None


def findings_of(told: Sequence[Finding] | UserError) -> Sequence[Finding]:
    """What a try came to, also where it ended in an error."""
    return [fault(told.what, told.todo)] if isinstance(told, UserError) else told
