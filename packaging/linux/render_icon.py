"""Renders omote.svg as omote-SIZE.png: `render_icon.py FOLDER SIZE...`, for desktops that draw no SVG."""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication, QIcon

app = QGuiApplication(sys.argv[:1])
icon = QIcon(str(Path(__file__).with_name("omote.svg")))
folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for size in map(int, sys.argv[2:]):
    if not icon.pixmap(size).save(str(folder / f"omote-{size}.png")):
        sys.exit(f"omote-{size}.png could not be written")
