"""Whether what windows need is in this program: Qt's plug-ins and words, pictures, a font. No screen is touched."""

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase, QImageReader, QPixmap

from app.errors import UserError
from app.words import LANGUAGES, _
from ui.application import make_application
from ui.plain_text import label
from ui.theme import FONT_FAMILIES, dress_all

_PLATFORMS = {"win32": ("qwindows",), "darwin": ("libqcocoa",)}.get(sys.platform, ("libqxcb", "libqwayland"))
_ICON = Path(__file__).with_name("icons") / "check-light.svg"


def platforms() -> str:
    """The plug-ins that draw on this system's screens can be loaded with all the libraries that they want."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    for name in (*_PLATFORMS, *(("libqoffscreen",) if sys.platform.startswith("linux") else ())):
        plugin = QPluginLoader(str(folder / name))
        if not plugin.load():
            raise RuntimeError(plugin.errorString())
    return f"Qt {qVersion()}: {', '.join(_PLATFORMS)}"


def window() -> str:
    """One is painted; the caller has chosen the offscreen platform."""
    app = make_application()
    dress_all(app, "light", "en")
    words = label("Omote 表 03-1234-5678")
    picture = words.grab().toImage()
    first = picture.pixelColor(0, 0)
    if all(picture.pixelColor(x, y) == first for x in range(picture.width()) for y in range(picture.height())):
        raise RuntimeError(f"nothing was painted on {picture.width()} × {picture.height()}")
    words.deleteLater()
    return f"{app.platformName()}, {picture.width()} × {picture.height()}"


def pictures() -> str:
    """The program's own icons are SVG; photographs and logos are PNG and JPEG."""
    kinds = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    if lacking := {"svg", "png", "jpg"} - kinds:
        raise RuntimeError(f"no {', '.join(sorted(lacking))}")
    if QPixmap(str(_ICON)).isNull():
        raise RuntimeError(f"{_ICON.name} cannot be drawn")
    return ", ".join(sorted(kinds & {"svg", "png", "jpg"}))


def qt_words() -> str:
    """Qt's own sentences in every language of the program but English, which is in the library."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for language in (one for one in LANGUAGES if one != "en"):
        if not QTranslator().load(f"qtbase_{language}", folder):
            raise RuntimeError(f"qtbase_{language}.qm")
    return ", ".join(LANGUAGES)


def fonts() -> str:
    """UserError where Japanese names would be boxes: fonts are the system's, not ours."""
    found = [one for one in FONT_FAMILIES if one in set(QFontDatabase.families())]
    found += QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    if not found:
        raise UserError(_("There is no font for Japanese."), _("Install one, on Debian: fonts-noto-cjk"))
    return found[0]


WINDOW_PARTS = {"platforms": platforms, "window": window, "pictures": pictures, "qt_words": qt_words, "fonts": fonts}
