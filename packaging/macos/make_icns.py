"""Renders linux/omote.svg as an icon of macOS: `make_icns.py FILE`. No iconutil: it is PNGs, each behind its length."""

import os
import struct
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QIcon

SIZES = {  # px of each type; the second ones are for screens of twice the density
    b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512,
    b"ic11": 32, b"ic12": 64, b"ic13": 256, b"ic14": 512, b"ic10": 1024,
}  # fmt: skip


def png(icon: QIcon, size: int) -> bytes:
    """One picture of it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not icon.pixmap(size).save(buffer, "PNG"):
        sys.exit(f"no picture of {size} px could be made")
    return bytes(buffer.data().data())


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """The file that holds them."""
    parts = b"".join(kind + struct.pack(">I", len(one) + 8) + one for kind, one in pictures.items())
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


if __name__ == "__main__":
    app = QGuiApplication(sys.argv[:1])
    svg = QIcon(str(Path(__file__).resolve().parents[1] / "linux" / "omote.svg"))
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(icns({kind: png(svg, size) for kind, size in SIZES.items()}))
