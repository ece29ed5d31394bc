"""What the desk tells the windows; `ui.desktop` implements it, tests record it. Called in the desk's thread only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from app.call import Call
from app.keyring_patience import Keyring
from app.not_shown import NotShown
from app.updates.manifest import Manifest
from cti.events import Danger, SourceState
from db.errors import Trouble


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """What a source can hear, and since when; `heard_at` is its last sign of life, the next is due `within`.

    A call since `blind_since` would not have been seen.
    """

    name: str
    state: SourceState
    detail: str
    since: datetime
    heard_at: datetime | None = field(default=None, compare=False)
    within: timedelta | None = field(default=None, compare=False)
    blind_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is ready to hear calls, as far as it knows itself."""
        return self.state in (SourceState.REGISTERED, SourceState.LISTENING)

    @property
    def hears_calls(self) -> bool:
        """Whether a call would be seen right now."""
        return self.is_open and self.blind_since is None


@dataclass(frozen=True, slots=True)
class Silence:
    """No call has come since then, where `usual` are usual in this time of the week."""

    since: datetime
    usual: int


@dataclass(frozen=True, slots=True)
class SourceDanger:
    """What a source does, or may do, to the operator's phone; `detail` names whom it is about."""

    source: str
    danger: Danger
    detail: str


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """Where the embedded records' copies lie, when the newest was taken (None: never), and why there is none newer."""

    folder: str
    at: datetime | None = None
    trouble: Trouble | None = None


class HotkeyTrouble(StrEnum):
    """Why a global hotkey does nothing."""

    TAKEN = "taken"  # by another program
    NOT_HERE = "not_here"  # this desktop lets no program have one


@dataclass(frozen=True, slots=True)
class Status:
    """The states that are shown without asking.

    `waiting` counts what was finished or entered and waits on this PC because the records do not take it, since
    `waiting_since`;
    `set_aside` what never can be sent, by a mistake of ours. `break_calls` came silently since `break_since`;
    `keyring` is what it does instead of giving a password that is wanting, or was typed;
    `hotkeys` are those that could not be had; `unnamed` is under whose login all is written while nobody has said who
    sits here, where the site asks that of each start; `silence` is one that is longer than usual; `fell_at`, until the
    program ends, is when an earlier run met a fault of its own. `newer` is a version that IT may install;
    `is_replaced`: one has been installed, and what runs is still the one before.
    """

    sources: tuple[SourceStatus, ...] = ()
    database: Trouble | None = None
    database_since: datetime | None = None
    drafts: Trouble | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    set_aside: int = 0
    dangers: tuple[SourceDanger, ...] = ()
    backup: BackupStatus | None = None
    break_since: datetime | None = None
    break_calls: int = 0
    hotkeys: tuple[tuple[str, HotkeyTrouble], ...] = ()
    unnamed: str = ""
    silence: Silence | None = None
    keyring: Keyring = Keyring.WORKS
    fell_at: datetime | None = None
    newer: Manifest | None = None
    is_replaced: bool = False


class Screen(Protocol):
    """Draws what the desk holds. Nothing here takes the keyboard from another window."""

    def show_strip(self, calls: Sequence[Call], selected: UUID | None) -> None:
        """The calls on the desk changed, or another one was selected."""

    def show_card(self, call: Call | None) -> None:
        """Draw the selected call; None when the desk is empty."""

    def ring(self, call: Call) -> None:
        """A call is offered: be seen, and report `desk.shown`."""

    def watch_paint(self, call: Call) -> None:
        """What is known of this call is being drawn: report `desk.painted` when its name has reached the screen."""

    def be_seen(self) -> None:
        """Unfinished work was found: show the window, without ringing and without the keyboard."""

    def commit_typing(self) -> None:
        """Text of an open conversion belongs to the note too: report it now."""

    def quiet(self) -> None:
        """Nothing rings any more."""

    def show_saved(self, call: Call) -> None:
        """The note of this call has been kept up to its last keystroke."""

    def show_status(self, status: Status) -> None:
        """A source, the database or the drafts changed state."""

    def show_not_shown(self, entries: Sequence[NotShown]) -> None:
        """What came and is not to be seen as a call: may be told often, so draw it when there is time."""

    def records_changed(self) -> None:
        """The log of calls has new rows."""
