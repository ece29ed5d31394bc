"""`python -m app` is `omote`, and what a frozen program starts with."""

import sys

if getattr(sys, "frozen", False):  # the frozen program's own processes begin here, and need nothing of what follows
    import multiprocessing

    multiprocessing.freeze_support()

from app.main import run

run()
