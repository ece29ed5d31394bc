"""What the desk does when its records take what waited, refuse it, go away or come back."""

from datetime import datetime

from app.calls import Calls
from app.keeping import StatusBoard
from app.outbox import OutboxState
from app.pop import Trouble
from app.roles import Roles
from app.screen import Screen
from app.who_is_it import WhoIsIt


class RecordsWatch:
    """Hears it in the desk's thread."""

    def __init__(self, board: StatusBoard, who: WhoIsIt, calls: Calls, screen: Screen, roles: Roles) -> None:
        self._board = board
        self._who = who
        self._calls = calls
        self._screen = screen
        self._roles = roles

    def outbox_sent(self) -> None:
        """What was written here is in the records."""
        self._board.records_work()
        self._screen.records_changed()

    def outbox_changed(self, state: OutboxState) -> None:
        """What is written here waits, or no more: then the records' cards replace those that were entered here."""
        self._board.outbox_changed(state)
        if state.trouble is None:
            for call in list(self._calls):
                self._who.sent(call)

    def way_changed(self, trouble: Trouble | None, since: datetime | None) -> None:
        """The database can be reached, or no more: what nobody could say is asked again by itself."""
        self._board.way_changed(trouble, since)
        if trouble is None:
            self._roles.ask()
            for call in list(self._calls):
                self._who.refresh(call)
            self._screen.records_changed()
