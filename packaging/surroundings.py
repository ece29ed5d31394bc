"""Runs first in the frozen program on Linux: browsers and programs that it starts get the system's libraries, not ours.

Ours are found all the same: the loader has read the variable when the process began.
"""

import os

_NAME = "LD_LIBRARY_PATH"

if (before := os.environ.pop(_NAME + "_ORIG", None)) is not None:
    os.environ[_NAME] = before
else:
    os.environ.pop(_NAME, None)
