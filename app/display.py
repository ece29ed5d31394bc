"""Whether there is a screen to show windows on."""

import sys
from collections.abc import MutableMapping


def has_display(environ: MutableMapping[str, str]) -> bool:
    """Whether a window could be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")) or is_offscreen(environ)


def is_offscreen(environ: MutableMapping[str, str]) -> bool:
    """Whether Qt has been told to draw without a screen."""
    return environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal"))
