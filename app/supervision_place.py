"""What a supervisor's parts are made of: who sits here and where the records are, and what the house has set."""

from dataclasses import dataclass, field

from app.figures.house_rules import ChosenRules
from app.importing.import_desk import ImportPlace
from app.paths import Profile
from app.seat import Seat


@dataclass(frozen=True, slots=True)
class SupervisionPlace:
    """`profile` has this PC's own files.

    `recording_url` is the template of where recordings lie, "" for none; `rules` are those of the reports.
    """

    imports: ImportPlace
    profile: Profile
    recording_url: str = ""
    rules: ChosenRules = field(default_factory=ChosenRules)

    @property
    def seat(self) -> Seat:
        """Who works here."""
        return self.imports.seat
