"""Opens what actions ask for, each on a thread of its own: a slow browser or program never holds up a pop."""

import logging
import subprocess
import threading
import webbrowser
from collections.abc import Callable, Sequence

from app.actions import ActionSettings, Opening, openings
from app.call import Call
from app.db_worker import Post
from app.errors import UserError
from app.file_errors import file_words
from app.words import _

log = logging.getLogger(__name__)


class Opener:
    """Never through a shell, with no terminal of ours; what is started lives on by itself."""

    def __init__(self) -> None:
        self._started: list[subprocess.Popen[bytes]] = []

    def __call__(self, opening: Opening) -> None:
        """Raises UserError."""
        if opening.url:
            self._browse(opening)
        else:
            self._start(opening)

    def _browse(self, opening: Opening) -> None:
        if not webbrowser.open(opening.url, autoraise=False):
            raise UserError(
                _("{name} could not be opened: there is no browser.").format(name=opening.name),
                _("Set a browser for this user."),
            )

    def _start(self, opening: Opening) -> None:
        self._started = [one for one in self._started if one.poll() is None]
        none = subprocess.DEVNULL
        try:
            # the list is the settings', what a caller says is a whole argument of it, and no shell reads any of it
            made = subprocess.Popen(opening.program, stdin=none, stdout=none, stderr=none, start_new_session=True)  # noqa: S603
        except (OSError, ValueError) as error:
            raise UserError(
                _("{name} could not be started: {why}.").format(name=opening.name, why=file_words(error)),
                _("Tell IT to look at its [[action]] in the settings."),
            ) from error
        self._started.append(made)


class Actions:
    """`told(words)` hears, in the desk's thread, of what could not be opened; "" of what was."""

    def __init__(
        self, settings: Sequence[ActionSettings], post: Post, open_one: Callable[[Opening], None] | None = None
    ) -> None:
        self._settings = tuple(settings)
        self._post = post
        self._open_one = open_one or Opener()
        self.told: Callable[[str], object] = lambda _words: None

    def buttons(self, call: Call) -> list[Opening]:
        """What the operator may open from this card."""
        return openings(self._settings, "click", call) if self._settings else []

    def rang(self, call: Call) -> None:
        """Its name stands on the screen."""
        self._open_all("ring", call)

    def answered(self, call: Call) -> None:
        """Somebody took it, and nobody knows that it was another."""
        self._open_all("answer", call)

    def open(self, opening: Opening) -> None:
        """On a thread that the end of the program does not wait for."""
        threading.Thread(target=self._run, args=(opening,), name="action", daemon=True).start()

    def _run(self, opening: Opening) -> None:
        words = ""
        try:
            self._open_one(opening)
        except UserError as error:
            log.error("action: %s", error)  # noqa: TRY400 -- a sentence for people, no traceback
            words = str(error)
        except Exception:  # the root of this thread
            log.exception("an action failed")
            words = _("{name} failed; the log says why.").format(name=opening.name)
        self._post(self.told, words)

    def _open_all(self, on: str, call: Call) -> None:
        if not call.ring.is_test and call.by_hand is None:
            for opening in openings(self._settings, on, call):
                self.open(opening)
