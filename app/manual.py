"""The manual that is installed beside the program, and opens in the browser without a network."""

import logging
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)


def manual_page(language: str, program: Path | None = None) -> Path | None:
    """Its first page in this language; None where none is installed, as in a checkout."""
    if program is None:
        program = Path(sys.executable) if getattr(sys, "frozen", False) else None
    page = program.parent / "docs" / language / "index.html" if program else None
    return page if page is not None and page.is_file() else None


def open_manual(page: Path, browse: Callable[[str], bool] = webbrowser.open) -> threading.Thread:
    """On a thread that nobody waits for: a browser may take its time."""
    opening = threading.Thread(target=_open, args=(page, browse), name="manual", daemon=True)
    opening.start()
    return opening


def _open(page: Path, browse: Callable[[str], bool]) -> None:
    if not browse(page.as_uri()):
        log.error("the manual could not be opened, there is no browser: %s", page)
