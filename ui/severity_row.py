"""How grave a complaint is."""

from app.words import _
from ui.level_row import LevelRow

_USUAL = 3


class SeverityRow(LevelRow):
    """1 (slight) to 5 (grave)."""

    def __init__(self) -> None:
        super().__init__({1: _("slight"), 5: _("grave")}, lambda level: _("Severity {level} of 5").format(level=level))
        self.choose(_USUAL)
