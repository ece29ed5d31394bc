"""Under a list: why the line that is selected was shown, or was not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.words import _
from ui.plain_text import label

_LEAST_HEIGHT = 116  # five lines and the heading: the list above must not jump with every selection


class WhyPane(QWidget):
    """A heading and sentences, to be read and copied."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label("")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(_("Why was it shown, or not?"), "heading"))
        column.addWidget(self._text, 1)

    def tell(self, sentences: Sequence[str]) -> None:
        """One line each; none asks for a selection."""
        self._text.setText("\n".join(sentences) or _("Select a line above."))
