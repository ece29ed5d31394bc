"""One desk with its real windows, records, drafts and threads; only the telephone system is missing.

The wiring is that of app.program.Program, which cannot be had here: it makes the process's one QApplication itself.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from uuid import UUID

import shiboken6
from pytestqt.qtbot import QtBot

from app.action_runner import Actions
from app.actions import ActionSettings, Opening
from app.call import Call
from app.clock import Clock
from app.compose import lines_of
from app.controls import Controls
from app.desk import Desk
from app.dialling import Dialling
from app.importing.import_desk import ImportPlace
from app.importing.job import RecordsAddress
from app.journal import Journal
from app.paths import profile_at
from app.place import Place
from app.pop import PopState
from app.records import Beside, Records
from app.roles import Role
from app.seat import Seat
from app.settings import LineSettings, Settings
from app.supervision import Supervision
from app.supervision_place import SupervisionPlace
from app.telephone import Telephone
from app.trace import Trace
from app.why import story
from cti.events import CallAnswered, CallEnded, Caller, CallEvent, CallOffered, Direction, EndCause, Verstat, Withheld
from db.drafts import DraftFile
from db.engine import open_engine
from db.outbox import OutboxFile
from tests.fakes.telephone import FakeControl, FakeLoop
from ui.desktop import Desktop
from ui.pop_window import PopWindow
from ui.theme import LIGHT, Tokens
from ui.ui_thread import UiThread

NOW = datetime(2026, 11, 21, 14, 12, tzinfo=timezone(timedelta(hours=9)))
OPERATOR = "sato"
_numbers = count(1)


class RunningDesk:
    """`ring` reports a call as a source would and waits until its name is painted."""

    def __init__(
        self,
        folder: Path,
        qtbot: QtBot,
        actions: Sequence[ActionSettings] = (),
        tokens: Tokens = LIGHT,
        role: Role = Role.ADMINISTRATOR,
    ) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.is_running, self.now = True, NOW
        self.painted: list[Call] = []
        self.trace: list[str] = []
        self._engine, self._thread = open_engine("sqlite", folder), UiThread()
        outbox = OutboxFile.open(folder / "drafts", NOW)
        self.records = Records(self._engine, self._thread.post, beside=Beside(outbox))
        self.desktop = Desktop(tokens)
        lines = lines_of(Settings(lines=(LineSettings("0312345678", "Main shop"),)))
        clock, self.seat = Clock(now=lambda: NOW), Seat(OPERATOR)
        place = Place(self.seat, lines, Trace(self.trace.append), self._thread.later, clock, role=role)
        self.desk = Desk(self.records, self.desktop, place)
        drafts = DraftFile.open(folder / "drafts", NOW)
        self._journal = Journal(drafts, self.desk.drafts, self._thread.post)
        self.desk.drafts.keep_in(self._journal)
        self.desktop.use(self.desk, self.records, [self.painted.append], self._ask_why)
        imports = ImportPlace(self.seat, lambda: RecordsAddress("sqlite", folder), folder / "import-columns.json")
        over = SupervisionPlace(imports, profile_at(folder))
        self.supervision = Supervision.over(open_engine("sqlite", folder), over, self._thread.post, clock)
        self.desktop.add_supervision(self.supervision)
        self.opened_beside: list[Opening] = []
        self.actions = Actions(actions, self._thread.post, self.opened_beside.append)
        self.desktop.add_actions(self.actions)
        self.control, self.loop = FakeControl(), FakeLoop()
        telephone = Telephone({"pbx": self.control}, self.loop.submit, self._thread.post)
        self.dialling = Dialling(self.desk, self.records, place, telephone)
        self.desktop.add_dialling(self.dialling, Controls(place, telephone))
        self.desk.restore(drafts.all(OPERATOR))

    def _ask_why(self, call_id: UUID, then: Callable[[list[str]], object]) -> None:
        lines = [json.loads(line) for line in self.trace]
        then(story([line for line in lines if line.get("call") == str(call_id)]))

    def post(self, fn: Callable[..., object], *args: object) -> None:
        """From any thread into that of the windows."""
        self._thread.post(fn, *args)

    @property
    def pop(self) -> PopWindow:
        return self.desktop.pop

    def stop(self) -> None:
        self.is_running = False
        self._journal.close()
        self.supervision.stop()
        self.records.stop()
        self._engine.dispose()
        # now, not later: what is still posted goes with its thread, and no later test dresses these windows again
        for gone in (self._thread, *filter(shiboken6.isValid, self.desktop.windows)):
            shiboken6.delete(gone)
        self.loop.forget()

    def ring(
        self, number: str, name: str = "", withheld: Withheld | None = None, verstat: Verstat | None = None
    ) -> Call:
        """A call that has rung, been looked up and painted, on the card or in the strip."""
        call = self.offer(number, name, withheld, verstat)
        self.qtbot.waitUntil(lambda: call in self.painted and self._has_answer(call), timeout=10_000)
        return call

    def _has_answer(self, call: Call) -> bool:
        return call.pop.state is not PopState.SEARCHING and not self.pop.body.is_waiting

    def offer(
        self, number: str, name: str = "", withheld: Withheld | None = None, verstat: Verstat | None = None
    ) -> Call:
        """A call that has just been offered."""
        source_id, caller = f"call-{next(_numbers)}", Caller(number, name, withheld, verstat=verstat)
        self.desk.hear(
            CallOffered("desk phone", source_id, caller, "0312345678", "", "", Direction.IN, NOW, 1, 2),
        )
        call = self.desk.calls.by_source("desk phone", source_id)
        assert call is not None
        return call

    def dialling_hears(self, *events: CallEvent) -> None:
        """What a source tells of a call that was dialled, as the program passes it on."""
        for event in events:
            self.desk.hear(event)
            self.dialling.heard(event)

    def give_up(self, call: Call) -> None:
        """The caller hangs up."""
        self.desk.hear(CallEnded("desk phone", call.ring.source_id, EndCause.CANCELLED, NOW))

    def answer(self, call: Call) -> None:
        """Somebody answers; the source can't know who."""
        self.desk.hear(CallAnswered("desk phone", call.ring.source_id, None, NOW))

    def opened(self, call: Call, name: str) -> None:
        """Wait until this customer's card stands on this call."""
        self.qtbot.waitUntil(lambda: call.pop.facts is not None and call.pop.facts.customer.name == name, timeout=5000)
