"""The page of a desk's first day: three questions on one page, each tried and skipped by itself, nothing modal."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.choices import Choice
from app.first_start.answers import PhoneField, PhoneKind, RecordsAnswer, field_words, kind_words
from app.first_start.first_start import FirstStart, Part
from app.first_start.result import Result, Tone
from app.words import _
from ui.choice_field import ChoiceField
from ui.first_start.choice_buttons import ChoiceButtons
from ui.first_start.question_card import QuestionCard, show_result
from ui.line_field import LineField
from ui.plain_text import button, label

_WIDEST = 760
_ADDRESS = "postgresql://omote@192.0.2.20/omote"
_OWN_NAMES = (("ja", "日本語"), ("en", "English"))


class FirstStartPage(QWidget):
    """Signals: wants_language, "ja" or "en"; wants_import, the page on which files come in; put_off, not today."""

    wants_language = Signal(str)
    wants_import = Signal()
    put_off = Signal()

    def __init__(self, first: FirstStart, spoken: str) -> None:
        super().__init__()
        self._first = first
        self.cards = {
            Part.WHO: QuestionCard(
                _("1  Who sits here?"), _("Calls and notes are written under this name."), try_words=_("Try the name")
            ),
            Part.PHONE: QuestionCard(
                _("2  Which phone?"), _("How this PC learns who is calling."), try_words=_("Try the phone")
            ),
            Part.RECORDS: QuestionCard(
                _("3  Where are the records?"), _("Customers, calls and notes."), try_words=_("Try the records")
            ),
        }
        self.save, self.later = button(_("Save and start"), "primary"), button(_("Later"), "quiet")
        self.told = label("", "small")
        self._fill_who(spoken)
        self._fill_phone()
        self._fill_records()
        self._lay_out()
        self._put_in_order()
        self.setFocusProxy(self.name)
        self._connect()

    def _fill_who(self, spoken: str) -> None:
        card, self.name = self.cards[Part.WHO], LineField()
        self.name.setText(self._first.who)
        self.name.textChanged.connect(lambda text: setattr(self._first, "who", text))
        self.language = ChoiceButtons(_OWN_NAMES, spoken)
        self.language.chosen.connect(self.wants_language)
        card.add_field(_("Your name"), self.name)
        card.add_field(_("Language"), self.language)
        card.show_fields((self.name, self.language))

    def _fill_phone(self) -> None:
        card, answer = self.cards[Part.PHONE], self._first.phone
        self.kind = ChoiceField()
        self.kind.offer([Choice(one.value, (kind_words(one),)) for one in PhoneKind])
        self.kind.choose(answer.kind.value)
        self.kind.changed.connect(self._choose_kind)
        card.add_field(_("Kind"), self.kind)
        self.fields: dict[PhoneField, QLineEdit] = {}
        for one in PhoneField:
            field = self.fields[one] = _password() if one is PhoneField.PASSWORD else LineField()
            field.setText(answer.value(one))
            field.textChanged.connect(lambda text, of=one: self._typed(of, text))
            card.add_field(field_words(one), field)
        self.fields[PhoneField.SERVER].setPlaceholderText("192.0.2.10")
        self.fields[PhoneField.EXTENSION].setPlaceholderText("201")
        self._show_fields()

    def _fill_records(self) -> None:
        card, answer = self.cards[Part.RECORDS], self._first.records
        ways = [("here", _("On this PC")), ("server", _("The team's server (PostgreSQL)"))]
        self.place = ChoiceButtons(ways, "server" if answer.is_server else "here")
        self.place.chosen.connect(lambda _key: self._choose_place())
        self.url, self.password = LineField(), _password()
        self.url.setText(answer.url)
        self.url.setPlaceholderText(_ADDRESS)
        self.password.setText(answer.password)
        for field in (self.url, self.password):
            field.textChanged.connect(self._records_typed)
        card.add_field(_("Place"), self.place)
        card.add_field(_("Its address"), self.url)
        card.add_field(_("Password"), self.password)
        self.bring_in = button(_("Import customers from a file now"), "link")
        card.beside.insertWidget(1, self.bring_in)
        self._choose_place()

    def _choose_kind(self) -> None:
        if not self.kind.key:  # emptied: what was chosen stays
            self.kind.choose(self._first.phone.kind.value)
        self._first.phone = self._first.phone.of_kind(PhoneKind(self.kind.key))
        self._first.trial.stop()
        self.cards[Part.PHONE].tell(Result(Tone.BUSY, ""))
        self._show_fields()

    def _show_fields(self) -> None:
        self.cards[Part.PHONE].show_fields([self.kind, *(self.fields[one] for one in self._first.phone.needs)])
        self.fields[PhoneField.USER].setPlaceholderText(
            _("as the extension") if self._first.phone.kind is PhoneKind.DESK_PHONE else ""
        )

    def _typed(self, of: PhoneField, text: str) -> None:
        self._first.phone = self._first.phone.with_value(of, text)

    def _records_typed(self) -> None:
        self._first.records = RecordsAnswer(self.place.key == "server", self.url.text(), self.password.text())

    def _choose_place(self) -> None:
        self._records_typed()
        is_server = self._first.records.is_server
        self.cards[Part.RECORDS].show_fields([self.place, *([self.url, self.password] if is_server else [])])
        self.bring_in.setHidden(is_server)

    def _connect(self) -> None:
        tries: dict[Part, Callable[[Callable[[Result], object]], object]] = {
            Part.WHO: self._first.try_who, Part.PHONE: self._first.try_phone, Part.RECORDS: self._first.try_records
        }  # fmt: skip
        locked = self._first.locked()
        for part, card in self.cards.items():
            card.tried.connect(lambda do=tries[part], card=card: do(_to(card, card.tell)))
            card.skip_turned.connect(lambda part=part: self._turn_skip(part))
            card.show_skipped(is_skipped=part in self._first.skipped)
            if part in locked:
                card.lock(_("Your IT has set this for everybody."))
        self.bring_in.clicked.connect(self.wants_import)
        self.later.clicked.connect(self.put_off)
        self.save.clicked.connect(self._save)

    def _turn_skip(self, part: Part) -> None:
        self._first.turn_skip(part)
        self.cards[part].show_skipped(is_skipped=part in self._first.skipped)

    def _save(self) -> None:
        self.save.setEnabled(False)
        self._first.save(_to(self, self._tell_saved))

    def _tell_saved(self, result: Result) -> None:
        show_result(self.told, result)
        self.save.setEnabled(result.tone is not Tone.BUSY)

    def _put_in_order(self) -> None:
        """By Tab as one reads it."""
        who, phone, records = (self.cards[part] for part in Part)
        way = [
            self.name, *self.language.buttons, who.try_it, who.skip,
            self.kind, *self.fields.values(), phone.try_it, phone.skip,
            *self.place.buttons, self.url, self.password, records.try_it, self.bring_in, records.skip,
            self.save, self.later,
        ]  # fmt: skip
        for before, after in pairwise(way):
            self.setTabOrder(before, after)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Before the first call"), "title"))
        intro = label(_("Three questions. Each can be tried and skipped; nothing counts before you save."), "line")
        intro.setWordWrap(True)
        column.addWidget(intro)
        for card in self.cards.values():
            column.addWidget(card)
        end = QHBoxLayout()
        end.setSpacing(16)
        end.addWidget(self.save)
        end.addWidget(self.later)
        end.addStretch(1)
        column.addLayout(end)
        self.told.setWordWrap(True)
        self.told.hide()
        column.addWidget(self.told)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)


def _password() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _to(widget: QWidget, tell: Callable[[Result], object]) -> Callable[[Result], object]:
    """What comes when another language has taken the page's place is told to nobody."""
    return lambda result: tell(result) if isValid(widget) else None
