"""The windows of one desk (`app.screen.Screen`): draws what it says, tells it what the operator does."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.action_runner import Actions
from app.call import Call, rehearsal
from app.clock import Clock
from app.controls import Controls
from app.desk import Desk
from app.dialling import Dialling
from app.further_rows import FurtherRows
from app.hotkey import Hotkey
from app.not_shown import NotShown
from app.pop import Candidate, Pop
from app.records import Records
from app.screen import Status
from app.supervision import Supervision
from app.talking import Talking
from app.templates import TemplateBook
from app.window_places import WindowPlaces
from app.words import _
from ui.beside_card import BesideCard
from ui.collector import Collector
from ui.desk_pages import DeskPages
from ui.dial_view import DialView, selected_text
from ui.hand_over import hand_over_main, hand_over_pop
from ui.heard_rings import HeardRings
from ui.hotkeys.global_hotkeys import hotkey_system, set_hotkeys
from ui.keys import BREAK, SWITCH, bind
from ui.language_switch import LanguageSwitch, let_go_later, speak
from ui.main_parts import MainParts
from ui.main_window import MainWindow
from ui.note_versions import NoteVersions
from ui.obligations import ObligationsView
from ui.operator_foot import FootView
from ui.pages.headset import HeadsetPage
from ui.panels.reading_on import ReadingOn
from ui.pop_window import PopWindow
from ui.reminders import RemindersView
from ui.supervisor_pages import SupervisorPages
from ui.templates import Templates
from ui.theme import Tokens
from ui.tray import Tray, omote_icon
from ui.window_place import WindowPlace

AskWhy = Callable[[UUID, Callable[[Sequence[str]], object]], object]


class Desktop(QObject):
    """Builds every window at start, hidden but for a `main` that stands already; `use` gives them their desk.

    Signals: left, the operator ends the program.
    """

    left = Signal()

    def __init__(self, tokens: Tokens, *, on_top_while_ringing: bool = True, main: MainWindow | None = None) -> None:
        super().__init__()
        self._collector = Collector()
        self.on_top = on_top_while_ringing
        self.heard = HeardRings()
        self.tokens = tokens
        self._beside: BesideCard | None = None
        self._for_supervisors: SupervisorPages | None = None
        self.dials: DialView | None = None
        self._links: list[Callable[[], None]] = []
        self._not_shown: Sequence[NotShown] = ()
        self.left.connect(QApplication.exit)
        self.tray = Tray(tokens)
        self.windows: list[QWidget] = []
        self._build(main or MainWindow(tokens))

    def _build(self, main: MainWindow) -> None:
        self.pop, self.main = PopWindow(self.tokens, QApplication.platformName()), main
        main.furnish(MainParts(self.tokens))
        for window in (self.pop, self.main):
            self.windows.append(window)
            window.setWindowIcon(omote_icon(self.tokens, self.tokens.good))
        self.pop.cover.go_with(self.main.cover)
        self.pop.prepare()

    def _link(self, link: Callable[[], None]) -> None:
        """Now, and again for the windows of another language."""
        self._links.append(link)
        link()

    def speak(self, language: str) -> None:
        """Every window anew in this language, over what the other one showed and held. Nothing may ring."""
        self.commit_typing()
        pop, main = self.pop, self.main
        self.windows = list(filter(isValid, self.windows))
        self._pages.leave()
        self._foot.leave()
        speak(language)
        self._build(MainWindow(self.tokens))
        self.tray.speak()
        for link in self._links:
            link()
        self.show_status(self._desk.board.status)
        self.show_not_shown(self._not_shown)
        self._desk.redraw()
        self.records_changed()
        hand_over_pop(pop, self.pop)
        hand_over_main(main, self.main)
        for window in (pop, main):
            let_go_later(window)

    def use(
        self, desk: Desk, records: Records, on_painted: Sequence[Callable[[Call], object]], ask_why: AskWhy
    ) -> None:
        """Connect the windows with the desk that they show; `on_painted` hear of every name that reached the screen.

        `ask_why(call_id, then)` finds out why a call was shown, or was not.
        """
        self._desk, self._records, self._on_painted = desk, records, on_painted
        self.tray.wants_pop.connect(self.take_me_to_call)
        self.tray.wants_main.connect(self.show_main)
        self.tray.wants_break.connect(self._turn_break)
        self.tray.wants_quit.connect(self.left)
        self.tray.wants_about.connect(lambda: self.main.wants_about.emit())  # noqa: PLW0108 -- `main` may be another
        self.tray.wants_switch.connect(self._switch_operator)
        self.language = LanguageSwitch(desk)
        self.language.due.connect(self.speak)
        self.reminders = RemindersView(desk, self.tray)
        self.reminders.opened.connect(self._reopen)
        self._link(lambda: self._connect(ask_why))
        desk.shift.begin()
        desk.roles.ask()
        for told in (desk.shift.changed, desk.roles.changed):
            told.append(self.records_changed)
        self.reminders.begin()
        self.records_changed()

    def _connect(self, ask_why: AskWhy) -> None:
        desk, records = self._desk, self._records
        note, body, strip = self.pop.note, self.pop.body, self.pop.strip
        strip.picked.connect(desk.select)
        note.changed.connect(desk.write)
        note.hid_number.connect(desk.drafts.scrub)
        note.touched.connect(lambda: self._with_call(desk.touch))
        note.finished.connect(lambda: self._with_call(lambda call: note.show_lack(desk.finish(call))))
        note.put_aside.connect(lambda: self._with_call(desk.put_aside))
        self.pop.header.not_mine.connect(lambda: self._with_call(desk.not_mine))
        self.pop.header.not_this_one.connect(lambda: self._with_call(desk.back_to_choice))
        self.pop.header.wanted_instead.connect(
            lambda customer: self._with_call(lambda call: desk.choose(call, customer))
        )
        body.question.chosen.connect(lambda customer: self._with_call(lambda call: desk.choose(call, customer)))
        body.question.created.connect(
            lambda new, number: self._with_card(lambda call: desk.by_hand.create(call, new, number))
        )
        self.pop.header.way.changed.connect(lambda way: self._with_card(lambda call: desk.by_hand.say_way(call, way)))
        self.pop.header.number_recorded.connect(lambda: self._with_card(desk.entering.attach))
        body.question.retried.connect(lambda: self._with_call(desk.look_again))
        body.question.searched.connect(self._search)
        for window in (self.pop, self.main):
            bind(BREAK, window, self._turn_break)
            bind(SWITCH, window, self._switch_operator)
        self.main.calls.opened.connect(self._reopen)
        self.main.calls.asked_why.connect(lambda call: ask_why(call, lambda told: self.main.calls.tell_why(call, told)))
        self.main.wants_quit.connect(self.left)
        self.main.language.wanted.connect(lambda language: self.language.ask(language, self.main))
        desk.dispositions.offer(note.offer_dispositions)
        self._foot = FootView(self.main.foot, desk)
        self.main.seen.connect(desk.roles.ask)
        self.main.foot.wants_break.connect(self._turn_break)
        self._pages = DeskPages(self.main, self.tokens, desk, records)
        self._pages.opened.connect(self._reopen)
        self._pages.opened_by_hand.connect(self.take_me_to_call)
        self._pages.wants_new.connect(self._enter_somebody)
        self.obligations = ObligationsView(self.pop, desk)
        rows = FurtherRows(records)
        self._versions = NoteVersions(
            self.pop,
            lambda call, then: records.note_versions(call, then, desk.board.records_failed),
            lambda contact, then: rows.versions(contact, then, desk.board.records_failed),
        )
        self.reminders.show_in((self.pop.reminder, self.main.reminder), self.pop.cover)
        self.reading_on = ReadingOn(self.pop.body.panels, rows)

    def add_supervision(self, supervision: Supervision) -> None:
        """The pages of supervisors."""
        supervision.used_at(self._desk)
        self._link(lambda: self._show_supervision(supervision))

    def _show_supervision(self, supervision: Supervision) -> None:
        if self._for_supervisors is not None:
            self._for_supervisors.leave()
        self._for_supervisors = SupervisorPages(self.main, self.tokens, supervision, self._desk.roles)

    def add_actions(self, actions: Actions) -> None:
        """Other systems beside the card, and keys that copy from it."""
        self._link(lambda: self._act_beside(actions))

    def _act_beside(self, actions: Actions) -> None:
        self._beside = BesideCard(self.pop, actions, self._beside)

    def add_dialling(self, dialling: Dialling, controls: Controls) -> None:
        """Every number can be dialled, and calls be dealt with from the card."""
        self._link(lambda: self._dial_from_here(dialling, controls))

    def _dial_from_here(self, dialling: Dialling, controls: Controls) -> None:
        if self.dials is not None:
            self.dials.leave()
        self.dials = DialView(self.pop, self.main, dialling, controls)
        self.main.wants_dial.connect(self.dials.wish)
        self.reminders.dial = self.dials.call_back

    def add(self, show: Callable[[MainWindow], None]) -> None:
        """Something more for the main window, and for that of another language."""
        self._link(lambda: show(self.main))

    def add_headset(self, talking: Talking) -> None:
        """Where this PC is a telephone its headset is chosen and tried on a page, seen on the card, and may ring."""
        self.heard.talking = talking if talking.is_here else None
        self._link(self._talk_here)

    def _talk_here(self) -> None:
        if (talking := self.heard.talking) is not None:
            self.main.add_page(_("Headset"), partial(HeadsetPage, self.tokens, talking))
            self.pop.header.control.use_headset(talking, self.tokens)

    def add_templates(self, book: TemplateBook) -> None:
        """Ready words for notes."""
        self._link(lambda: self._offer_templates(book))

    def _offer_templates(self, book: TemplateBook) -> None:
        self._templates = Templates(self.pop, book)

    def rehearse(self, sample: Pop) -> None:
        """Draw a card that nobody sees, so that fonts, styles and layouts are paid for before the first call."""
        if self.pop.call is None:
            self.pop.rehearse(rehearsal(sample, Clock()))
        if self.pop.is_docked:
            self.pop.appear(on_top=False)

    def take_me_to_call(self) -> None:
        """The operator asked for the card; with nothing on the desk, today's calls."""
        if self.pop.call is None:
            self.show_main()
        else:
            self._desk.touch(self.pop.call.id)
            self.pop.appear(on_top=False)
            self.pop.take_me_there()

    def _turn_break(self) -> None:
        """Whoever comes back while it rings sees who it is."""
        self._desk.breaks.turn()
        if self._desk.calls.is_ringing and not self._desk.breaks.is_on:
            self.pop.appear(on_top=self.on_top)

    def take_me_to_note(self) -> None:
        """The operator wants to write, whatever the card asks."""
        self.take_me_to_call()
        self.pop.write_note()

    def keep_places(self, places: WindowPlaces) -> None:
        """Both windows come back to where they were put on these screens."""
        self._link(lambda: self._keep_places(places))

    def _keep_places(self, places: WindowPlaces) -> None:
        WindowPlace(self.pop, "pop", places)
        if self.main.places is None:  # else it stands in its place since the program began
            WindowPlace(self.main, "main", places)
            self.main.places = places

    def set_hotkeys(self, call: Hotkey | None, note: Hotkey | None, dial: Hotkey | None = None) -> None:
        """Global ones, as the settings name them; what can't be had stands among the states."""
        ways = ((call, self.take_me_to_call), (note, self.take_me_to_note), (dial, self.dial_selected))
        wanted = {hotkey: do for hotkey, do in ways if hotkey is not None}
        if wanted:
            self._hotkeys = hotkey_system(QApplication.platformName())
            set_hotkeys(self._hotkeys, wanted, lambda refused: self._desk.board.set(hotkeys=refused))

    def dial_selected(self) -> None:
        """The operator has selected a number in some program."""
        if self.dials is not None:
            self.dials.wish(selected_text())
            self.dials.be_seen()

    def be_asked(self) -> None:
        """A number came from another program: what is asked about it must be seen."""
        if self.dials is not None:
            self.dials.be_seen()

    def show_main(self) -> None:
        """The operator asked for today's calls."""
        self.main.showNormal()
        self.main.raise_()
        self.main.activateWindow()

    def save_picture(self, path: Path) -> bool:
        """A picture of the pop as it stands."""
        return self.pop.grab().save(str(path))

    def show_strip(self, calls: Sequence[Call], selected: UUID | None) -> None:
        self.pop.show_strip(calls, selected)
        self._foot.show_calls(calls)
        if self._beside is not None:
            self._beside.see(calls)

    def show_card(self, call: Call | None) -> None:
        self.pop.show_card(call)

    def ring(self, call: Call) -> None:
        self.pop.appear(on_top=self.on_top)
        self._desk.shown(call)

    def watch_paint(self, call: Call) -> None:
        self.pop.when_painted(call, lambda: self._painted(call))

    def be_seen(self) -> None:
        self.pop.appear(on_top=False)

    def commit_typing(self) -> None:
        self.pop.note.commit()

    def quiet(self) -> None:
        self.heard.quiet()
        self.pop.lower_again()
        self._desk.reminders.look()
        self.language.look()

    def show_saved(self, call: Call) -> None:
        self.pop.show_saved(call)

    def show_status(self, status: Status) -> None:
        self.pop.show_status(status)
        self.main.show_status(status)
        self.tray.show_status(status)
        self._foot.show_status(status)

    def show_not_shown(self, entries: Sequence[NotShown]) -> None:
        self._not_shown = entries
        self.main.calls.show_not_shown(entries)

    def records_changed(self) -> None:
        self._pages.ask()
        whose = self._desk.roles.whose_calls
        self.main.calls.ask_for_calls(self._records, self._desk.board.records_failed, whose)
        if not self._desk.dispositions.are_known:
            self._desk.dispositions.ask(self.pop.note.offer_dispositions)

    def _painted(self, call: Call) -> None:
        at_ns = time.monotonic_ns()
        self.pop.body.fill_now()
        QApplication.alert(self.pop)  # takes milliseconds: after the name stands on the screen
        self.heard.ring(call)
        self._desk.painted(call.id, at_ns)
        self.pop.status.show_time(call.stamps.microseconds()["painted"])
        if self._beside is not None:
            self._beside.rang(call)
        for hear in self._on_painted:
            hear(call)

    def _reopen(self, call_id: UUID) -> None:
        self._records.past_call(call_id, self._reopened, self._desk.board.records_failed)

    def _reopened(self, call: Call | None) -> None:
        if call is not None:
            self._desk.reopen(call)
            self.take_me_to_call()

    def _switch_operator(self) -> None:
        self.show_main()
        self.main.foot.open_form()

    def _enter_somebody(self) -> None:
        self.take_me_to_call()
        self.pop.body.question.new.show_fields()

    def _search(self, text: str) -> None:
        show = self.pop.body.question.show_found

        def found(customers: Sequence[Candidate]) -> None:
            show(text, customers)

        if text:
            self._with_call(self._desk.touch)
            self._records.search(text, found, self._desk.board.records_failed)
        else:
            show("", ())

    def _with_card(self, do: Callable[[Call], object]) -> None:
        if self.pop.call is not None:
            do(self.pop.call)

    def _with_call(self, do: Callable[[UUID], object]) -> None:
        if self.pop.call is not None:
            do(self.pop.call.id)
