"""`python -m app` is `omote`, and what a frozen program starts with."""

import sys

if getattr(sys, "frozen", False) and {"--multiprocessing-fork", "-c"} & set(sys.argv[1:]):
    import multiprocessing.connection  # the frozen program's own processes begin here, and need nothing of what follows

    multiprocessing.freeze_support()

from app.main import run

run()
