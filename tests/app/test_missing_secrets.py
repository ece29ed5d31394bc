"""Which password is asked for in the window, and where the typed one goes; a keyring that is locked is told."""

import threading
from datetime import UTC, datetime
from queue import Queue

import pytest

from app.credentials import DATABASE, Credentials
from app.keeping import StatusBoard
from app.keyring_patience import Keyring
from app.missing_secrets import Missing, MissingSecrets, missing_in
from app.screen import SourceStatus, Status
from cti.events import SourceState
from db.errors import Trouble
from tests.app.recording_screen import RecordingScreen
from tests.app.test_credentials import MemoryKeyring

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CANARY = "c4n4ry-pässwörd"


class AtDesk:
    """One desk with a keyring; what is posted runs when the test says so."""

    def __init__(self) -> None:
        self.store, self.posted = MemoryKeyring(), Queue[object]()
        self.credentials = Credentials(lambda: self.store)
        self.board = StatusBoard(RecordingScreen())
        self.secrets = MissingSecrets(self.credentials, lambda fn, *args: self.posted.put((fn, args)), self.board)
        self.told, self.changed = list[str](), list[str]()
        self.secrets.changed = self.changed.append

    def enter(self) -> None:
        self.secrets.enter("p", CANARY, self.told.append)
        for thread in threading.enumerate():
            if thread.name == "enter-secret":
                thread.join(5)
        self.run()

    def run(self) -> None:
        while not self.posted.empty():
            fn, args = self.posted.get()  # type: ignore[misc]
            fn(*args)


@pytest.fixture
def desk() -> AtDesk:
    return AtDesk()


def source(name: str, state: SourceState, detail: str = "") -> SourceStatus:
    return SourceStatus(name, state, detail, NOW)


@pytest.mark.parametrize(
    ("status", "missing"),
    [
        (Status(), None),
        (Status(sources=(source("a", SourceState.REGISTERED),)), None),
        (Status(sources=(source("a", SourceState.NO_SECRET),)), Missing("a", is_refused=False)),
        (Status(sources=(source("a", SourceState.NO_SECRET, "short"),)), None),
        (Status(sources=(source("a", SourceState.REFUSED),)), Missing("a", is_refused=True)),
        (Status(database=Trouble.REFUSED), Missing(DATABASE, is_refused=True)),
        (Status(database=Trouble.UNREACHABLE), None),
        (
            Status((source("a", SourceState.REFUSED), source("b", SourceState.NO_SECRET)), Trouble.REFUSED),
            Missing("b", is_refused=False),
        ),
    ],
)
def test_one_is_asked_for_after_the_other(status: Status, missing: Missing | None) -> None:
    assert missing_in(status) == missing


def test_what_is_typed_goes_into_the_keyring_and_nowhere_else(desk: AtDesk) -> None:
    desk.enter()
    assert desk.store.held == {("omote", "p"): CANARY}
    assert desk.told == ['The keyring now holds the password of "p".']
    assert desk.changed == ["p"], "the source logs in with it at once"
    desk.store.held["omote", "p"] = "changed since"
    assert desk.credentials.secret("p") == "changed since", "memory holds it no more"


def test_a_locked_keyring_leaves_it_in_memory_and_says_so(desk: AtDesk) -> None:
    desk.store.is_locked = True
    desk.enter()
    assert desk.credentials.secret("p") == CANARY
    assert "the keyring is locked" in desk.told[0]
    assert "only until it ends" in desk.told[0]
    assert desk.board.status.keyring is Keyring.LOCKED
    assert CANARY not in desk.told[0] + repr(desk.board.status)
    assert desk.changed == ["p"]


def test_a_locked_keyring_stands_in_the_states_while_a_password_is_wanting(desk: AtDesk) -> None:
    desk.store.is_locked = True
    assert desk.credentials.secret("p") is None
    desk.run()
    assert desk.board.status.keyring is Keyring.LOCKED
    desk.store.is_locked = False
    desk.store.held["omote", "p"] = CANARY
    assert desk.credentials.secret("p") == CANARY
    desk.run()
    assert desk.board.status.keyring is Keyring.WORKS


def test_a_keyring_that_answers_late_lets_those_who_went_without_ask_again(desk: AtDesk) -> None:
    desk.board.set(sources=(source("a", SourceState.NO_SECRET), source("b", SourceState.REGISTERED)))
    desk.credentials.keyring.came_late()
    desk.run()
    assert desk.changed == ["a"]
