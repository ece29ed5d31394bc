"""The panels of the pop, in the order of their tabs. A new panel is a file beside this one and a line here."""

from ui.panels.complaints import Complaints
from ui.panels.handlers import Handlers
from ui.panels.history import History
from ui.panels.profile import Profile
from ui.panels.purchases import Purchases
from ui.panels.rows_panel import RowsPanel

PANELS: list[type[RowsPanel]] = [Purchases, Complaints, History, Handlers, Profile]
