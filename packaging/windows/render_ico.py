"""Renders linux/omote.svg as a Windows icon of several sizes: `render_ico.py FILE`."""

import os
import struct
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QIcon

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def png(icon: QIcon, size: int) -> bytes:
    """One picture; PNG within an icon is read since Windows Vista."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not icon.pixmap(size).save(buffer, "PNG"):
        sys.exit(f"the icon of {size} pixels could not be drawn")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """The file: a header, an entry for each picture, the pictures. A size of 256 is written as 0."""
    head, at = struct.pack("<HHH", 0, 1, len(pictures)), 6 + 16 * len(pictures)
    for size, picture in pictures.items():
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + b"".join(pictures.values())


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    drawn = QIcon(str(Path(__file__).parents[1] / "linux" / "omote.svg"))
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(ico({size: png(drawn, size) for size in SIZES}))
