"""What came of the call: one of the site's codes, found by any part of its path in either language."""

from collections.abc import Sequence

from app.choices import Choice
from app.dispositions import DispositionFact
from app.words import _, language
from ui.choice_field import ChoiceField


class DispositionField(ChoiceField):
    """Shows the path of the code that is chosen; one that is no longer offered keeps its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(_("Choose: type a part of it"))

    def offer_codes(self, codes: Sequence[DispositionFact]) -> None:
        """In their order."""
        said = language()
        self.offer([_choice(one, said) for one in codes])


def _choice(one: DispositionFact, said: str) -> Choice:
    path = one.path_ja if said == "ja" else one.path_en
    other = one.path_en if said == "ja" else one.path_ja
    return Choice(one.code, path, f"{' '.join(other)} {one.code}", one.is_offered)
