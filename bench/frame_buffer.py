"""A screen without a window manager whose pixels can be read as they are: Xvfb's frame buffer in a file (`-fbdir`)."""

import mmap
import os
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

WIDTH, HEIGHT = 1920, 1080
_STEP = 40  # px between the points that are looked at
_WINDOW = 0.2  # of the screen: less of it is no window of ours


class FrameBuffer:
    """`environ` is what a program needs to draw there."""

    def __init__(self, file: Path, environ: dict[str, str]) -> None:
        self.environ = environ
        with file.open("rb") as opened:
            self._map = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._map[:100])  # XWDFile.h: big endian
        self._begin, self._line = header[0] + header[19] * 12, header[12]
        self._empty = self._points()

    def has_window(self) -> bool:
        """Whether something has been painted over a good part of it."""
        now = self._points()
        return sum(one != other for one, other in zip(now, self._empty, strict=True)) > len(now) * _WINDOW

    def colours(self) -> int:
        """How many there are: an empty window has one or two beside the screen's, words have many."""
        end = self._begin + self._line * HEIGHT
        return len(set(struct.iter_unpack("<I", self._map[self._begin : end])))

    def close(self) -> None:
        self._map.close()

    def _points(self) -> list[bytes]:
        places = (self._begin + y * self._line + x * 4 for y in range(0, HEIGHT, _STEP) for x in range(0, WIDTH, _STEP))
        return [self._map[one : one + 4] for one in places]


@contextmanager
def frame_buffer() -> Iterator[FrameBuffer]:
    """Begun and ended with the block."""
    with TemporaryDirectory() as folder:
        reading, writing = os.pipe()
        screen = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", folder, "-nolisten", "tcp", "-noreset"]
        command = ["Xvfb", "-displayfd", str(writing), *screen]
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(command, stdout=quiet, stderr=quiet, pass_fds=[writing])
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                display = f":{told.readline().strip()}"
            environ = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "XAUTHORITY")}
            pixels = FrameBuffer(
                Path(folder) / "Xvfb_screen0", environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            )
            yield pixels
            pixels.close()
        finally:
            server.terminate()
            server.wait()
