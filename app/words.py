"""The words on every screen and command line: gettext catalogues, English in the source, Japanese beside it.

`_` is looked up when a sentence is made, never when a module is imported, so that the language can change.
"""

import gettext
import os
from pathlib import Path

LANGUAGES = ("ja", "en")
FOLDER = Path(__file__).parent / "locale"


class _Current:
    """The one catalogue in use. gettext's own `install` would write into builtins; this is the smaller evil."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    language = "en"


def use_language(wanted: str) -> str:
    """Switch to "ja" or "en"; "" takes the system's. Returns the language now in use."""
    language = wanted if wanted in LANGUAGES else _system_language()
    _Current.language = language
    _Current.catalogue = gettext.translation("omote", FOLDER, [language], fallback=True)
    return language


def language() -> str:
    """The language now in use, "ja" or "en"."""
    return _Current.language


def _(message: str) -> str:
    """The sentence in the language now in use."""
    return _Current.catalogue.gettext(message)


def pgettext(context: str, message: str) -> str:
    """The word in the language now in use, where one English word has several translations."""
    return _Current.catalogue.pgettext(context, message)


def ngettext(one: str, many: str, n: int) -> str:
    """The sentence for `n` things; `n` still has to be formatted in."""
    return _Current.catalogue.ngettext(one, many, n)


def in_one_line(*sentences: str) -> str:
    """These one after the other, line ends as spaces; after a Japanese full stop there is none."""
    return " ".join(line for one in sentences for line in one.splitlines() if line).replace("。 ", "。")


def _system_language() -> str:
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    # the first that is set counts, and it counts even where that locale is not installed
    name = next((one for one in told if one), "")
    return "ja" if _is_japanese(name) or _is_japanese(_system_locale()) else "en"


def _is_japanese(name: str) -> bool:
    return name.casefold().startswith("ja")


def _system_locale() -> str:
    """Windows, and macOS outside of a terminal, say it nowhere else."""
    import locale  # noqa: PLC0415 -- the first window waits for what is imported above

    return locale.getlocale()[0] or ""
