"""The language that was chosen in the window: it counts before the settings', on this PC and for this user."""

from app.kept_json import KeptJson
from app.paths import Profile
from app.words import LANGUAGES


class LanguageChoice:
    """Without a file it lasts as long as the program."""

    def __init__(self, file: KeptJson | None = None) -> None:
        self._file = file
        told = file.read() if file is not None else None
        self.language = told if told in LANGUAGES else ""

    def choose(self, language: str) -> None:
        """From now on, and at the next start."""
        self.language = language
        if self._file is not None:
            self._file.write(language)


def language_choice(profile: Profile) -> LanguageChoice:
    """What was chosen in the window."""
    return LanguageChoice(KeptJson(profile.language_file, "the language"))
