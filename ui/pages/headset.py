"""The page of the headset: which microphone, speaker and bell, how loud they are; they are tried without a call."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.choices import Choice
from app.headset_words import headset_words, trouble_words
from app.talking import Chosen, Devices, SoundError, Talking, is_missing
from app.words import _
from ui.choice_field import ChoiceField
from ui.level_meter import LevelMeter
from ui.plain_text import button, label, set_text
from ui.theme import Tokens

_USUAL, _NONE, _NAME = "*", "-", "="
_EVERY_MS, _FIELD, _METER = 500, 320, 160


class HeadsetPage(QWidget):
    """What is chosen counts at once, also in the midst of a call. Being tried ends when nobody looks any more."""

    def __init__(self, tokens: Tokens, talking: Talking) -> None:
        super().__init__()
        self._talking, self._is_tried = talking, False
        self.microphone, self.speaker, self.ring = ChoiceField(), ChoiceField(), ChoiceField()
        self.try_it, self.again = button(""), button(_("Look for devices again"), "quiet")
        self.told, self._how = label("", "warning"), label("", "small")
        self._trouble: SoundError | None = None
        self.meters = (
            LevelMeter(tokens, lambda: talking.level, _METER),
            LevelMeter(tokens, lambda: talking.ear_level, _METER),
        )
        self._turn = QTimer(self, interval=_EVERY_MS)
        self._turn.timeout.connect(self._tell)
        self._lay_out()
        self.try_it.clicked.connect(self._turn_trying)
        self.again.clicked.connect(self._look)
        for field in (self.microphone, self.speaker, self.ring):
            field.changed.connect(self._choose)
        chosen = talking.chosen
        self._offer(Devices((chosen.microphone,), tuple({chosen.speaker, chosen.ring or ""})))  # until it is looked
        self._show_trying()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turn.stop()
        if self._is_tried:
            self._turn_trying()

    def _look(self) -> None:
        self._talking.look(self._looked)

    def _looked(self, told: Devices | SoundError) -> None:
        self._trouble = told if isinstance(told, SoundError) else None
        self._offer(told if isinstance(told, Devices) else Devices((), ()))
        self._tell()

    def _offer(self, devices: Devices) -> None:
        chosen = self._talking.chosen
        no_bell = Choice(_NONE, (_("does not ring here"),))
        for field, names, wanted in (
            (self.microphone, devices.microphones, chosen.microphone),
            (self.speaker, devices.speakers, chosen.speaker),
            (self.ring, devices.speakers, chosen.ring),
        ):
            field.offer([*([no_bell] if field is self.ring else []), *_choices(names, wanted or "")])
            field.choose(_key(names, wanted))

    def _choose(self) -> None:
        microphone, speaker, ring = (_name(one.key) for one in (self.microphone, self.speaker, self.ring))
        self._talking.choose(Chosen(microphone or "", speaker or "", ring), lambda _done: self._look())

    def _turn_trying(self) -> None:
        self._is_tried = not self._is_tried
        if self._is_tried:
            self._talking.try_it(self._tried)
        else:
            self._talking.stop_trying()
        self._show_trying()

    def _tried(self, error: SoundError | None) -> None:
        self._trouble = error
        if error is not None:
            self._is_tried = False
            self._show_trying()
        self._tell()

    def _show_trying(self) -> None:
        set_text(self.try_it, _("Stop trying") if self._is_tried else _("Try my headset"))
        said = _("Speak: you hear yourself a second later.") if self._is_tried else ""
        self._how.setText(said or _("The bars move while you talk in a call, and while you try it."))

    def _tell(self) -> None:
        words = trouble_words(self._trouble) if self._trouble is not None else headset_words(self._talking.now)
        if words != self.told.text():
            self.told.setText(words)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        rows = (
            (_("Microphone"), self.microphone, self.meters[0], _("How loud your microphone is")),
            (_("Speaker"), self.speaker, self.meters[1], _("How loud it is in your ear")),
            (_("Bell"), self.ring, None, ""),
        )
        for row, (title, field, meter, name) in enumerate(rows):
            field.setMinimumWidth(_FIELD)
            grid.addWidget(label(title, "heading", buddy_of=field), row, 0)
            grid.addWidget(field, row, 1)
            if meter is not None:
                meter.setAccessibleName(name)
                grid.addWidget(meter, row, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(3, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.try_it)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        for words in (self.told, self._how):
            words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(_("Headset"), "title"))
        column.addLayout(grid)
        column.addLayout(buttons)
        column.addWidget(self._how)
        column.addWidget(self.told)
        column.addStretch(1)


def _choices(names: Sequence[str], wanted: str) -> list[Choice]:
    """The system's own, each that is there, and the chosen one though it is not."""
    made = [Choice(_USUAL, (_("the system's own"),))]
    made += [Choice(f"{_NAME}{name}", (name,)) for name in names if name]
    if is_missing(names, wanted):
        made.append(Choice(f"{_NAME}{wanted}", (_("{name} (not plugged in)").format(name=wanted),)))
    return made


def _key(names: Sequence[str], wanted: str | None) -> str:
    """Of the choice that this is; the settings may name a part."""
    if wanted is None:
        return _NONE
    found = next((name for name in names if wanted.casefold() in name.casefold()), wanted)
    return f"{_NAME}{found}" if wanted else _USUAL


def _name(key: str) -> str | None:
    """None: nowhere; "": the system's own."""
    return None if key == _NONE else key.removeprefix(_NAME) if key.startswith(_NAME) else ""
