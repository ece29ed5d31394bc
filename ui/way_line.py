"""On a card without a call: by which way the customer spoke or wrote to us, or we to them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.by_hand import ByHand, Channel, Direction
from app.call import Call
from app.words import _
from ui import wording
from ui.first_line import set_hidden
from ui.plain_text import label


class WayLine(QWidget):
    """Hidden on a call's card.

    Signals:
        changed: a ByHand.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.channel, self.direction = QComboBox(), QComboBox()
        for channel in Channel:
            self.channel.addItem(wording.channel_name(channel), channel)
        for direction, words in ((Direction.IN, _("from the customer")), (Direction.OUT, _("to the customer"))):
            self.direction.addItem(words, direction)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(_("Contact by"), "heading", buddy_of=self.channel))
        row.addWidget(self.channel)
        row.addWidget(label(_("Direction"), "heading", buddy_of=self.direction))
        row.addWidget(self.direction)
        row.addStretch(1)
        for box in (self.channel, self.direction):
            box.activated.connect(self._tell)
        self.hide()

    def fill(self, call: Call) -> None:
        """Show this card's way."""
        set_hidden(self, is_hidden=call.by_hand is None)
        if call.by_hand is not None:
            self.channel.setCurrentIndex(self.channel.findData(call.by_hand.channel))
            self.direction.setCurrentIndex(self.direction.findData(call.by_hand.direction))

    def _tell(self) -> None:
        way = ByHand(Channel(self.channel.currentData()), Direction(self.direction.currentData()))
        self.changed.emit(way)
