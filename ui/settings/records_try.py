"""Under the settings of the records: the server's password, and a button that asks the database as it stands there."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app.credentials import DATABASE
from app.errors import UserError
from app.settings_draft import SettingsDraft
from app.trying import findings_of
from app.words import _
from ui.settings.password_row import PasswordRow
from ui.settings.try_box import TryBox
from ui.settings_place import SettingsPlace


class RecordsTry(QWidget):
    """`show_draft` follows what stands in the form."""

    def __init__(self, place: SettingsPlace, draft: SettingsDraft) -> None:
        super().__init__()
        self._place, self._draft = place, draft
        self.password, self.box = PasswordRow(place.trying), TryBox()
        self.try_it = self.box.add(_("Try these records"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addWidget(self.password)
        column.addWidget(self.box)
        self.try_it.clicked.connect(self._try)
        self.password.kept.connect(place.running.register)
        self.show_draft()

    def show_draft(self) -> None:
        """A file on this PC has no password."""
        is_server = self._draft.said("database", "url").value != "sqlite"
        self.password.setVisible(is_server)
        self.password.stand_for(DATABASE if is_server else "")

    def _try(self) -> None:
        try:
            settings = self._draft.wanted()
        except UserError as error:
            self.box.tell(self.box.begin(), findings_of(error))
            return
        asked = self.box.begin()

        def told(found: object) -> None:
            if isValid(self):
                self.box.tell(asked, findings_of(found))  # type: ignore[arg-type]

        self._place.trying.records(settings, self.password.typed, told)
