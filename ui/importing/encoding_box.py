"""The box in which the encoding of a text file is chosen: found out by its bytes unless somebody knows better."""

from PySide6.QtWidgets import QComboBox

from app.words import _


class EncodingBox(QComboBox):
    """Used for the file that is open, and for one that could not be opened."""

    def __init__(self) -> None:
        super().__init__()
        for words, encoding in (
            (_("recognised"), ""),
            ("UTF-8", "utf-8"),
            ("CP932 (Shift_JIS)", "cp932"),
            ("UTF-16", "utf-16"),
            ("EUC-JP", "euc-jp"),
            ("Latin-1", "cp1252"),
        ):
            self.addItem(words, encoding)

    @property
    def encoding(self) -> str:
        """The chosen one, "" for what the bytes say."""
        return str(self.currentData())

    def show_encoding(self, encoding: str) -> None:
        """As the file is read now."""
        self.setCurrentIndex(max(0, self.findData(encoding)))
