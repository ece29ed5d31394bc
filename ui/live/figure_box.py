"""One figure of the live board: what it is, how much, and a word beside it; as big as the window lets it be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from ui.live.words import Figure
from ui.plain_text import cut_label, give_role
from ui.rows import Tone

_ROLES = {Tone.WARNING: "figure-warning", Tone.BAD: "figure-bad"}


class FigureBox(QFrame):
    """Shows whatever figure it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("figure")
        self._title, self._value, self._beside = cut_label("small"), cut_label("figure"), cut_label("small")
        self._title.setBuddy(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(0)
        for one in (self._title, self._value, self._beside):
            one.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._column.addWidget(one)

    def show_figure(self, figure: Figure) -> None:
        """Another one, or the same anew."""
        self._title.setText(figure.title)
        self._value.setText(figure.value)
        self._beside.setText(figure.beside)
        give_role(self._value, _ROLES.get(figure.tone, "figure"))

    def grow(self, value: int, words: int) -> None:
        """Letters of so many pixels."""
        self._value.setStyleSheet(f"font-size: {value}px")
        for one in (self._title, self._beside):
            one.setStyleSheet(f"font-size: {words}px")
        self._column.setContentsMargins(words // 2, words // 3, words // 2, words // 3)
